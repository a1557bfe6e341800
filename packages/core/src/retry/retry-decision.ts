import type { Failure, ReplayClass } from '../http/failure.ts'
import { backoffMs, hintedMs } from './backoff.ts'
import type { ResolvedRetryPolicy } from './retry-options.ts'

/** Why a failed call was not tried again. */
export type GiveUpReason =
  | 'aborted'
  | 'deadline-passed'
  | 'not-retryable'
  | 'attempts'
  | 'unsafe-method'
  | 'body-not-replayable'
  | 'retry-after-too-long'
  | 'delay-passes-deadline'
  | 'budget'

/** What set the delay before a retry. `stale-socket`: none, a lost connection is tried again at once. */
export type DelaySource = 'backoff' | 'server' | 'stale-socket'

export type RetryDecision =
  | { readonly type: 'retry'; readonly delayMs: number; readonly source: DelaySource; readonly cost: number }
  | { readonly type: 'stop'; readonly reason: GiveUpReason }

/** How far the failed call has come, and what it may do. */
export interface RetryState {
  readonly aborted: boolean
  /** Milliseconds left of the whole call; `Infinity` without a deadline. */
  readonly leftMs: number
  /** Attempts made. */
  readonly attempts: number
  /** `unprocessed`: only what was certainly not applied. Even with `never`, what was never sent may be sent. */
  readonly mayRepeat: ReplayClass
  readonly canReplayBody: boolean
  readonly budgetLeft: number
}

/**
 * May the call be tried again, and when? Pure. The gates are in the order in which their reasons are reported; the
 * budget is asked last, so that a refusal elsewhere costs nothing.
 */
export function retryDecision(state: RetryState, failure: Failure, policy: ResolvedRetryPolicy): RetryDecision {
  const { kind, hintMs } = failure
  if (state.aborted) return stop('aborted')
  if (state.leftMs <= 0) return stop('deadline-passed')
  if (kind === 'other') return stop('not-retryable')
  if (state.attempts >= policy.maxAttempts) return stop('attempts')
  if (!isSafe(state.mayRepeat, failure)) return stop('unsafe-method')
  if (!state.canReplayBody) return stop('body-not-replayable')
  if (hintMs !== undefined && hintMs > policy.maxRetryAfterMs) return stop('retry-after-too-long')
  const { delayMs, source } = delayBefore(state.attempts, failure, policy)
  if (delayMs >= state.leftMs) return stop('delay-passes-deadline')
  const cost = kind === 'throttle' ? policy.throttleCost : policy.transientCost
  if (cost > state.budgetLeft) return stop('budget')
  return { type: 'retry', delayMs, source, cost }
}

function stop(reason: GiveUpReason): RetryDecision {
  return { type: 'stop', reason }
}

function isSafe(mayRepeat: ReplayClass, { kind, applied }: Failure): boolean {
  if (mayRepeat === 'always') return true
  return applied === 'no' && (mayRepeat === 'unprocessed' || kind === 'network')
}

function delayBefore(
  attempts: number,
  { kind, reset, hintMs }: Failure,
  policy: ResolvedRetryPolicy,
): { delayMs: number; source: DelaySource } {
  // Most often a kept-alive connection that the server closed while we were sending (RFC 9112 §9.3.1): a new one works.
  if (reset && attempts === 1) return { delayMs: 0, source: 'stale-socket' }
  const backoff = backoffMs(policy, attempts - 1, kind === 'throttle')
  return hintMs === undefined
    ? { delayMs: backoff, source: 'backoff' }
    : { delayMs: hintedMs(policy, backoff, hintMs), source: 'server' }
}
