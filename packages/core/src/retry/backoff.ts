import type { ResolvedRetryPolicy } from './retry-options.ts'

const MAX_HINT_JITTER_MS = 1_000

/**
 * How long to wait before retry number `retries + 1`, in milliseconds, without a hint of the server.
 * A transient failure waits with full jitter: many clients that failed together come back spread out. A throttled one
 * waits at least half of its step (equal jitter), because the server asked for a pause.
 */
export function backoffMs(policy: ResolvedRetryPolicy, retries: number, throttled: boolean): number {
  const step = Math.min((throttled ? policy.throttleBaseMs : policy.baseMs) * 2 ** retries, policy.capMs)
  return throttled ? step / 2 + (policy.random() * step) / 2 : policy.random() * step
}

/** A hint is a floor: never earlier than the server asked, and a little later at random. */
export function hintedMs(policy: ResolvedRetryPolicy, backoff: number, hintMs: number): number {
  return Math.max(backoff, hintMs) + policy.random() * Math.min(hintMs * policy.hintJitter, MAX_HINT_JITTER_MS)
}
