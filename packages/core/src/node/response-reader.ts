import type { Duplex } from 'node:stream'
import type { Dispatcher } from 'undici'
import { isErrorNamed } from '../brands.ts'
import { decoderFor } from './content-encoding.ts'
import type { RequestParts } from './request-parts.ts'

// These have no body (Fetch Standard, null body status).
const BODILESS = new Set([204, 205, 304])
// How much of a body is read ahead of its reader.
const READ_AHEAD_BYTES = 65_536

/** Sends one request and resolves with its response as soon as the headers are there, like `fetch`. */
export function exchange(dispatcher: Dispatcher, parts: RequestParts): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { url, method, headers, body } = parts
    const reader = new ResponseReader(parts, resolve, reject)
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
  readonly #onAbort = (): void => this.#abort(this.#parts.signal?.reason)
  #request: Dispatcher.DispatchController | undefined
  #body: ReadableStreamDefaultController<Uint8Array> | undefined
  #decoder: Duplex | undefined
  #isEnded = false

  constructor(parts: RequestParts, resolve: (response: Response) => void, reject: (reason: unknown) => void) {
    this.#parts = parts
    this.#resolve = resolve
    this.#reject = reject
    parts.signal?.addEventListener('abort', this.#onAbort)
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
      const headers = headersFrom(request.rawHeaders)
      const hasBody = this.#parts.method !== 'HEAD' && !BODILESS.has(status)
      const body = hasBody ? this.#stream(headers.get('content-encoding')) : null
      const response = new Response(body, { status, statusText, headers })
      Object.defineProperty(response, 'url', { value: withoutFragment(this.#parts.url) })
      this.#resolve(response)
    } catch (error) {
      // A status or a header that no Response takes.
      this.#abort(failed(error))
    }
  }

  onResponseData(request: Dispatcher.DispatchController, chunk: Uint8Array): void {
    if (this.#decoder) {
      if (!this.#decoder.write(chunk)) request.pause()
    } else {
      this.#pass(chunk)
      if (this.#isFull) request.pause()
    }
  }

  onResponseEnd(): void {
    if (this.#decoder) this.#decoder.end()
    else this.#end()
  }

  onResponseError(_: unknown, error: Error): void {
    this.#fail(failed(error))
  }

  #stream(encoding: string | null): ReadableStream<Uint8Array> {
    const decoder = decoderFor(encoding)
    this.#decoder = decoder
    decoder?.on('data', (chunk: Uint8Array) => {
      this.#pass(chunk)
      if (this.#isFull) decoder.pause()
    })
    decoder?.on('drain', () => this.#request?.resume())
    decoder?.on('end', () => this.#end())
    decoder?.on('error', (error) => this.#abort(failed(error)))
    return new ReadableStream<Uint8Array>(
      {
        start: (body) => {
          this.#body = body
        },
        pull: () => {
          if (decoder) decoder.resume()
          else this.#request?.resume()
        },
        cancel: (reason) => this.#abort(reason),
      },
      { highWaterMark: READ_AHEAD_BYTES, size: (chunk) => chunk?.byteLength ?? 0 },
    )
  }

  get #isFull(): boolean {
    return (this.#body?.desiredSize ?? 1) <= 0
  }

  #pass(chunk: Uint8Array): void {
    // A copy, because a small chunk is a part of what the socket read at once, which it would keep in memory.
    if (!this.#isEnded) this.#body?.enqueue(new Uint8Array(chunk))
  }

  #end(): void {
    if (this.#isEnded) return
    this.#finish()
    this.#body?.close()
  }

  #abort(reason: unknown): void {
    this.#fail(reason)
    this.#request?.abort(isErrorNamed(reason, 'Error') ? reason : new Error('aborted'))
  }

  #fail(reason: unknown): void {
    if (this.#isEnded) return
    this.#finish()
    this.#parts.cancel?.(reason)
    this.#decoder?.destroy()
    this.#reject(reason)
    this.#body?.error(reason)
  }

  #finish(): void {
    this.#isEnded = true
    this.#parts.signal?.removeEventListener('abort', this.#onAbort)
  }
}

/** The error of a fetch: the platform's too is a TypeError whose cause says what happened. */
function failed(cause: unknown): TypeError {
  return new TypeError('fetch failed', { cause })
}

/** Each field as it came: a Response that is made of an object would lose all `set-cookie` but one. */
function headersFrom(raw: Dispatcher.DispatchController['rawHeaders']): Headers {
  const headers = new Headers()
  if (!Array.isArray(raw)) return headers
  for (let at = 0; at + 1 < raw.length; at += 2) headers.append(textOf(raw[at]), textOf(raw[at + 1]))
  return headers
}

// Bytes are Latin-1 in headers (Fetch Standard, isomorphic decode).
function textOf(value: Buffer | string | undefined): string {
  return typeof value === 'string' ? value : (value?.toString('latin1') ?? '')
}

function withoutFragment({ href }: URL): string {
  return href.split('#', 1)[0] ?? href
}
