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
