import { type Clock, LONGEST_TIMER_MS } from '../clock.ts'
import { discardBody } from '../http/body-reader.ts'
import type { Ending } from '../http/ending.ts'
import { type AbortLink, follow, timeoutError } from '../timeout.ts'

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
 * Ends with the caller's signal, or when its time is over: one timer, and a share in the one listener on the caller's signal.
 * A class without closures, and its own signal is made when it is asked for, because there is one for every attempt.
 */
export class TimeLimit implements Ending {
  /** Kept as long as the caller's abort must come through: a Request's signal is collected with it. */
  readonly holds: unknown
  readonly #onAbort: ((reason: unknown) => void) | undefined
  readonly #link: AbortLink | undefined
  readonly #cancelTimer: (() => void) | undefined
  #controller: AbortController | undefined
  #ended: { readonly reason: unknown } | undefined
  #abort: ((reason: unknown) => void) | undefined
  #isHeeded = false
  #isStopped = false

  /** `onAbort` is called with the reason before anything else hears of it. */
  constructor({ clock, limitMs, callerSignal, input }: AttemptLimits, onAbort?: (reason: unknown) => void) {
    this.holds = input
    this.#onAbort = onAbort
    this.#link = callerSignal && follow(callerSignal, this)
    if (limitMs !== Infinity)
      this.#cancelTimer = clock.timer(() => this.abort(timeoutError()), Math.min(limitMs, LONGEST_TIMER_MS))
  }

  get isAborted(): boolean {
    return this.#ended !== undefined
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController()
      if (this.#ended) this.#controller.abort(this.#ended.reason)
    }
    return this.#controller.signal
  }

  abort(reason: unknown): void {
    if (this.#ended) return
    this.#ended = { reason }
    this.#onAbort?.(reason)
    this.#controller?.abort(reason)
    this.#abort?.(reason)
  }

  heed(abort: (reason: unknown) => void): void {
    this.#isHeeded = true
    this.#abort = abort
    if (this.#ended) abort(this.#ended.reason)
  }

  over(): void {
    this.#abort = undefined
    if (this.#isStopped) this.#link?.release()
  }

  /** Stops the time. The caller's abort reaches no further either, except for the reading of a response's body. */
  stop(response?: Response): void {
    this.#isStopped = true
    this.#cancelTimer?.()
    if (this.#link === undefined || (response && this.#abort)) return
    // A fetch that heeds it says by itself when the body is over. Of others nothing tells but the end of the body's life.
    const body = this.#isHeeded ? undefined : response?.body
    if (body) this.#link.keepFor(body)
    else this.#link.release()
  }
}

/**
 * Sends once, and rejects as soon as the time is over or the caller aborts, even if `send` doesn't heed that. Where nothing
 * can end the attempt, it gets nothing to heed.
 */
export function sendWithin(
  limits: AttemptLimits,
  send: (limit: TimeLimit | undefined) => Promise<Response>,
): Promise<Response> {
  const { clock, limitMs, callerSignal } = limits
  if (callerSignal?.aborted) return Promise.reject(callerSignal.reason)
  if (limitMs <= 0) return Promise.reject(timeoutError())
  if (limitMs === Infinity && !callerSignal) return send(undefined)
  return new Promise((resolve, reject) => {
    // Rejects before it aborts: fetches differ in what they throw then, and the caller gets the reason itself.
    const limit = new TimeLimit(limits, reject)
    send(limit).then(
      (response) => {
        if (limit.isAborted) void discardBody(response, clock)
        limit.stop(limit.isAborted ? undefined : response)
        resolve(response)
      },
      (error: unknown) => {
        limit.stop()
        reject(error)
      },
    )
  })
}
