import { follow } from './abort-link.ts'
import { timeoutError, timerMs } from './attempt-timeout.ts'
import type { ResolvedRetryPolicy } from './retry-options.ts'

/** What ends a call as a whole: the caller's signal and the total deadline. */
export interface CallLimit {
  /** Whole milliseconds left; `Infinity` without a deadline. */
  leftMs(): number
  /** Aborts at whichever comes first. Made when it is first asked for: most calls never wait. */
  signal(): AbortSignal
  /** Removes the timer and the listener of `signal`. */
  close(): void
}

export function createCallLimit(
  { clock, timeoutMs }: Pick<ResolvedRetryPolicy, 'clock' | 'timeoutMs'>,
  callerSignal: AbortSignal | undefined,
): CallLimit {
  const deadline = timeoutMs === Infinity ? Infinity : clock.monotonic() + timeoutMs
  // Rounded down, because a timer may fire a fraction of a millisecond early.
  const leftMs = (): number => (deadline === Infinity ? Infinity : Math.floor(deadline - clock.monotonic()))
  let signal: AbortSignal | undefined
  let close = (): void => {}

  const open = (): AbortSignal => {
    const controller = new AbortController()
    const link = callerSignal && follow(callerSignal, controller)
    const left = leftMs()
    const cancelTimer =
      left === Infinity ? undefined : clock.timer(() => controller.abort(timeoutError(timeoutMs)), timerMs(left))
    close = () => {
      cancelTimer?.()
      link?.release()
    }
    return controller.signal
  }

  return {
    leftMs,
    signal: () => (signal ??= open()),
    close: () => close(),
  }
}
