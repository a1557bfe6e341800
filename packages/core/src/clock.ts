/**
 * Time and waiting as a parameter: the engine reads no clock and sets no timer of its own.
 * `FakeClock` of `@chaveiro/core/testing` implements it for tests.
 */
export interface Clock {
  /** Wall time in epoch milliseconds. May jump in either direction. */
  now(): number
  /** Milliseconds since an arbitrary start. Never goes back; may pause while the machine sleeps. */
  monotonic(): number
  /** Calls back once after `delayMs`; the returned function cancels it. */
  timer(callback: () => void, delayMs: number): () => void
}

/** A number in [0, 1), as `Math.random` gives. */
export type Random = () => number

/** The platform's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  timer: (callback, delayMs) => {
    const handle = setTimeout(callback, delayMs)
    return () => clearTimeout(handle)
  },
}

/** The platform's own randomness: enough for jitter, never used for secrets or identities. */
export const systemRandom: Random = () => Math.random()

/** How far a provider's clock is ahead of ours, according to its last answer with a token. */
export function clockOffset(): { clockOffsetMs(): number; noteClockOffset(ms: number): void } {
  let offsetMs = 0
  return {
    clockOffsetMs: () => offsetMs,
    noteClockOffset(ms) {
      offsetMs = ms
    },
  }
}

/**
 * The longest delay of a timer: setTimeout turns anything longer into 1 ms (HTML Standard, timers: 32-bit signed
 * integer).
 */
export const LONGEST_TIMER_MS: number = 2 ** 31 - 1

/**
 * Waits by the monotonic clock, in chunks that a timer can hold, arming again when a timer fires early.
 * Rejects with the signal's own reason when it aborts.
 */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const end = clock.monotonic() + delayMs
    let cancel: () => void = () => {}
    const onAbort = (): void => {
      cancel()
      reject(signal?.reason)
    }
    const arm = (): void => {
      const left = end - clock.monotonic()
      if (left <= 0) {
        signal?.removeEventListener('abort', onAbort)
        resolve()
        return
      }
      cancel = clock.timer(arm, Math.min(Math.ceil(left), LONGEST_TIMER_MS))
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    arm()
  })
}
