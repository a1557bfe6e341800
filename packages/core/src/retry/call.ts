import { isPromise } from '../brands.ts'
import { isHeeding } from '../http/ending.ts'
import { type Fetch, plainHeaders, plainInit, refusePrintedSecrets, requestIn } from '../http/fetch.ts'
import type { TokenFailure } from './attempts-report.ts'
import {
  type BodySource,
  bodyOf,
  cancelBody,
  isForm,
  isStream,
  multipart,
  NO_BODY,
  type ReplayableBody,
} from './replayable-body.ts'
import type { RetryState } from './retry-decision.ts'
import type { ResolvedRetryPolicy } from './retry-options.ts'
import { sendWithin, TimeLimit } from './time-limit.ts'

/** A `RequestInit` whose body may also be a function that makes a fresh one for every sending. */
export interface RetryRequestInit extends Omit<RequestInit, 'body'> {
  /** What is sent. A function is called again for each sending, so a stream can be sent twice. */
  body?: BodySource | undefined
}

/** Where a redirect leads, and how to send there. */
export interface Leg {
  readonly url: URL
  /** The method becomes GET and the body is dropped. */
  readonly asGet: boolean
  /** Another origin was met on the way, so credentials stay behind. */
  readonly isElsewhere: boolean
}

/** One try of a call, as its sender sees it. */
export interface Attempt {
  /** Where the call begins: at `leg`, if there is one. */
  readonly url: URL
  /** Whose retry budget the call uses; empty for an address that only the caller's `fetch` understands. */
  readonly origin: string
  /** In upper case. */
  readonly method: string
  /** What the caller says about redirects. */
  readonly redirect: Request['redirect']
  /** May the call be sent again? Also says no where the operation's replay class is `never`. */
  readonly canReplay: boolean
  /** Set once a redirect has ended the first request: whatever is sent again begins here. */
  leg: Leg | undefined
  /** Set by a sender that could not replace a rejected token. */
  tokenFailure: TokenFailure | undefined
  /** `fetch` may have followed a redirect unseen, so an outcome may not be the first request's. */
  isUnsure: boolean
  /** The first is 1. */
  readonly number: number
  /** A fresh copy of the caller's headers, as they were when the call began. */
  readonly headers: Headers
  /** The signal that the caller gave. */
  readonly callerSignal: AbortSignal | undefined
  /**
   * Aborts with the caller's signal and at the total deadline. For waiting beside `transmit`, which heeds both by
   * itself: the signal and its timer are made when this is first read.
   */
  readonly signal: AbortSignal
  /**
   * Sends once with these headers: fresh body, fresh attempt timeout, everything else as the caller gave it. `leg`: to where
   * a redirect leads, whatever else the call says. `redirect`: instead of what the caller says about redirects.
   */
  transmit(fetch: Fetch, headers: Headers, leg?: Leg, redirect?: Request['redirect']): Promise<Response>
}

// The request-body-header names of the Fetch Standard, and the length.
const BODY_HEADERS = ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length']
// Gives a relative URL, which browsers and some frameworks' fetches resolve, an origin of its own.
const NO_BASE = 'http://relative.invalid'

/**
 * A call and its attempts: takes the call apart once, so that it can be sent several times and the caller may reuse
 * what it passed. The same object through all attempts, and a class because one is made for every call.
 */
export class Call implements Attempt {
  number = 0
  tokenFailure: TokenFailure | undefined
  leg: Leg | undefined
  isUnsure = false
  readonly callerSignal: AbortSignal | undefined
  readonly #input: string | URL | Request
  readonly #init: RequestInit
  readonly #ownBody: BodySource
  readonly #method: string
  readonly #request: Request | undefined
  readonly #policy: ResolvedRetryPolicy
  /** As they were when the call began. Most calls bring none. */
  readonly #headers: Headers | undefined
  readonly #deadline: number
  #body: ReplayableBody = NO_BODY
  #url: URL | undefined
  #limit: TimeLimit | undefined

  constructor(input: string | URL | Request, init: RetryRequestInit, policy: ResolvedRetryPolicy) {
    const request = requestIn(input)
    this.#method = (init.method ?? request?.method ?? 'GET').toUpperCase()
    this.callerSignal = (init.signal === undefined ? request?.signal : init.signal) ?? undefined
    this.#input = input
    this.#init = plainInit(request, init)
    this.#ownBody = init.body
    this.#request = request
    this.#policy = policy
    this.#deadline = policy.clock.monotonic() + policy.timeoutMs
    try {
      const given = init.headers ?? request?.headers
      this.#headers = given && new Headers(given)
    } catch (error) {
      this.abandon(error)
      throw error
    }
  }

