import { atLeast, checkOptions } from '../check-options.ts'
import { type Clock, type Random, systemClock, systemRandom } from '../clock.ts'
import type { ReplayClass } from '../http/failure.ts'
import type { RetryHint } from '../http/retry-after.ts'

/**
 * The remaining retry budget of an origin. When a server is down for everyone, retries stop after a few dozen calls and
 * do not multiply its load. The token bucket of the AWS SDKs' standard retry mode, one per origin.
 */
export interface RetryBudget {
  /** Tokens left for this origin. */
  left(origin: string): number
  take(origin: string, tokens: number): void
  /** Never above the capacity. */
  give(origin: string, tokens: number): void
  /** No origin has spent anything: `give` would do nothing. */
  isFull(): boolean
}

// A client of arbitrary URLs must not grow forever; what is forgotten is merely full again.
const MAX_ORIGINS = 1_000

export function createRetryBudget(capacity: number): RetryBudget {
  // Only origins that are not full have an entry, so a healthy process keeps none.
  const tokens = new Map<string, number>()
  const left = (origin: string): number => tokens.get(origin) ?? capacity
  const set = (origin: string, value: number): void => {
    // Deleting first moves the origin to the end of the map's order: the first key is the longest unused.
    tokens.delete(origin)
    if (value >= capacity) return
    tokens.set(origin, value)
    const [oldest] = tokens.keys()
    if (tokens.size > MAX_ORIGINS && oldest !== undefined) tokens.delete(oldest)
  }
  return {
    left,
    take: (origin, cost) => set(origin, left(origin) - cost),
    give: (origin, refund) => set(origin, left(origin) + refund),
    isFull: () => tokens.size === 0,
  }
}

/** When a call is sent again, and how long that may take. Every property is optional; `undefined` means the default. */
export interface RetryOptions {
  /** Tries of one call, the first included. `1` never tries again. @default 3 */
  maxAttempts?: number | undefined
  /** First backoff after a transient failure: `random × min(baseMs × 2^k, capMs)`. @default 50 */
  baseMs?: number | undefined
  /** First backoff after the server asked for less traffic; at least half of it is waited. @default 1_000 */
  throttleBaseMs?: number | undefined
  /** No backoff is longer than this. A server's own hint may be. @default 20_000 */
  capMs?: number | undefined
  /** Statuses worth another try. @default [408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524] */
  statuses?: readonly number[] | undefined
  /**
   * Methods that may be applied twice. Any other is sent again only when it was certainly not applied (never sent, 425,
   * 429), or when it carries an `Idempotency-Key`.
   * @default ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE', 'QUERY']
   */
  methods?: readonly string[] | undefined
  /** A longer `Retry-After` ends the call at once, with that response. @default 60_000 */
  maxRetryAfterMs?: number | undefined
  /** Share of the server's hint that is added at random, 1 s at most, so that clients do not return together. @default 0.1 */
  hintJitter?: number | undefined
  /** The provider's own hint headers, read in this order where `Retry-After` is absent. @default [] */
  hints?: readonly RetryHint[] | undefined
  /** Retry budget of each origin: retries take from it, successes give back. @default 500 */
  budgetTokens?: number | undefined
  /** What a retry after a transient failure takes from the budget. @default 14 */
  transientCost?: number | undefined
  /** What a retry takes when the server asked for less traffic. @default 5 */
  throttleCost?: number | undefined
}

/** Options of `retryFetch`. */
export interface RetryFetchOptions extends RetryOptions {
  /** Time for one attempt, up to its response's headers; `false` for none. @default 30_000 */
  attemptTimeoutMs?: number | false | undefined
  /** Time for the whole call, up to the response's headers; `false` for none. @default 120_000 */
  timeoutMs?: number | false | undefined
  /** A streamed body up to this size is read first, so that it can be sent again. @default 1_048_576 */
  bufferBytes?: number | undefined
  /** Time and timers, for tests. @default the platform's */
  clock?: Clock | undefined
  /** Randomness of the jitter, for tests. @default Math.random */
  random?: Random | undefined
}

