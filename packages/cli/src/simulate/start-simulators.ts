import { type AdjustableClock, adjustableClock, type Simulator } from '@chaveiro/simulator'
import { createAdmin } from '@chaveiro/simulator/admin'
import { listen, type SimulatorServer } from '@chaveiro/simulator/server'
import type { AcceptedAccount } from '../providers/cli-provider.ts'
import { findProvider } from '../providers/find-provider.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import { type PlayedSpec, playSpec } from './play-spec.ts'
import type { SimulatePlan } from './simulate-plan.ts'

/** A provider that is simulated, and where. */
export interface RunningProvider {
  readonly id: string
  readonly url: URL
  readonly simulator: Simulator
  readonly accounts: readonly AcceptedAccount[]
  /** Undefined: a provider that the command knows. */
  readonly spec: PlayedSpec | undefined
}

export interface RunningSimulators {
  readonly clock: AdjustableClock
  readonly providers: readonly RunningProvider[]
  close(): Promise<void>
}

/** Starts simulators on one clock, with one admin API. Ends those that it has started if one of them can't. */
export async function startSimulators(session: Session, plan: SimulatePlan): Promise<RunningSimulators> {
  const { lifetimeMs, seed, accounts, latencyMs, address, hosts } = plan
  const clock = adjustableClock()
  const settings = {
    clock,
    ...(seed !== undefined && { random: seededRandom(seed) }),
    ...(lifetimeMs !== undefined && { accessTokenLifetimeMs: lifetimeMs }),
  }
  const known = plan.providers.map(async (id) => {
    const { simulator, accept, ...first } = await findProvider(id, session).simulate(settings)
    const others = Array.from({ length: accounts }, (_, index) => accept(index + 2))
    return { id, simulator, accounts: [first, ...others], spec: undefined }
  })
  const played = plan.specs.map(async (file) => {
    const spec = await playSpec(file, settings, accounts)
    return { id: file.id, simulator: spec.simulator, accounts: spec.accounts, spec }
  })
  const simulated = await Promise.all([...known, ...played])
  const simulators = Object.fromEntries(simulated.map(({ id, simulator }) => [id, simulator]))
  const admin = createAdmin({ simulators, clock, hosts })
  const servers: SimulatorServer[] = []
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.close()))
  }
  try {
    const providers: RunningProvider[] = []
    for (const [index, { simulator, ...rest }] of simulated.entries()) {
      const port = plan.port === undefined ? 0 : plan.port + index
      const server = await listen(simulator, { admin, port, address, latencyMs }).catch((error: unknown) => {
        throw new Failure(EXIT.failed, 'port', session.texts.messages.portTaken(port, codeOf(error)))
      })
      servers.push(server)
      providers.push({ ...rest, simulator, url: server.url })
    }
    return { clock, providers, close }
  } catch (error) {
    await close()
    throw error
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** Mulberry32: numbers from 0 to below 1, the same for the same seed. They choose tokens for tests, and protect nothing. */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