  /** Reads a streamed body ahead. Undefined when there is nothing to wait for, so that most calls leave at once. */
  prepare(): Promise<void> | undefined {
    this.callerSignal?.throwIfAborted()
    if (this.#headers) refusePrintedSecrets(this.#headers)
    const body = bodyOf(this.#ownBody, this.#request, this.method, this.#policy, () => this.signal)
    if (isPromise(body)) {
      return body.then((read) => {
        this.#body = read
      })
    }
    this.#body = body
    return undefined
  }

  get method(): string {
    return this.leg?.asGet ? 'GET' : this.#method
  }

  get redirect(): Request['redirect'] {
    return this.#init.redirect ?? 'follow'
  }

  get url(): URL {
    this.#url ??= new URL(this.#address, globalThis.location?.href ?? NO_BASE)
    return this.leg?.url ?? this.#url
  }

  get #address(): string {
    const input = this.#input
    return typeof input === 'string' ? input : 'href' in input ? input.href : input.url
  }

  get headers(): Headers {
    return new Headers(this.#headers)
  }

  get canReplay(): boolean {
    if (this.leg?.asGet) return true
    return this.#body.canReplay && this.#policy.replay !== 'never' && !this.#isInDoubt
  }

  /** The outcome may be that of a later request, and the first one must not be applied twice. */
  get #isInDoubt(): boolean {
    return this.isUnsure && !this.#policy.methods.has(this.method)
  }

  get signal(): AbortSignal {
    const { clock } = this.#policy
    this.#limit ??= new TimeLimit({ clock, limitMs: this.#leftMs(), callerSignal: this.callerSignal, input: undefined })
    return this.#limit.signal
  }

  transmit(fetch: Fetch, headers: Headers, leg?: Leg, redirect?: Request['redirect']): Promise<Response> {
    const { clock, attemptTimeoutMs } = this.#policy
    const isUpload = this.#body.isLarge && !leg?.asGet
    const limitMs = Math.min(this.#leftMs(), isUpload ? Infinity : attemptTimeoutMs)
    const limits = { clock, limitMs, callerSignal: this.callerSignal, input: this.#input }
    return sendWithin(limits, async (limit) => {
      const taken = leg?.asGet ? undefined : this.#body.take()
      const value = isPromise(taken) ? await taken : taken
      const body = isForm(value) ? multipart(value) : value
      const init: RequestInit & { duplex?: 'half' } = { ...this.#init, body: body ?? null, signal: null }
      if (redirect) init.redirect = redirect
      if (leg?.asGet) {
        init.method = 'GET'
        for (const name of BODY_HEADERS) headers.delete(name)
      }
      init.headers = plainHeaders(headers)
      if (isStream(body)) init.duplex = 'half'
      const address = leg ? leg.url.href : this.#address
      if (limit && isHeeding(fetch)) return fetch(address, init, limit)
      if (limit) init.signal = limit.signal
      return fetch(address, init)
    })
  }

  get origin(): string {
    try {
      const { origin } = this.url
      return origin === NO_BASE ? '' : origin
    } catch {
      // An address that only this fetch understands. The caller gets its error or response, not ours.
      return ''
    }
  }

  /** What the decision about another attempt depends on. */
  state(): RetryState {
    const { budget, methods, replay } = this.#policy
    const isRepeatable = methods.has(this.method) || hasIdempotencyKey(this.#headers)
    const byMethod = isRepeatable ? 'always' : 'unprocessed'
    const isGet = this.leg?.asGet ?? false
    return {
      aborted: this.callerSignal?.aborted ?? false,
      leftMs: this.#leftMs(),
      attempts: this.number,
      // A GET behind a redirect is not the operation that the spec speaks of.
      mayRepeat: this.#isInDoubt ? 'never' : isGet ? byMethod : (replay ?? byMethod),
      canReplayBody: isGet || this.#body.canReplay,
      budgetLeft: budget.left(this.origin),
    }
  }

  /** The call has failed: frees what its body is read from. */
  abandon(reason: unknown): void {
    if (this.#body.cancel) this.#body.cancel(reason)
    else cancelBody(this.#ownBody ?? this.#request?.body, reason)
  }

  /** Removes what `signal` set up. */
  close(): void {
    this.#limit?.stop()
  }

  /** Rounded down, because a timer may fire a fraction of a millisecond early. */
  #leftMs(): number {
    return Math.floor(this.#deadline - this.#policy.clock.monotonic())
  }
}

/** An empty or blank one doesn't count: nothing in it tells one request from another. */
function hasIdempotencyKey(headers: Headers | undefined): boolean {
  return /[^\s",]/.test(headers?.get('idempotency-key') ?? '')
}