/** Every setting filled in: what the retry loop works with. */
export interface ResolvedRetryPolicy {
  readonly maxAttempts: number
  readonly baseMs: number
  readonly throttleBaseMs: number
  readonly capMs: number
  readonly statuses: ReadonlySet<number>
  readonly methods: ReadonlySet<string>
  readonly maxRetryAfterMs: number
  readonly hintJitter: number
  readonly hints: readonly RetryHint[]
  readonly transientCost: number
  readonly throttleCost: number
  readonly budget: RetryBudget
  /** `Infinity`: none. */
  readonly attemptTimeoutMs: number
  /** `Infinity`: none. */
  readonly timeoutMs: number
  readonly bufferBytes: number
  readonly clock: Clock
  readonly random: Random
  /** What the operation's spec says about sending it again; absent: the method decides. */
  readonly replay?: ReplayClass | undefined
  /** `send` may transmit a second time within one attempt (a refused token), so bodies are kept for it. */
  readonly keepBody: boolean
}

/** What one call changes in its policy. */
export interface PolicyOverrides {
  retry?: false | RetryOptions | undefined
  timeoutMs?: number | false | undefined
  replay?: ReplayClass | undefined
  keepBody?: boolean | undefined
}

const NUMBERS = {
  maxAttempts: 3,
  baseMs: 50,
  throttleBaseMs: 1_000,
  capMs: 20_000,
  maxRetryAfterMs: 60_000,
  hintJitter: 0.1,
  transientCost: 14,
  throttleCost: 5,
  attemptTimeoutMs: 30_000,
  timeoutMs: 120_000,
  bufferBytes: 2 ** 20,
}
const BUDGET_TOKENS = 500
// Not spread, or bundlers would keep it for a program that uses none of it.
const DEFAULTS = /* @__PURE__ */ Object.assign({}, NUMBERS, {
  statuses: new Set([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524]),
  // RFC 9110 §9.2.2; QUERY: draft-ietf-httpbis-safe-method-w-body.
  methods: new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE', 'QUERY']),
  hints: [],
  clock: systemClock,
  random: systemRandom,
  keepBody: false,
})

/**
 * Fills in the defaults, in this one place; those of `base`, where there is one, whose budget is shared then.
 * Throws a TypeError for a setting that makes no sense.
 */
export function resolveRetryOptions(
  options: RetryFetchOptions = {},
  base: Omit<ResolvedRetryPolicy, 'budget'> & { readonly budget?: RetryBudget } = DEFAULTS,
): ResolvedRetryPolicy {
  checkOptions(options, [...Object.keys(DEFAULTS), 'budgetTokens'])
  const { statuses, methods, hints = base.hints, clock = base.clock, random = base.random, budgetTokens } = options
  const numbers = { ...NUMBERS }
  for (const name of Object.keys(NUMBERS) as (keyof typeof NUMBERS)[]) {
    const value = options[name] ?? base[name]
    numbers[name] = value === false ? Infinity : atLeast(POSITIVE.test(name) ? 1 : 0, value, name)
  }
  return {
    ...base,
    ...numbers,
    statuses: statuses ? new Set(statuses) : base.statuses,
    methods: methods ? new Set(methods.map((method) => method.toUpperCase())) : base.methods,
    hints,
    clock,
    random,
    budget:
      budgetTokens === undefined && base.budget
        ? base.budget
        : createRetryBudget(atLeast(0, budgetTokens ?? BUDGET_TOKENS, 'budgetTokens')),
  }
}

/** What a client's options say about its calls. */
interface ClientRetryOptions extends Pick<RetryFetchOptions, 'attemptTimeoutMs' | 'timeoutMs' | 'clock' | 'random'> {
  readonly provider: Pick<RetryOptions, 'hints'>
  retry?: false | RetryOptions | undefined
}

/** The policy of a client. A client of one account that sends nothing does without. */
export function clientRetryPolicy(options: ClientRetryOptions): ResolvedRetryPolicy {
  const { provider, retry, attemptTimeoutMs, timeoutMs, clock, random } = options
  const { hints } = provider
  const policy = resolveRetryOptions({ hints, ...(retry || undefined), attemptTimeoutMs, timeoutMs, clock, random })
  return retry === false ? { ...policy, maxAttempts: 1 } : policy
}

/** The same policy, its budget shared, with one call's changes. Cheap enough to make for each call. */
export function overridePolicy(policy: ResolvedRetryPolicy, overrides: PolicyOverrides): ResolvedRetryPolicy {
  const { retry, timeoutMs } = overrides
  const changed = retry || timeoutMs !== undefined ? resolveRetryOptions({ ...retry, timeoutMs }, policy) : policy
  return {
    ...changed,
    maxAttempts: retry === false ? 1 : changed.maxAttempts,
    replay: overrides.replay ?? policy.replay,
    keepBody: overrides.keepBody ?? policy.keepBody,
  }
}

// No attempt at all and no time at all are mistakes; no delay and no cost are settings.
const POSITIVE = /^maxAttempts$|imeoutMs$/
