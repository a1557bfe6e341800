import type { IncomingMessage } from 'node:http'
import { Readable, Transform } from 'node:stream'
import { badRequest } from './refusal.ts'

/** Up to this size a body is held, so that it can be sent again; the limit of the core's `fetch` too. */
const HELD_BYTES = 2 ** 20

/** The body of a call. */
export interface ProxyBody {
  /** For `fetch`: bytes that it can send again, a stream, or nothing. */
  readonly content: Uint8Array | ReadableStream<Uint8Array> | undefined
  /** How many bytes a stream has, where the caller said so. */
  readonly length: string | undefined
  /** Did it turn out to be too long to buffer? */
  readonly isSentOnce: () => boolean
}

/** Reads a short body whole, and lets a long one through as it comes. */
export async function bodyOf(request: IncomingMessage): Promise<ProxyBody> {
  const { headers, method = '' } = request
  const length = headers['content-length']
  const isEmpty = length === undefined ? headers['transfer-encoding'] === undefined : Number(length) === 0
  if (isEmpty) return { content: undefined, length: undefined, isSentOnce: () => false }
  if (method === 'GET' || method === 'HEAD') {
    throw badRequest('body-not-allowed', 'A GET or HEAD request may not have a body.')
  }
  if (length !== undefined && Number(length) <= HELD_BYTES) {
    const chunks: Uint8Array[] = await request.toArray()
    return { content: Buffer.concat(chunks), length: undefined, isSentOnce: () => false }
  }
  let read = 0
  const counted = request.pipe(
    new Transform({
      transform(chunk: Uint8Array, _encoding, done) {
        read += chunk.byteLength
        done(null, chunk)
      },
    }),
  )
  // A caller that breaks off: what was read is not a whole body.
  request.once('close', () => {
    if (!request.complete) counted.destroy(new Error('The caller broke off.'))
  })
  return { content: Readable.toWeb(counted), length, isSentOnce: () => read > HELD_BYTES }
}
