/** An endless upload, and the reasons for which it was cancelled. */
export interface WatchedUpload {
  readonly stream: ReadableStream
  readonly cancelled: unknown[]
}

/** `chunk` is what it gives, again and again; `undefined`: it gives nothing and does not end. */
export function watchedUpload(options: { chunk?: unknown } = { chunk: new Uint8Array(600_000) }): WatchedUpload {
  const cancelled: unknown[] = []
  const stream = new ReadableStream({
    pull: (controller) => {
      if (options.chunk !== undefined) controller.enqueue(options.chunk)
    },
    cancel: (reason) => void cancelled.push(reason),
  })
  return { stream, cancelled }
}
