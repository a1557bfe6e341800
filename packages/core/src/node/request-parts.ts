import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import { hasTag, isBytes, isPromise } from '../brands.ts'
import { bodyReader, type ResponseBody } from '../http/body-reader.ts'
import { type Ending, signalEnding } from '../http/ending.ts'
import { plainHeaders, plainInit, requestIn } from '../http/fetch.ts'
import { ACCEPT_ENCODING } from './content-encoding.ts'

/** A call, taken apart. */
export interface RequestParts {
  readonly url: URL
  readonly method: string
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: NonNullable<Dispatcher.DispatchOptions['body']> | null
  /** Frees what a streamed body is read from, when the call is over before it was sent whole. */
  readonly cancel?: ((reason: unknown) => void) | undefined
  readonly redirect: string
  readonly ending: Ending | undefined
}

// Of the methods, fetch writes these in upper case (Fetch Standard, normalize).
const NORMALIZED = /^(delete|get|head|options|post|put)$/i
// What Node's fetch sends where the caller says nothing.
const FORM = 'application/x-www-form-urlencoded;charset=UTF-8'
const DEFAULTS = { accept: '*/*', 'accept-encoding': ACCEPT_ENCODING, 'user-agent': 'node' }

/**
 * Reads what a call is made with, as `fetch` does; a promise only where that takes time. `ending`: instead of a signal.
 * @throws {TypeError} for what no request can be made of.
 */
export function requestParts(
  input: string | URL | Request,
  init: RequestInit = {},
  ending?: Ending,
): RequestParts | Promise<RequestParts> {
  const request = requestIn(input)
  const given = request ? plainInit(request, init) : init
  const url = new URL(typeof input === 'object' && 'url' in input ? input.url : input)
  if (!/^https?:$/.test(url.protocol)) throw new TypeError('fetch failed', { cause: new Error('unknown scheme') })
  if (url.username !== '' || url.password !== '') throw new TypeError('A URL with credentials cannot be fetched.')
  const named = given.method ?? 'GET'
  const method = NORMALIZED.test(named) ? named.toUpperCase() : named
  const content = init.body ?? request?.body ?? null
  if (content !== null && /^(GET|HEAD)$/.test(method)) throw new TypeError('A GET or HEAD request has no body.')
  const own = headersOf(init.headers ?? request?.headers)
  const signal = (init.signal === undefined ? request?.signal : init.signal) ?? undefined
  const partsWith = ({ body, cancel, type, headers }: SentBody): RequestParts => ({
    url,
    method,
    headers: { ...DEFAULTS, ...(type && { 'content-type': type }), ...headers, ...own },
    body,
    cancel,
    redirect: given.redirect ?? 'follow',
    ending: ending ?? (signal && signalEnding(signal)),
  })
  const sent = bodyOf(content)
  return isPromise(sent) ? sent.then(partsWith) : partsWith(sent)
}

function headersOf(given: RequestInit['headers']): Readonly<Record<string, string>> {
  if (given === undefined) return {}
  // A plain object is what most calls bring, and reading one as Headers costs as much as all the rest.
  if ('forEach' in given || Symbol.iterator in given) return plainHeaders(new Headers(given))
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), String(value)]))
}

interface SentBody extends Pick<RequestParts, 'body' | 'cancel'> {
  readonly headers?: Readonly<Record<string, string>>
  /** The content type where the caller names none. */
  readonly type?: string | undefined
}

/** What undici sends of a body, and what describes it (Fetch Standard, extract a body). */
function bodyOf(body: BodyInit | null): SentBody | Promise<SentBody> {
  if (body === null) return { body }
  if (typeof body === 'string') return { body, type: 'text/plain;charset=UTF-8' }
  if (ArrayBuffer.isView(body)) return { body: new Uint8Array(body.buffer, body.byteOffset, body.byteLength) }
  if (isNamed<ArrayBuffer>(body, 'ArrayBuffer')) return { body: new Uint8Array(body) }
  if (isNamed<URLSearchParams>(body, 'URLSearchParams')) return { body: String(body), type: FORM }
  if (isNamed<FormData>(body, 'FormData')) return new Response(body).blob().then(blobBody)
  if (isNamed<Blob>(body, 'Blob') || isNamed<File>(body, 'File')) return blobBody(body)
  return streamed(Symbol.asyncIterator in body ? body : eachOf(body))
}

type BodyInit = NonNullable<RequestInit['body']>

function isNamed<T>(body: unknown, name: string): body is T {
  return hasTag(body, new RegExp(`^${name}$`))
}

function blobBody(blob: Blob): SentBody {
  const { size, type } = blob
  return { ...streamed(blob.stream()), headers: { 'content-length': String(size) }, type: type || undefined }
}

function streamed(body: ResponseBody): SentBody {
  const reader = bodyReader(body)
  return { body: Readable.from(chunksOf(reader)), cancel: (reason) => void reader.cancel(reason).catch(() => {}) }
}

async function* chunksOf(reader: Pick<ReadableStreamDefaultReader<unknown>, 'read'>): AsyncGenerator<Uint8Array> {
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    if (!isBytes(value)) throw new TypeError('A chunk of a request body has to be a Uint8Array.')
    yield value
  }
}

async function* eachOf<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items
}
