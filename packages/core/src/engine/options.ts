import type { AccountRef } from '../account-ref.ts'
import { hasMethod } from '../brands.ts'
import { atLeast, checkOptions, oneOf } from '../check-options.ts'
import { type Clock, type Random, systemClock, systemRandom } from '../clock.ts'
import { type Fetch, platformFetch } from '../http/fetch.ts'
import { type InsecureHttpOption, requireSafeOrigin } from '../origins.ts'
import type { PendingSealer } from '../provider/consent.ts'
import type { TokenProvider } from '../provider/token-provider.ts'
import type { Keepers, PersistFailurePolicy } from '../renewal.ts'
import { clientRetryPolicy, type RetryOptions } from '../retry/retry-options.ts'
import type { WindowOptions, WindowRules } from '../token/windows.ts'
import { inMemory } from './memory-keeper.ts'

/** Allows a store without a sealer. A person who can read such a store has the tokens. */
export const storeUnsealed: unique symbol = Symbol.for('chaveiro.storeUnsealed')

/** How tokens are kept and used. The same for one account and for many. */
export interface PolicyOptions extends WindowOptions, InsecureHttpOption {
  /**
   * Where tokens are kept: what `fileStore()`, `redisStore()`, `postgresStore()`, or `shared()` of
   * `@chaveiro/core/shared` return. @default in memory, of this manager alone
   */
  store?: Keepers | undefined
  /**
   * Seals the `pending` of a consent, so that another process can finish it: `createSealer()` of
   * `@chaveiro/stores/sealer`. @default what a consent needs is kept in the store, or in this process
   */
  sealer?: PendingSealer | undefined
  /** Separates accounts of the same name in one store. @default '' */
  namespace?: string | undefined
  /** Other origins that may receive the token. @default only the provider's server */
  alsoSendTo?: readonly URL[] | undefined
  /** How API calls are retried; `false` never. @default see RetryOptions */
  retry?: false | RetryOptions | undefined
  /** Limit for one attempt of an API call, up to the response's headers, in milliseconds. @default 30_000 */
  attemptTimeoutMs?: number | false | undefined
  /** Limit for a whole API call, up to the response's headers, in milliseconds. @default 120_000 */
  timeoutMs?: number | false | undefined
  /** Limit for one attempt of a token call, its body included, in milliseconds. @default 15_000 */
  tokenCallTimeoutMs?: number | undefined
  /** How many token calls may be under way at once, over all accounts. @default 8 */
  tokenCallsAtOnce?: number | undefined
  /** What to do with a new token that the store does not take. @default 'serve-and-retry' */
  persistFailure?: PersistFailurePolicy | undefined
  /**
   * While the store does not answer: `go-on` acquires a token for this process alone if that can do no harm; `fail`
   * rejects. @default 'go-on' where the provider documents that a second acquire is harmless, else 'fail'
   */
  storeFailure?: 'go-on' | 'fail' | undefined
  /**
   * What to do if the answer to a refresh with a single-use refresh token was lost and nothing else is left: send that
   * token once more, or require a person to sign in. @default 'once'
   */
  resendUnknown?: 'once' | 'never' | undefined
  /** How many accounts are kept in memory. The least recently opened are evicted first. @default 10_000 */
  maxAccounts?: number | undefined
  /** Keeps a platform alive until a background refresh has ended, as Cloudflare's `ctx.waitUntil` does. */
  waitUntil?: ((promise: Promise<unknown>) => void) | undefined
  /**
   * `false`: no renewal goes on after its caller has its answer. For platforms that freeze or end a process then, such
   * as Lambda. The caller that meets an open refresh window waits for the renewal; the others don't. Not needed with
   * `waitUntil`. @default true
   */
  background?: boolean | undefined
  /** Sends every request. @default globalThis.fetch */
  fetch?: Fetch | undefined
  /** Time and timers, for tests. @default the platform's */
  clock?: Clock | undefined
  /** Randomness of the jitter, for tests. @default Math.random */
  random?: Random | undefined
  /** The store has no sealer and is protected in another way. @default such a store is refused */
  [storeUnsealed]?: true | undefined
}

/** Options of `createTokenManager`. */
export interface TokenManagerOptions<Inputs, M = unknown> extends PolicyOptions {
  /** How tokens are obtained: a provider package's `<provider>Provider(…)`, or your own `defineProvider(…)`. */
  provider: TokenProvider<Inputs, M>
  /** Returns the inputs of an account. Called only when a token call needs them. They are never kept. */
  credentials: (account: AccountRef) => Inputs | Promise<Inputs>
}

