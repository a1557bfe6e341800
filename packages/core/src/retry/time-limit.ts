import { follow } from '../abort-link.ts'
import { type Clock, LONGEST_TIMER_MS } from '../clock.ts'

/** A signal that aborts with the caller's, or when its time is over. */
export interface TimeLimit {
  readonly signal: AbortSignal
  /** Stops the time. The caller's abort reaches no further either, except for reading `body`. */
  stop(body?: object | null): void
}

/** The error of our own time-outs: that of `AbortSignal.timeout`. */
export function timeoutError(): DOMException {
  return new DOMException('The operation was aborted due to timeout', 'TimeoutError')
}

/**
 * One controller, one timer, and a share in the one listener on the caller's signal.
 *
 * @param limitMs `Infinity` for no limit.
 * @param onAbort is called with the reason, before the signal aborts.
 * @param holds is kept as long as the caller's abort must come through: a Request, whose signal is collected with it.
 */
export function startTimeLimit(
  clock: Clock,
  limitMs: number,
  callerSignal: AbortSignal | undefined,
  onAbort?: (reason: unknown) => void,
  holds?: unknown,
): TimeLimit {
  const controller = new AbortController()
  const target = {
    holds,
    abort: (reason: unknown) => {
      onAbort?.(reason)
      controller.abort(reason)
    },
  }
  const link = callerSignal && follow(callerSignal, target)
  const cancelTimer =
    limitMs === Infinity
      ? undefined
      : clock.timer(() => target.abort(timeoutError()), Math.min(limitMs, LONGEST_TIMER_MS))
  return {
    signal: controller.signal,
    stop: (body) => {
      cancelTimer?.()
      if (body) link?.keepFor(body)
      else link?.release()
    },
  }
}
