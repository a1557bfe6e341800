import type { SimulateTexts } from '../messages/simulate.en.ts'
import { findProvider } from '../providers/find-provider.ts'
import { PROVIDERS } from '../providers/registry.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import { parseDuration, parseLifetime } from '../session/times.ts'
import { readFault, type WishedFault } from './read-faults.ts'
import { readSpecFile, type SpecFile } from './read-spec-file.ts'

/** What was typed. */
export interface SimulateOptions {
  readonly from?: readonly string[]
  readonly port?: string
  readonly address?: string
  readonly host?: readonly string[]
  readonly fault?: readonly string[]
  readonly lifetime?: string
  readonly seed?: string
  readonly accounts?: string
  readonly latency?: string
}

/** What is to be simulated, and how. */
export interface SimulatePlan {
  readonly providers: readonly string[]
  /** Specs that are played too. */
  readonly specs: readonly SpecFile[]
  readonly port: number | undefined
  readonly address: string | undefined
  readonly hosts: readonly string[]
  readonly faults: readonly WishedFault[]
  readonly lifetimeMs: number | undefined
  readonly seed: number | undefined
  /** How many more accounts each provider accepts. */
  readonly accounts: number
  readonly latencyMs: number
}

const MOST_ACCOUNTS = 10_000

/** Reads the options and the specs, before anything is started. */
export async function readPlan(
  session: Session,
  ids: readonly string[],
  options: SimulateOptions,
  texts: SimulateTexts,
): Promise<SimulatePlan> {
  const { from = [], port, address, host = [], fault = [], lifetime, seed, accounts = '0', latency } = options
  const usage = (sentence: string): Failure => new Failure(EXIT.usage, 'usage', sentence)
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) < 65_536)) {
    throw usage(session.texts.messages.badPort(port))
  }
  if (seed !== undefined && !/^\d{1,9}$/.test(seed)) throw usage(texts.badNumber('--seed', seed, 999_999_999))
  if (!(/^\d{1,5}$/.test(accounts) && Number(accounts) <= MOST_ACCOUNTS)) {
    throw usage(texts.badNumber('--accounts', accounts, MOST_ACCOUNTS))
  }
  const providers = ids.length === 0 && from.length === 0 ? Object.keys(PROVIDERS) : ids
  for (const id of providers) findProvider(id, session)
  const specs: SpecFile[] = []
  for (const path of from) specs.push(await readSpecFile(session, path, texts))
  const names = [...providers, ...specs.map(({ id }) => id)]
  const twice = specs.find(({ id }) => names.filter((name) => name === id).length > 1)
  if (twice !== undefined) throw usage(texts.sameName(twice.path, twice.id))
  const faults = fault.map((text) => readFault(text, session, texts))
  const stray = faults.find(({ provider }) => provider !== undefined && !names.includes(provider))
  if (stray?.provider !== undefined) throw usage(texts.notSimulated(stray.provider, names))
  return {
    providers,
    specs,
    port: port === undefined ? undefined : Number(port),
    address,
    hosts: host,
    faults,
    lifetimeMs: lifetime === undefined ? undefined : parseLifetime('--lifetime', lifetime, session),
    seed: seed === undefined ? undefined : Number(seed),
    accounts: Number(accounts),
    latencyMs: latency === undefined ? 0 : parseDuration('--latency', latency, session),
  }
}
