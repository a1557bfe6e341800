import type { Clock } from '../clock.ts'

/** A response body: of the platform's streams, or, with node-fetch for example, of Node's. */
export type ResponseBody =
  | Pick<ReadableStream<Uint8Array>, 'getReader'>
  | (AsyncIterable<Uint8Array> & { destroy?(): unknown })

/** Reads a body by its shape, because the given fetch may be another library's. */
export function bodyReader(body: ResponseBody): Pick<ReadableStreamDefaultReader<Uint8Array>, 'read' | 'cancel'> {
  if ('getReader' in body) return body.getReader()
  const chunks = body[Symbol.asyncIterator]()
  return {
    async read() {
      const { done, value } = await chunks.next()
      return done ? { done, value: undefined } : { done: false, value }
    },
    cancel: async () => {
      if (body.destroy) body.destroy()
      else await chunks.return?.()
    },
  }
}

const MAX_BYTES = 64 * 1024
const MAX_MS = 250

/**
 * Gets rid of a response that will not be read. A small body is read to its end, which leaves the connection usable for
 * the next attempt; a long or slow one is cancelled, which costs the connection but no more time. Never rejects.
 */
export async function discardBody(response: Response, clock: Clock): Promise<void> {
  const { body } = response
  if (!body || body.locked) return
  let cancelTimer: (() => void) | undefined
  try {
    const reader = bodyReader(body)
    const cancel = (): Promise<void> => reader.cancel().catch(() => {})
    cancelTimer = clock.timer(() => void cancel(), MAX_MS)
    for (let bytes = 0; bytes <= MAX_BYTES; ) {
      // Cancelling resolves a pending read with `done`.
      const { done, value } = await reader.read()
      if (done) return
      bytes += value.byteLength
    }
    await cancel()
  } catch {
    // The connection broke: nothing is left to free.
  } finally {
    cancelTimer?.()
  }
}
