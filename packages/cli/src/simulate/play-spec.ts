import type { AdjustableClock } from '@chaveiro/simulator'
import type { SpecCredentials, SpecSimulator } from '@chaveiro/simulator/spec'
import type { AcceptedAccount } from '../providers/cli-provider.ts'
import type { SpecFile } from './read-spec-file.ts'

interface Settings {
  readonly clock?: AdjustableClock
  readonly random?: () => number
  readonly accessTokenLifetimeMs?: number
}

/** A spec that is played, and the accounts that it accepts. */
export interface PlayedSpec {
  readonly file: SpecFile
  readonly simulator: SpecSimulator
  readonly accounts: readonly AcceptedAccount[]
}

/** Plays a spec with one account and so many others. */
export async function playSpec(file: SpecFile, settings: Settings, others: number): Promise<PlayedSpec> {
  const { simulateSpec } = await import('@chaveiro/simulator/spec')
  const simulator = await simulateSpec(file, settings)
  const accounts = [accepted(simulator.credentials)]
  for (let number = 2; number < others + 2; number += 1) accounts.push(accepted(await simulator.register(number)))
  return { file, simulator, accounts }
}

function accepted(inputs: SpecCredentials): AcceptedAccount {
  return { inputs, redirectUri: undefined, device: {} }
}
