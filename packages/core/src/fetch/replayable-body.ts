/** What `fetch` takes as a body, by a name that consumers without DOM types know too. */
export type Body = RequestInit['body']

/** A body, or a function that makes a fresh one for every sending. */
export type BodySource = Body | (() => Body | Promise<Body>)

/** A request body as the retry loop needs it. */
export interface ReplayableBody {
  /** May it be sent more than once? */
  readonly canReplay: boolean
  /** Larger than the replay buffer: an upload, to which no attempt time-out applies. */
  readonly isLarge: boolean
  /** What to send this time; undefined for no body, or for the one that the Request itself carries. */
  take(): Body | Promise<Body>
}

/** The ordinary case. */
const NO_BODY: ReplayableBody = { canReplay: true, isLarge: false, take: () => undefined }

/** A Request sent as it is, because it will not be sent again or its body cannot be seen. */
const UNTOUCHED: ReplayableBody = { canReplay: false, isLarge: true, take: () => undefined }

/** Where a call's body comes from, and what for. */
export interface BodyOrigin {
  /** The body given in the init; it goes before the Request's. */
  readonly own: BodySource
  readonly request: Request | undefined
  /** In upper case. */
  readonly method: string
  readonly mayBeSentAgain: boolean
  readonly bufferBytes: number
}

/** The body of a call; a promise only of one that must be read first, until `signal` ends that. */
export function bodyOf(from: BodyOrigin, signal: () => AbortSignal): ReplayableBody | Promise<ReplayableBody> {
  const { own, request, method } = from
  const isGet = method === 'GET' || method === 'HEAD'
  // A GET with a body is fetch's to refuse; asking three times would not help.
  if (own !== undefined && own !== null) return isGet ? once(own) : replayableBody(own, from, signal)
  // Firefox does not show the body of a Request: then `body` is undefined, not null.
  if (!request || request.body === null || isGet) return NO_BODY
  return keepsStreams(from) && request.body && !request.bodyUsed
    ? replayableBody(request.body, from, signal)
    : UNTOUCHED
}

function keepsStreams({ mayBeSentAgain, bufferBytes }: BodyOrigin): boolean {
  return mayBeSentAgain && bufferBytes > 0
}

/**
 * Prepares a body for being sent several times. Values are sent by value: fetch builds a fresh multipart boundary each
 * time. A stream is read up to `bufferBytes` first, and sent as bytes, because fetch may make a network error of a 401
 * to a stream (Fetch Standard, HTTP-network-or-cache fetch); a longer one is sent once, what was read and then the
 * rest. Never `tee`: its slower branch buffers without a limit.
 */
function replayableBody(
  source: NonNullable<BodySource>,
  from: BodyOrigin,
  signal: () => AbortSignal,
): ReplayableBody | Promise<ReplayableBody> {
  const { bufferBytes } = from
  if (typeof source === 'function') return { canReplay: true, isLarge: false, take: source }
  const stream = toStream(source)
  if (!stream) return { canReplay: true, isLarge: bufferBytes > 0 && sizeOf(source) > bufferBytes, take: () => source }
  return keepsStreams(from) ? readAhead(stream.getReader(), bufferBytes, signal()) : once(stream)
}

function once(source: NonNullable<BodySource>): ReplayableBody {
  return { canReplay: false, isLarge: true, take: () => (typeof source === 'function' ? source() : source) }
}

/** Must it be sent with `duplex: 'half'`? */
export function isStream(body: Body): boolean {
  return typeof body === 'object' && body !== null && ('getReader' in body || Symbol.asyncIterator in body)
}

/** Undefined for a value. Node also takes async iterables; they become streams, so that reading them can be aborted. */
function toStream(source: NonNullable<Body>): ReadableStream<unknown> | undefined {
  if (typeof source !== 'object') return undefined
  if ('getReader' in source) return source
  if (!(Symbol.asyncIterator in source)) return undefined
  const iterator = (source as AsyncIterable<unknown>)[Symbol.asyncIterator]()
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(toBytes(value))
    },
    cancel: async (reason) => {
      await iterator.return?.(reason)
    },
  })
}

/** Bytes, roughly: what matters is whether the replay buffer could have held them. */
function sizeOf(value: NonNullable<Body>): number {
  if (typeof value === 'string') return value.length
  if ('byteLength' in value) return value.byteLength
  if ('size' in value && typeof value.size === 'number' && !('append' in value)) return value.size
  if (!(value instanceof FormData)) return 0
  let size = 0
  value.forEach((entry) => {
    size += typeof entry === 'string' ? entry.length : entry.size
  })
  return size
}

async function readAhead(
  reader: ReadableStreamDefaultReader<unknown>,
  bufferBytes: number,
  signal: AbortSignal,
): Promise<ReplayableBody> {
  const chunks: Uint8Array[] = []
  let size = 0
  const onAbort = (): void => void reader.cancel(signal.reason).catch(() => {})
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    while (size <= bufferBytes) {
      const { done, value } = await reader.read()
      // Cancelling ends a pending read like the end of the stream does.
      signal.throwIfAborted()
      if (done) {
        const bytes = concat(chunks, size)
        return { canReplay: true, isLarge: false, take: () => bytes }
      }
      const chunk = toBytes(value)
      chunks.push(chunk)
      size += chunk.byteLength
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
  return once(chunksAndRest(chunks, reader))
}

function chunksAndRest(chunks: Uint8Array[], reader: ReadableStreamDefaultReader<unknown>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: async (controller) => {
      const chunk = chunks.shift()
      if (chunk) return controller.enqueue(chunk)
      const { done, value } = await reader.read()
      if (done) controller.close()
      else controller.enqueue(toBytes(value))
    },
    cancel: (reason) => reader.cancel(reason),
  })
}

function concat(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return bytes
}

function toBytes(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk
  if (typeof chunk === 'string') return new TextEncoder().encode(chunk)
  throw new TypeError('A chunk of the request body is neither bytes nor text')
}
