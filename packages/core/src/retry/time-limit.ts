import { type Clock, LONGEST_TIMER_MS } from '../clock.ts'
import { discardBody } from '../http/body-reader.ts'
import { follow, timeoutError } from '../timeout.ts'

/** A signal that aborts with the caller's, or when its time is over. */
export interface TimeLimit {
  readonly signal: AbortSignal
  /** Stops the time. The caller's abort reaches no further either, except for reading `body`. */
  stop(body?: object | null): void
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

/** What may end an attempt before its response. */
export interface AttemptLimits {
  readonly clock: Clock
  /** Time up to the response's headers; `Infinity` for none. */
  readonly limitMs: number
  readonly callerSignal: AbortSignal | undefined
  /** What the call was made with: it must live as long as its signal may be needed. */
  readonly input: unknown
}

/**
 * Sends once, and rejects as soon as the time is over or the caller aborts, even if `send` ignores its signal.
 * Where nothing can end the attempt, it has no signal.
 */
export function sendWithin(
  { clock, limitMs, callerSignal, input }: AttemptLimits,
  send: (signal: AbortSignal | undefined) => Promise<Response>,
): Promise<Response> {
  if (callerSignal?.aborted) return Promise.reject(callerSignal.reason)
  if (limitMs <= 0) return Promise.reject(timeoutError())
  if (limitMs === Infinity && !callerSignal) return send(undefined)
  return new Promise((resolve, reject) => {
    // Rejects before it aborts: fetches differ in what they throw then, and the caller gets the reason itself.
    const limit = startTimeLimit(clock, limitMs, callerSignal, reject, input)
    const { signal } = limit
    send(signal).then(
      (response) => {
        if (signal.aborted) void discardBody(response, clock)
        limit.stop(signal.aborted ? undefined : response.body)
        resolve(response)
      },
      (error: unknown) => {
        limit.stop()
        reject(error)
      },
    )
  })
}
