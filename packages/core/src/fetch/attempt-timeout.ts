import type { Clock } from '../clock.ts'
import { follow } from './abort-link.ts'
import { discardBody } from './discard-body.ts'

/** What may end an attempt before its response. */
export interface AttemptLimits {
  readonly clock: Clock
  /** Time up to the response's headers; `Infinity` for none. */
  readonly limitMs: number
  /** The limit as the caller knows it, for the error's message. */
  readonly reportMs: number
  /** The caller's signal. */
  readonly signal: AbortSignal | undefined
  /** The caller's Request, whose signal may be collected before its body is read unless something holds it. */
  readonly input: unknown
}

// setTimeout turns a delay above this into 1 ms (HTML Standard, timers: 32-bit signed integer).
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** A delay that a timer can hold. */
export function timerMs(ms: number): number {
  return Math.min(Math.max(ms, 0), LONGEST_TIMER_MS)
}

/** The error of our own time-outs: what `AbortSignal.timeout` gives. */
export function timeoutError(limitMs: number): DOMException {
  return new DOMException(`No response within ${limitMs} ms`, 'TimeoutError')
}

/**
 * Sends once, and rejects as soon as the time is over or the caller aborts, even if `send` ignores its signal.
 * One controller and one timer; neither where nothing can end the attempt.
 */
export function sendWithin(
  { clock, limitMs, reportMs, signal, input }: AttemptLimits,
  send: (signal: AbortSignal | undefined) => Promise<Response>,
): Promise<Response> {
  if (signal?.aborted) return Promise.reject(signal.reason)
  if (limitMs === Infinity && !signal) return send(undefined)
  return new Promise((resolve, reject) => {
    const controller = new AbortController()
    let cancelTimer: (() => void) | undefined
    const abort = (reason: unknown): void => {
      cancelTimer?.()
      // Before the controller: fetches differ in what they make of an abort, and the caller gets the reason itself.
      reject(reason)
      controller.abort(reason)
    }
    if (limitMs !== Infinity) {
      cancelTimer = clock.timer(() => abort(timeoutError(reportMs)), timerMs(limitMs))
    }
    const target = { abort, input }
    const link = signal && follow(signal, target)
    send(controller.signal).then(
      (response) => {
        cancelTimer?.()
        const { body } = response
        const isLate = controller.signal.aborted
        if (body && !isLate) link?.keepFor(body)
        else link?.release()
        if (isLate) void discardBody(response, clock)
        resolve(response)
      },
      (error: unknown) => {
        cancelTimer?.()
        link?.release()
        reject(error)
      },
    )
  })
}
