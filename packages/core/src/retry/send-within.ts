import type { Clock } from '../clock.ts'
import { discardBody } from '../http/discard-body.ts'
import { startTimeLimit, timeoutError } from './time-limit.ts'

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
