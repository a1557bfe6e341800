import { sendWithin, timeoutError } from './attempt-timeout.ts'
import { createCallLimit } from './call-limit.ts'
import type { Fetch } from './fetch.ts'
import { type BodySource, bodyOf, isStream, type ReplayableBody } from './replayable-body.ts'
import { requestFields } from './request-fields.ts'
import type { RetryState } from './retry-decision.ts'
import type { ResolvedRetryPolicy } from './retry-options.ts'

/** A `RequestInit` whose body may also be a function that makes a fresh one for every sending. */
export interface RetryRequestInit extends Omit<RequestInit, 'body'> {
  body?: BodySource | undefined
}

/** One try of a call, as whoever sends it sees it. */
export interface Attempt {
  /** Where the call goes. */
  readonly url: URL
  /** In upper case. */
  readonly method: string
  /** May the body be sent again? Also says no where the operation's replay class is `never`. */
  readonly canReplay: boolean
  /** The first is 1. */
  readonly number: number
  /** A fresh copy of the caller's headers, as they were when the call began. */
  readonly headers: Headers
  /**
   * Aborts with the caller's signal and at the total deadline. For waiting beside `transmit`, which heeds both by
   * itself: the signal and its timer are made when this is first read.
   */
  readonly signal: AbortSignal
  /**
   * Sends once with these headers: fresh body, fresh attempt time-out, everything else as the caller gave it.
   * `url` sends it elsewhere (a redirect); `asGet` then drops the body and what describes it, as a 303 demands.
   */
  transmit(fetch: Fetch, headers: Headers, url?: URL, asGet?: boolean): Promise<Response>
}

/** A call and its attempts: the same object through all of them. */
export interface Call extends Attempt {
  number: number
  /** The signal that the caller gave. */
  readonly callerSignal: AbortSignal | undefined
  /** Reads a streamed body ahead; undefined when there is nothing to wait for. */
  prepare(): Promise<void> | undefined
  /** Whose retry budget this call uses. */
  origin(): string
  /** What the decision about another attempt depends on. */
  state(budgetLeft: number): RetryState
  /** Removes what `signal` set up. */
  close(): void
}

// Gives a relative URL, which browsers and some frameworks' fetches resolve, an origin of its own.
const NO_BASE = 'http://relative.invalid'

// The request-body-header names of the Fetch Standard, and the length.
const BODY_HEADERS = ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length']

// What an operation's `x-retry.replay` allows. A request that was never sent may always be sent.
const REPEAT = { always: 'always', unprocessed: 'if-not-applied', never: 'if-not-sent' } as const

/** Takes a call apart once, so that it can be sent several times and the caller may reuse what he passed. */
export function openCall(
  input: string | URL | Request,
  init: RetryRequestInit = {},
  policy: ResolvedRetryPolicy,
): Call {
  const { clock, replay, timeoutMs } = policy
  const request = typeof input === 'string' || 'href' in input ? undefined : input
  const { body: own, ...template } = init
  const headers = new Headers(init.headers ?? request?.headers)
  const callerSignal = (init.signal === undefined ? request?.signal : init.signal) ?? undefined
  const method = (init.method ?? request?.method ?? 'GET').toUpperCase()
  const limit = createCallLimit(policy, callerSignal)
  const mayBeSentAgain = policy.keepBody || policy.maxAttempts > 1
  let body: ReplayableBody
  let url: URL | undefined

  return {
    method,
    callerSignal,
    number: 0,
    get url() {
      url ??= new URL(
        typeof input === 'string' || 'href' in input ? input : input.url,
        globalThis.location?.href ?? NO_BASE,
      )
      return url
    },
    get headers() {
      return new Headers(headers)
    },
    get canReplay() {
      return body.canReplay && replay !== 'never'
    },
    get signal() {
      return limit.signal()
    },
    transmit(fetch, ownHeaders, elsewhere, asGet) {
      const leftMs = limit.leftMs()
      if (leftMs <= 0) return Promise.reject(timeoutError(timeoutMs))
      const attemptMs = body.isLarge ? Infinity : policy.attemptTimeoutMs
      const limits =
        leftMs < attemptMs ? { limitMs: leftMs, reportMs: timeoutMs } : { limitMs: attemptMs, reportMs: attemptMs }
      if (asGet) for (const name of BODY_HEADERS) ownHeaders.delete(name)
      return sendWithin({ clock, signal: callerSignal, input, ...limits }, async (signal) => {
        const payload = asGet ? undefined : await body.take()
        return fetch(elsewhere ?? input, {
          ...(elsewhere && request && requestFields(request)),
          ...template,
          ...(asGet && { method: 'GET' }),
          ...(isStream(payload) && { duplex: 'half' }),
          headers: ownHeaders,
          body: payload ?? null,
          signal: signal ?? null,
        })
      })
    },
    prepare() {
      const found = bodyOf({ own, request, method, mayBeSentAgain, bufferBytes: policy.bufferBytes }, () =>
        limit.signal(),
      )
      if (!(found instanceof Promise)) {
        body = found
        return undefined
      }
      return found.then((read) => {
        body = read
      })
    },
    origin() {
      try {
        return this.url.origin
      } catch {
        // An address that only this fetch understands. The caller gets its error or response, not ours.
        return ''
      }
    },
    state(budgetLeft) {
      const isRepeatable = policy.methods.has(method) || headers.has('idempotency-key')
      return {
        aborted: callerSignal?.aborted ?? false,
        leftMs: limit.leftMs(),
        attempts: this.number,
        mayRepeat: replay ? REPEAT[replay] : isRepeatable ? 'always' : 'if-not-applied',
        canReplayBody: body.canReplay,
        budgetLeft,
      }
    },
    close: () => limit.close(),
  }
}
