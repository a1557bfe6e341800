import {
  createTokenManager,
  type Fetch,
  type SecretInput,
  type TokenEvent,
  type TokenManager,
  type TokenManagerOptions,
  type TokenSource,
} from '@chaveiro/core'
import {
  checkGrant,
  expiry,
  type Grant,
  type ProviderIo,
  reveal,
  rfc3339,
  type TokenProvider,
} from '@chaveiro/core/provider'
import { type BitizeSimulator, type BitizeSimulatorOptions, simulateBitize } from '@chaveiro/simulator'
import type { listen } from '@chaveiro/simulator/server'
import { onTestFinished } from 'vitest'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { changedProvider, type ProviderChanges } from './provider-changes.ts'

/** What the hand-written provider below needs. */
export interface Keys {
  consumerKey: string
  secretKey: SecretInput
}

/** The simulator, and a manager with one account on top of it, on a clock that only the test moves. */
export interface Simulated {
  readonly bitize: BitizeSimulator
  readonly clock: FakeClock
  readonly server: URL
  readonly manager: TokenManager
  readonly source: TokenSource
  readonly events: TokenEvent[]
  /** The types of the events so far. */
  readonly heard: () => string[]
}

export interface SimulatedOptions {
  /** Real HTTP instead of the simulator's in-process fetch, by the simulator's `listen`, which needs Node. */
  loopback?: typeof listen
  simulator?: BitizeSimulatorOptions
  provider?: ProviderChanges<Keys>
  manager?: Partial<TokenManagerOptions<Keys>>
}

/** Starts a simulator and a manager for one test. Retries wait no time; what is closed at the end need not be closed before. */
export async function simulated(options: SimulatedOptions = {}): Promise<Simulated> {
  const clock = new FakeClock()
  const bitize = simulateBitize({ clock, ...options.simulator })
  const server = options.loopback ? await onLoopback(bitize, options.loopback) : bitize.url
  const fetch: Fetch = options.loopback ? globalThis.fetch : bitize.fetch
  const events: TokenEvent[] = []
  const manager = createTokenManager<Keys>({
    provider: bitizeProvider(server, options.provider),
    credentials: () => ({ ...bitize.credentials }),
    fetch,
    clock,
    random: () => 0,
    ...options.manager,
  })
  manager.on((event) => void events.push(event))
  onTestFinished(async () => {
    bitize.faults.clear()
    await manager.close().catch(() => {})
  })
  return {
    bitize,
    clock,
    server,
    manager,
    source: manager.account('seller-1'),
    events,
    heard: () => events.map(({ type }) => type),
  }
}

async function onLoopback(bitize: BitizeSimulator, start: typeof listen): Promise<URL> {
  const { url, close } = await start(bitize)
  onTestFinished(close)
  return url
}

/** A provider for the simulator, written by hand with `io.fetch` alone: core's tests cannot import a provider package. */
export function bitizeProvider(server: URL, changes: ProviderChanges<Keys> = {}): TokenProvider<Keys> {
  const base: TokenProvider<Keys> = {
    id: 'bitize-by-hand',
    scheme: 'accessToken',
    server,
    refreshKind: 'single-use',
    repeat: 'unknown',
    secretQuery: ['refresh_token'],
    inputs: {
      consumerKey: { description: 'the key', identity: true },
      secretKey: { description: 'the secret', secret: true, env: 'TEST_SECRET_KEY' },
    },
    operations: {
      listVendors: { method: 'GET', path: '/vendors', security: ['accessToken'], replay: 'always' },
      createVendor: { method: 'POST', path: '/vendors', security: ['accessToken'], replay: 'never' },
      authenticate: { method: 'POST', path: '/auth', security: [], replay: 'unprocessed' },
    },
    async acquire(io, { consumerKey, secretKey }) {
      const body = JSON.stringify({ consumer_key: consumerKey, secret_key: await reveal(secretKey) })
      const headers = { 'content-type': 'application/json' }
      return toGrant(io, await io.fetch(new URL('/auth', server), { method: 'POST', headers, body }))
    },
    async refresh(io, { refreshToken = '' }) {
      return toGrant(io, await io.fetch(new URL(`/auth?refresh_token=${encodeURIComponent(refreshToken)}`, server)))
    },
  }
  return changedProvider(base, changes)
}

async function toGrant(io: ProviderIo, response: Response): Promise<Grant> {
  // What is thrown quotes everything on purpose: none of it may reach a caller.
  if (!response.ok) throw new Error(`${response.status} ${await response.text()} ${response.url}`)
  const answer: Record<string, unknown> = JSON.parse(await response.text())
  return checkGrant({
    accessToken: answer['access_token'],
    refreshToken: answer['refresh_token'],
    expiresAt: expiry(io, rfc3339(answer['expiration_access_token']), { otherwiseMs: 900_000 }),
  })
}
