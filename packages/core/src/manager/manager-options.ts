import { checkOptions, oneOf } from '../check-options.ts'
import { type Clock, type Random, systemClock, systemRandom } from '../clock.ts'
import { ChaveiroError } from '../errors.ts'
import { eventChannel } from '../events.ts'
import { type Fetch, platformFetch } from '../fetch/fetch.ts'
import { freshConnections } from '../fetch/fresh-connections.ts'
import { overridePolicy, type RetryOptions, resolveRetryOptions } from '../fetch/retry-options.ts'
import { allowedOrigins, type InsecureHttpOption, requireSafeOrigin } from '../origins.ts'
import { deviceCallGuard } from '../provider/device-operations.ts'
import type { Grant, TokenProvider } from '../provider/token-provider.ts'
import { CLAIM_SLACK_MS } from '../renewal/claim.ts'
import { endpoint } from '../renewal/endpoint.ts'
import { memoryStore } from '../store/memory-store.ts'
import type { TokenStore } from '../store/token-store.ts'
import { bearerHeader } from '../token/access-token.ts'
import type { WindowOptions } from '../token/refresh-decision.ts'
import type { AccountRef } from '../token/token-key.ts'
import type { Engine, PersistFailurePolicy } from './engine.ts'

/** Lets a durable store be used without a sealer: whoever can read it has the tokens. */
export const storeUnsealed: unique symbol = Symbol.for('chaveiro.storeUnsealed')

/** How tokens are kept and used. The same for one account and for many. */
export interface PolicyOptions extends WindowOptions, InsecureHttpOption {
  /** Where tokens are kept. @default in memory, of this manager alone */
  store?: TokenStore | undefined
  /** Separates accounts of the same name in one store. @default '' */
  namespace?: string | undefined
  /** Other origins that may receive the token. @default only the provider's server */
  alsoSendTo?: readonly URL[] | undefined
  /** How API calls are retried; `false` never. @default see RetryOptions */
  retry?: false | RetryOptions | undefined
  /** Bound on one attempt of an API call, up to the response's headers, in milliseconds. @default 30_000 */
  attemptTimeoutMs?: number | false | undefined
  /** Bound on a whole API call, up to the response's headers, in milliseconds. @default 120_000 */
  timeoutMs?: number | false | undefined
  /** Bound on one attempt of a token call, its body included, in milliseconds. @default 15_000 */
  tokenCallTimeoutMs?: number | undefined
  /** Token calls to the provider at once, over all accounts. @default 8 */
  tokenCallsAtOnce?: number | undefined
  /** What to do with a new token that the store does not take. @default 'serve-and-retry' */
  persistFailure?: PersistFailurePolicy | undefined
  /**
   * When the answer to a refresh with a single-use refresh token was lost and nothing else is left: send it once more,
   * or ask for a person. @default 'once'
   */
  resendUnknown?: 'once' | 'never' | undefined
  /** Accounts kept in memory, the least recently opened out first. @default 10_000 */
  maxAccounts?: number | undefined
  /** Keeps a platform alive until a background refresh has ended, as Cloudflare's `ctx.waitUntil` does. */
  waitUntil?: ((promise: Promise<unknown>) => void) | undefined
  /** What everything is sent with. @default globalThis.fetch */
  fetch?: Fetch | undefined
  /** Time and timers, for tests. @default the platform's */
  clock?: Clock | undefined
  /** Randomness of the jitter, for tests. @default Math.random */
  random?: Random | undefined
  /** A durable store without a sealer is protected in another way. @default such a store is refused */
  [storeUnsealed]?: true | undefined
}

/** Options of `createTokenManager`. */
export interface TokenManagerOptions<Inputs, M = unknown> extends PolicyOptions {
  /** How tokens are obtained: a provider package's `<provider>Provider(…)`, or your own `defineProvider(…)`. */
  provider: TokenProvider<Inputs, M>
  /** The inputs of an account. Called late, only when a token call needs them; never kept. */
  credentials: (account: AccountRef) => Inputs | Promise<Inputs>
}

const FUNCTIONS = ['fetch', 'waitUntil', 'random', 'credentials'] as const
/** The options of every client. */
export const POLICY_NAMES: readonly string[] =
  'store namespace alsoSendTo retry attemptTimeoutMs timeoutMs tokenCallTimeoutMs tokenCallsAtOnce refreshWindowMs expiryMarginMs persistFailure resendUnknown maxAccounts waitUntil fetch clock random'.split(
    ' ',
  )

