import type { Duplex } from 'node:stream'
import type { Dispatcher } from 'undici'
import { isErrorNamed } from '../brands.ts'
import { ArrivingBody } from './arriving-body.ts'
import { decoderFor } from './content-encoding.ts'
import { NodeResponse } from './node-response.ts'
import type { RequestParts } from './request-parts.ts'

// These have no body (Fetch Standard, null body status).
const BODILESS = new Set([204, 205, 304])

/** Sends one request and resolves with its response as soon as the headers are there, like `fetch`. */
export function exchange(dispatcher: Dispatcher, parts: RequestParts): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { url, method, headers, body } = parts
    const reader = new ResponseReader(parts, resolve, reject)
    if (reader.isEnded) return
    const path = url.pathname + url.search
    // Idempotent ones undici sends again by itself after an HTTP/2 GOAWAY, and a token call can be a GET.
    dispatcher.dispatch({ origin: url.origin, path, method, headers, body, idempotent: false }, reader)
  })
}

/** Makes a response of what undici reads. */
class ResponseReader implements Dispatcher.DispatchHandler {
  readonly #parts: RequestParts
  readonly #resolve: (response: Response) => void
  readonly #reject: (reason: unknown) => void
  #request: Dispatcher.DispatchController | undefined
  #body: ArrivingBody | undefined
  #decoder: Duplex | undefined
  #isEnded = false

  constructor(parts: RequestParts, resolve: (response: Response) => void, reject: (reason: unknown) => void) {
    this.#parts = parts
    this.#resolve = resolve
    this.#reject = reject
    parts.ending?.heed((reason) => this.cancel(reason))
  }

  get isEnded(): boolean {
    return this.#isEnded
  }

  onRequestStart(request: Dispatcher.DispatchController): void {
    this.#request = request
    // It waited for a connection, and its caller went away in the meantime.
    if (this.#isEnded) request.abort(new Error('aborted'))
  }

  onResponseStart(request: Dispatcher.DispatchController, status: number, _: unknown, statusText = ''): void {
    // An interim response, such as 103 (RFC 9110 §15.2).
    if (status < 200) return
    try {
      const { method, url } = this.#parts
      const hasBody = method !== 'HEAD' && !BODILESS.has(status)
      const head = { status, statusText, fields: fieldsOf(request.rawHeaders), url: withoutFragment(url) }
      const body = hasBody ? new ArrivingBody(this) : undefined
      const response = new NodeResponse(head, body)
      if (body) this.#decoder = this.#decoding(body, response.headers.get('content-encoding'))
      this.#body = body
      this.#resolve(response)
    } catch (error) {
      // A status or a header that no Response takes.
      this.cancel(failed(error))
    }
  }

  onResponseData(request: Dispatcher.DispatchController, chunk: Uint8Array): void {
    if (!this.#decoder) this.#body?.add(chunk)
    else if (!this.#decoder.write(chunk)) request.pause()
  }

  onResponseEnd(): void {
    if (this.#decoder) this.#decoder.end()
    else this.#end()
  }

  onResponseError(_: unknown, error: Error): void {
    this.#fail(failed(error))
  }

  /** The body is read too slowly for what arrives. */
  pause(): void {
    if (this.#decoder) this.#decoder.pause()
    else this.#request?.pause()
  }

  resume(): void {
    if (this.#decoder) this.#decoder.resume()
    else this.#request?.resume()
  }

  cancel(reason: unknown): void {
    this.#fail(reason)
    this.#request?.abort(isErrorNamed(reason, 'Error') ? reason : new Error('aborted'))
  }

  #decoding(body: ArrivingBody, encoding: string | null): Duplex | undefined {
    const decoder = decoderFor(encoding)
    decoder?.on('data', (chunk: Uint8Array) => body.add(chunk))
    decoder?.on('drain', () => this.#request?.resume())
    decoder?.on('end', () => this.#end())
    decoder?.on('error', (error) => this.cancel(failed(error)))
    return decoder
  }

  #end(): void {
    if (this.#isEnded) return
    this.#finish()
    this.#body?.end()
  }

  #fail(reason: unknown): void {
    if (this.#isEnded) return
    this.#finish()
    this.#parts.cancel?.(reason)
    this.#decoder?.destroy()
    this.#reject(reason)
    this.#body?.fail(reason)
  }

  #finish(): void {
    this.#isEnded = true
    this.#parts.ending?.over()
  }
}

/** The error of a fetch: the platform's too is a TypeError whose cause says what happened. */
function failed(cause: unknown): TypeError {
  return new TypeError('fetch failed', { cause })
}

/** Names and values in turn, as they came. Bytes are Latin-1 in headers (Fetch Standard, isomorphic decode). */
function fieldsOf(raw: Dispatcher.DispatchController['rawHeaders']): readonly string[] {
  if (!Array.isArray(raw)) return []
  return raw.map((value) => (typeof value === 'string' ? value : value.toString('latin1')))
}

function withoutFragment({ href, hash }: URL): string {
  return hash === '' && !href.endsWith('#') ? href : href.slice(0, href.indexOf('#'))
}
