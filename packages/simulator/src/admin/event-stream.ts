import type { JsonObject } from '../json.ts'

/** What the stream tells. */
export type AdminEvent =
  | { readonly event: 'request'; readonly data: JsonObject }
  | { readonly event: 'changed'; readonly data: { readonly what: string } }

const EVERY_MS = 15_000

/** Server-sent events (HTML standard §9.2), until the client has gone. */
export const eventStream = (
  subscribe: (listener: (event: AdminEvent) => void) => () => void,
  signal: AbortSignal,
): Response => {
  const encoder = new TextEncoder()
  let stop = (): void => {}
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      const write = (text: string): void => controller.enqueue(encoder.encode(text))
      // The head of an answer may wait for its first byte.
      write(': simulator\n\n')
      const unsubscribe = subscribe(({ event, data }) => write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
      const timer = setInterval(() => write(': still here\n\n'), EVERY_MS)
      const end = (): void => {
        stop()
        controller.close()
      }
      stop = () => {
        unsubscribe()
        clearInterval(timer)
        signal.removeEventListener('abort', end)
      }
      if (signal.aborted) end()
      else signal.addEventListener('abort', end, { once: true })
    },
    cancel: () => stop(),
  })
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' },
  })
}