/** Applies every default, once, and refuses what cannot be meant. */
export function resolveEngine<Inputs, M>(
  options: TokenManagerOptions<Inputs, M>,
  parentToken: Engine<Inputs, M>['parentToken'],
): Engine<Inputs, M> {
  const { provider, alsoSendTo = [] } = options
  const store = (provider.persist === false ? undefined : options.store) ?? memoryStore()
  const { clock = systemClock, random = systemRandom } = options
  for (const name of FUNCTIONS)
    if (typeof (options[name] ?? requireStore) !== 'function') throw new TypeError(`Option ${name} must be a function.`)
  requireStore(store)
  const { namespace = '' } = options
  if (typeof namespace !== 'string') throw new TypeError('Option namespace must be a string.')
  if (!Array.isArray(alsoSendTo)) throw new TypeError('Option alsoSendTo must be an array of URLs.')
  if (options.retry) checkOptions(options.retry)
  requireSafeOrigin(provider.server, 'server', options)
  for (const url of alsoSendTo) requireSafeOrigin(url, 'alsoSendTo', options)
  requireSealed(store, options)
  const { attemptTimeoutMs, timeoutMs, retry } = options
  const policy = resolveRetryOptions({
    hints: provider.hints,
    ...(retry || undefined),
    attemptTimeoutMs,
    timeoutMs,
    clock,
    random,
  })
  const tokenCallTimeoutMs = atLeast('tokenCallTimeoutMs', options.tokenCallTimeoutMs, 0) ?? 15_000
  return {
    provider,
    authorize: (headers, token) => authorizeQuietly(provider, headers, token),
    credentials: options.credentials,
    store,
    space: { provider: provider.id, server: provider.server, namespace },
    windows: {
      refreshWindowMs: atLeast('refreshWindowMs', options.refreshWindowMs, 0),
      expiryMarginMs: atLeast('expiryMarginMs', options.expiryMarginMs, 0),
    },
    tokenCallTimeoutMs,
    persistFailure: oneOf('persistFailure', options.persistFailure ?? 'serve-and-retry', [
      'serve-and-retry',
      'fail',
      'revoke',
    ]),
    resendUnknown: oneOf('resendUnknown', options.resendUnknown ?? 'once', ['once', 'never']),
    fetch: options.fetch ?? platformFetch,
    fresh: options.fetch ? undefined : freshConnections(),
    clock,
    random,
    waitUntil: options.waitUntil,
    retryPolicy: retry === false ? overridePolicy(policy, { retry: false }) : policy,
    origins: allowedOrigins(provider.server, alsoSendTo),
    refuseDeviceCall: deviceCallGuard(provider),
    endpoint: endpoint(
      clock,
      random,
      atLeast('tokenCallsAtOnce', options.tokenCallsAtOnce, 1),
      tokenCallTimeoutMs + CLAIM_SLACK_MS,
    ),
    events: eventChannel(),
    parentToken,
  }
}

/** What a header refuses, it quotes in its error: that error stays here. */
function authorizeQuietly<Inputs, M>(provider: TokenProvider<Inputs, M>, headers: Headers, token: Grant<M>): void {
  try {
    if (provider.authorize) provider.authorize(headers, token)
    else bearerHeader(headers, token)
  } catch {
    const { id } = provider
    throw new ChaveiroError('misconfigured', `The token of ${id} cannot be put on a request: authorize() failed.`, {
      provider: id,
    })
  }
}

function requireStore(store: Partial<TokenStore>): void {
  const missing = (['read', 'commit'] as const).filter((name) => typeof store[name] !== 'function')
  if (missing.length > 0) throw new TypeError(`Option store has no ${missing.join('() and no ')}().`)
}

function requireSealed(store: TokenStore, options: PolicyOptions): void {
  if (!store.durable || store.sealed || options[storeUnsealed] === true) return
  throw new TypeError(
    'This store keeps tokens where others could read them. Give it a sealer (see @chaveiro/stores/sealer), ' +
      'or pass [storeUnsealed]: true if the place is protected in another way.',
  )
}

export function atLeast(name: string, value: number | undefined, least: number): number | undefined {
  if (value === undefined || (typeof value === 'number' && value >= least)) return value
  throw new TypeError(`Option ${name} must be a number of at least ${least}`)
}
