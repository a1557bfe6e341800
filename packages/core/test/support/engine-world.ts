import {
  type AccountRef,
  createTokenManager,
  type GetTokenOptions,
  isChaveiroError,
  type Keepers,
  type TokenEvent,
  type TokenEventType,
  type TokenManager,
  type TokenManagerOptions,
  type TokenSource,
} from '@chaveiro/core'
import { revokeOldTokens } from '@chaveiro/core/old-tokens'
import {
  checkGrant,
  defineProvider,
  expiry,
  type Grant,
  type GrantFields,
  optionalExpiry,
  type ProviderIo,
  seconds,
  type TokenProvider,
} from '@chaveiro/core/provider'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { pendingDigests } from './digests.ts'
import { type ScriptedIssuer, scriptedIssuer } from './scripted-issuer.ts'
import type { WatchedStore } from './watched-store.ts'

export const SECOND = 1_000
export const MINUTE = 60_000
export const HOUR = 3_600_000
export const DAY = 86_400_000

/** What the provider of these tests is configured with. */
interface Keys {
  key: string
}

type Fields = Record<string, unknown>

export interface ProviderShape extends Partial<TokenProvider<Keys>> {
  /** `false`: only a person can sign in. */
  canAcquire?: boolean
  canRefresh?: boolean
  canRevoke?: boolean
  /** Reads an answer. */
  read?: (io: ProviderIo, answer: Fields) => GrantFields
}

/** An OAuth-like provider: acquire and refresh post to /token, revoke posts to /revoke. Refresh tokens are used once. */
function testProvider(shape: ProviderShape = {}): TokenProvider<Keys> {
  const { canAcquire = true, canRefresh = true, canRevoke = false, read = readAnswer, ...given } = shape
  const server = given.server ?? new URL('https://issuer.example')
  const policies = given.repeat === 'leaves-token' && (canRevoke || given.revoke) ? [revokeOldTokens()] : []
  const post = async (io: ProviderIo, path: string, body: Fields): Promise<Response> => {
    const response = await io.fetch(new URL(path, server), { method: 'POST', body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`answered ${response.status}`)
    return response
  }
  const tokenOf = async (io: ProviderIo, body: Fields): Promise<Grant> =>
    checkGrant(read(io, await (await post(io, '/token', body)).json()))
  const acquire: TokenProvider<Keys>['acquire'] = (io, { key }) => tokenOf(io, { key })
  const refresh: TokenProvider<Keys>['refresh'] = (io, { refreshToken }) => tokenOf(io, { refresh: refreshToken })
  const revoke: TokenProvider<Keys>['revoke'] = async (io, { accessToken }) =>
    void (await post(io, '/revoke', { revoke: accessToken }))
  return defineProvider<Keys>({
    id: 'example',
    server,
    refreshKind: canRefresh ? 'single-use' : 'none',
    repeat: 'unknown',
    policies,
    ...(canAcquire ? { acquire } : {}),
    ...(canRefresh ? { refresh } : {}),
    ...(canRevoke ? { revoke } : {}),
    ...given,
  })
}

function readAnswer(io: ProviderIo, answer: Fields): GrantFields {
  return {
    accessToken: answer['access_token'],
    expiresAt: expiry(io, seconds(answer['expires_in'])),
    refreshToken: answer['refresh_token'],
    refreshExpiresAt: optionalExpiry(io, seconds(answer['refresh_expires_in'])),
    ...(typeof answer['scope'] === 'string' && { scopes: answer['scope'].split(' ') }),
  }
}

export interface World {
  readonly issuer: ScriptedIssuer
  readonly clock: FakeClock
  readonly manager: TokenManager
  readonly source: TokenSource
  readonly events: TokenEvent[]
  readonly heard: (type: TokenEventType) => TokenEvent[]
  /** Resolves when the background refreshes so far have ended. */
  readonly background: () => Promise<void>
  /** Gets a token and says which, or the error's code. No time passes. */
  readonly ask: (options?: GetTokenOptions) => Promise<string>
  /** The same, while as much time passes as it takes. */
  readonly askPatiently: (options?: GetTokenOptions) => Promise<string>
  /** Time passes until the promise settles. */
  readonly until: <T>(promise: Promise<T>) => Promise<T>
}

export interface WorldOptions {
  provider?: ProviderShape
  manager?: Partial<TokenManagerOptions<Keys>>
  store?: Keepers | WatchedStore
  clock?: FakeClock
  issuer?: ScriptedIssuer
  account?: AccountRef | string
}

/** A manager with one account, on a clock and an issuer that the test directs. Jitter is 0. */
export function world(options: WorldOptions = {}): World {
  const { clock = new FakeClock(), issuer = scriptedIssuer(), store } = options
  const events: TokenEvent[] = []
  const refreshes: Promise<unknown>[] = []
  const manager = createTokenManager<Keys>({
    provider: testProvider(options.provider),
    credentials: () => ({ key: 'key-1' }),
    fetch: issuer.fetch,
    clock,
    random: () => 0,
    waitUntil: (promise) => void refreshes.push(promise),
    store,
    ...options.manager,
  })
  manager.on((event) => events.push(event))
  const source = manager.account(options.account ?? 'seller')
  const isBusy = (): boolean => store !== undefined && 'running' in store && store.running > 0
  const until = <T>(promise: Promise<T>): Promise<T> => patiently(clock, promise, isBusy)
  return {
    issuer,
    clock,
    manager,
    source,
    events,
    heard: (type) => events.filter((event) => event.type === type),
    async background() {
      for (let refresh = refreshes.shift(); refresh; refresh = refreshes.shift()) await until(refresh)
      // Listeners hear in a microtask of their own.
      await Promise.resolve()
    },
    ask: (wish) => outcome(source.getToken(wish)),
    askPatiently: (wish) => until(outcome(source.getToken(wish))),
    until,
  }
}

/** The token that a promise brings, or the code of the error that it ends with. */
export async function outcome(token: Promise<{ reveal(): string }>): Promise<string> {
  try {
    return (await token).reveal()
  } catch (error) {
    if (isChaveiroError(error)) return error.code
    throw error
  }
}

/** The error that a promise ends with. */
export async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('It did not fail.')
}

// More than a body in memory takes to be read: what is left then waits for the clock, or for a digest.
const TURNS = 20

/**
 * Moves the clock from timer to timer until the promise settles, and never while something else is still to happen.
 * `isBusy`: is a store at work that takes its own time?
 */
export async function patiently<T>(
  clock: FakeClock,
  promise: Promise<T>,
  isBusy: () => boolean = () => false,
): Promise<T> {
  let isSettled = false
  const note = (): void => {
    isSettled = true
  }
  promise.then(note, note)
  while (!isSettled) {
    for (let turn = 0; turn < TURNS && !isSettled; turn = isBusy() || pendingDigests() > 0 ? 0 : turn + 1) {
      await new Promise((resolve) => setImmediate(resolve))
    }
    const next = isSettled ? undefined : clock.nextTimerMs
    if (next !== undefined) await clock.advance(Math.max(next, 0))
  }
  return promise
}