const TYPES = {
  fetch: 'function',
  waitUntil: 'function',
  random: 'function',
  credentials: 'function',
  background: 'boolean',
  namespace: 'string',
} as const
/** The options of every client. */
export const POLICY_NAMES: readonly string[] =
  'store sealer namespace alsoSendTo retry attemptTimeoutMs timeoutMs tokenCallTimeoutMs tokenCallsAtOnce refreshWindowMs expiryMarginMs persistFailure storeFailure resendUnknown maxAccounts waitUntil background fetch clock random'.split(
    ' ',
  )

/** The options with every default applied. */
export interface ResolvedOptions {
  readonly store: Keepers
  readonly sealer: PendingSealer | undefined
  readonly namespace: string
  readonly windows: WindowRules
  readonly tokenCallTimeoutMs: number
  readonly tokenCallsAtOnce: number | undefined
  readonly maxAccounts: number
  readonly persistFailure: PersistFailurePolicy
  readonly storeFailure: 'go-on' | 'fail'
  readonly resendUnknown: 'once' | 'never'
  readonly fetch: Fetch
  readonly clock: Clock
  readonly random: Random
}

/** Applies every default, once. Refuses invalid options. */
export function resolveOptions<Inputs, M>(options: TokenManagerOptions<Inputs, M>): ResolvedOptions {
  const { provider, sealer, alsoSendTo = [], namespace = '', clock = systemClock, random = systemRandom } = options
  for (const name of Object.keys(TYPES) as (keyof typeof TYPES)[]) {
    const isRight = options[name] === undefined || typeof options[name] === TYPES[name]
    if (!isRight) throw new TypeError(`Option ${name} must be a ${TYPES[name]}.`)
  }
  if (options.store !== undefined) requireKeepers(options.store)
  if (sealer !== undefined && !(hasMethod(sealer, 'seal') && hasMethod(sealer, 'open')))
    throw new TypeError('Option sealer must be what createSealer() returns.')
  const store = (provider.persist === false ? undefined : options.store) ?? inMemory
  if (!Array.isArray(alsoSendTo)) throw new TypeError('Option alsoSendTo must be an array of URLs.')
  if (options.retry) checkOptions(options.retry)
  requireSafeOrigin(provider.server, 'server', options)
  if (provider.apiServer) requireSafeOrigin(provider.apiServer, 'apiServer', options)
  for (const url of Object.values(provider.operationServers ?? {})) requireSafeOrigin(url, 'operationServers', options)
  for (const url of alsoSendTo) requireSafeOrigin(url, 'alsoSendTo', options)
  requireSealed(store, options)
  // Made when it is first needed, but what makes no sense is refused now.
  if (options.retry || options.attemptTimeoutMs !== undefined || options.timeoutMs !== undefined)
    clientRetryPolicy(options)
  return {
    store,
    sealer,
    namespace,
    windows: {
      refreshWindowMs: atLeast(0, options.refreshWindowMs, 'refreshWindowMs'),
      expiryMarginMs: atLeast(0, options.expiryMarginMs, 'expiryMarginMs'),
      renewWithinMs: provider.renewWithinMs,
    },
    tokenCallTimeoutMs: atLeast(0, options.tokenCallTimeoutMs, 'tokenCallTimeoutMs') ?? 15_000,
    tokenCallsAtOnce: atLeast(1, options.tokenCallsAtOnce, 'tokenCallsAtOnce'),
    maxAccounts: atLeast(1, options.maxAccounts, 'maxAccounts') ?? 10_000,
    persistFailure: oneOf('persistFailure', options.persistFailure ?? 'serve-and-retry', [
      'serve-and-retry',
      'fail',
      'revoke',
    ]),
    storeFailure: storeFailure(provider, options.storeFailure),
    resendUnknown: oneOf('resendUnknown', options.resendUnknown ?? 'once', ['once', 'never']),
    fetch: options.fetch ?? platformFetch,
    clock,
    random,
  }
}

/** An acquire that may end another process's token, leave one behind or count towards a lock-out needs a claim. */
function storeFailure(
  { repeat, probeRejected = true }: Pick<TokenProvider<never>, 'repeat' | 'probeRejected'>,
  given: PolicyOptions['storeFailure'],
): 'go-on' | 'fail' {
  const wish = oneOf('storeFailure', given ?? (repeat === 'free' ? 'go-on' : 'fail'), ['go-on', 'fail'])
  return probeRejected && (repeat === 'free' || repeat === 'unknown') ? wish : 'fail'
}

function requireKeepers(store: unknown): void {
  if (hasMethod(store, 'keeper')) return
  throw new TypeError(
    'Option store must be what fileStore(), redisStore() or postgresStore() return, or shared(store) of @chaveiro/core/shared.',
  )
}

function requireSealed(store: Keepers, options: PolicyOptions): void {
  if (!store.shared || store.sealed || options[storeUnsealed] === true) return
  throw new TypeError(
    'Others could read the tokens in this store. Give it a sealer from @chaveiro/stores/sealer, ' +
      'or pass [storeUnsealed]: true if it is protected otherwise.',
  )
}
