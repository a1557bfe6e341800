import { hasMethod, hasTag, isBytes, isObject } from '../brands.ts'
import type { ResolvedRetryPolicy } from './retry-options.ts'

/** By its shape, so that one of another library or realm is written too. A stream of npm's `form-data` is not one. */
export function isForm(body: unknown): body is FormData {
  return hasTag(body, /^FormData$/) && hasMethod(body, 'forEach')
}

/**
 * A form as a Blob, written as the Fetch Standard does (multipart/form-data encoding algorithm): undici's own fetch from
 * npm does not recognise the platform's FormData. Files are referred to, not read.
 */
export function multipart(form: FormData): Blob {
  const boundary = `----${crypto.randomUUID()}`
  const parts: (string | Blob)[] = []
  form.forEach((value, name) => {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(lines(name))}"`
    if (typeof value === 'string') parts.push(`${head}\r\n\r\n${lines(value)}`)
    else {
      const type = value.type || 'application/octet-stream'
      parts.push(`${head}; filename="${quoted(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`, value)
    }
    parts.push('\r\n')
  })
  return new Blob([...parts, `--${boundary}--\r\n`], { type: `multipart/form-data; boundary=${boundary}` })
}

function lines(text: string): string {
  return text.replace(/\r\n?|\n/g, '\r\n')
}

function quoted(text: string): string {
  return text.replace(/[\r\n"]/g, encodeURIComponent)
}

/** What `fetch` takes as a body, by a name that consumers without DOM types know too. */
export type Body = RequestInit['body']

/** A body, or a function that makes a fresh one for every sending. */
export type BodySource = Body | (() => Body | Promise<Body>)

/** A request body as the retry loop needs it. */
export interface ReplayableBody {
  /** May it be sent more than once? */
  readonly canReplay: boolean
  /** Larger than the replay buffer: an upload, to which no attempt timeout applies. */
  readonly isLarge: boolean
  /** What to send this time; undefined for no body. */
  take(): Body | Promise<Body>
  /** Ends the reading of a stream that was begun here. */
  readonly cancel?: ((reason: unknown) => void) | undefined
}

/** The ordinary case. */
export const NO_BODY: ReplayableBody = /* @__PURE__ */ repeatable(() => undefined)

/**
 * The body of a call, prepared for being sent several times; a promise only where it must be read first, until `signal`
 * ends that.
 *
 * Values are sent by value: fetch builds a fresh multipart boundary each time. A stream is read up to `bufferBytes`
 * first, and sent as bytes, because fetch may make a network error of a 401 to a stream (Fetch Standard,
 * HTTP-network-or-cache fetch); a longer one is sent once, what was read and then the rest. Never `tee`: its slower
 * branch buffers without a limit.
 */
export function bodyOf(
  own: BodySource,
  request: Request | undefined,
  method: string,
  { keepBody, maxAttempts, bufferBytes }: Pick<ResolvedRetryPolicy, 'keepBody' | 'maxAttempts' | 'bufferBytes'>,
  signal: () => AbortSignal,
): ReplayableBody | Promise<ReplayableBody> {
  const mayBuffer = (keepBody || maxAttempts > 1) && bufferBytes > 0
  const isGet = method === 'GET' || method === 'HEAD'
  let stream: ReadableStream<unknown> | null | undefined
  if (own === undefined || own === null) {
    if (!request || request.body === null || isGet) return NO_BODY
    // Firefox does not show the body of a Request: then it is undefined, not null.
    if (!request.body) return once(() => request.blob())
    // Sent as it is, because it will not be sent again, or fetch has to refuse it.
    if (!mayBuffer || request.bodyUsed) return once(request.body)
    stream = request.body
  } else {
    // A GET with a body is fetch's to refuse; asking three times would not help.
    if (isGet) return once(own)
    if (typeof own === 'function') return repeatable(own)
    if (!isStream(own)) return repeatable(() => own, bufferBytes > 0 && sizeOf(own) > bufferBytes)
    // Node also takes async iterables. As streams, their reading can be aborted.
    stream = mayBuffer ? streamOf(own) : undefined
  }
  return stream ? readAhead(stream.getReader(), bufferBytes, signal()) : once(own)
}

function repeatable(take: ReplayableBody['take'], isLarge = false): ReplayableBody {
  return { canReplay: true, isLarge, take }
}

function once(source: BodySource, cancel?: ReplayableBody['cancel']): ReplayableBody {
  return { canReplay: false, isLarge: true, take: () => (typeof source === 'function' ? source() : source), cancel }
}

/** A body that will not be read: a stream is told so, unless another reader has it. */
export function cancelBody(body: BodySource, reason: unknown): void {
  if (typeof body === 'function' || !isObject(body) || !isStream(body)) return
  // A stream of Node; ending an iterator that was never started would not close its file.
  const destroy: unknown = Reflect.get(body, 'destroy')
  if (typeof destroy === 'function') return void Reflect.apply(destroy, body, [])
  const stream = streamOf(body)
  if (stream && !stream.locked) void stream.cancel(reason).catch(() => {})
}

function streamOf(body: Body): ReadableStream<unknown> | null {
  // `Response` doesn't recognize a stream of another realm.
  return isReadable(body) ? body : new Response(body).body
}

function isReadable(body: Body): body is ReadableStream {
  return isObject(body) && 'getReader' in body
}

/** Must it be sent with `duplex: 'half'`? */
export function isStream(body: Body): boolean {
  return isObject(body) && ('getReader' in body || Symbol.asyncIterator in body)
}

/** Bytes, roughly: what matters is whether the replay buffer could have held them. */
function sizeOf(value: NonNullable<Body>): number {
  if (typeof value === 'string') return value.length
  if ('byteLength' in value) return value.byteLength
  if (!isForm(value)) return 'size' in value ? value.size : 0
  let size = 0
  value.forEach((entry) => {
    size += sizeOf(entry)
  })
  return size
}

async function readAhead(
  reader: ReadableStreamDefaultReader<unknown>,
  bufferBytes: number,
  signal: AbortSignal,
): Promise<ReplayableBody> {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  const cancel = (reason: unknown): void => void reader.cancel(reason).catch(() => {})
  const onAbort = (): void => cancel(signal.reason)
  signal.addEventListener('abort', onAbort)
  try {
    while (size <= bufferBytes) {
      const { done, value } = await reader.read()
      // Cancelling ends a pending read like the end of the stream does.
      signal.throwIfAborted()
      if (done) {
        const bytes = await new Blob(chunks).arrayBuffer()
        return repeatable(() => bytes)
      }
      if (!isBytes(value)) throw new TypeError('A chunk of the request body is not a Uint8Array')
      // A copy, because the stream's source may fill the same memory again.
      chunks.push(new Uint8Array(value))
      size += value.byteLength
    }
  } catch (error) {
    cancel(error)
    throw error
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
  return once(chunksAndRest(chunks, reader), cancel)
}

function chunksAndRest(
  chunks: Uint8Array<ArrayBuffer>[],
  reader: ReadableStreamDefaultReader<unknown>,
): ReadableStream<unknown> {
  return new ReadableStream({
    async pull(controller) {
      const chunk = chunks.shift()
      const { done, value } = chunk ? { value: chunk } : await reader.read()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: (reason) => reader.cancel(reason),
  })
}
