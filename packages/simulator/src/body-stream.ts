// Bodies that misbehave on their way: they arrive piece by piece, are cut off, or do not end in time.

import { type SimulatorClock, startTimer } from './clock.ts'
import { connectionReset } from './network-error.ts'

const encoder = new TextEncoder()

/** The text in `pieces` parts, one every `everyMs`. An abort ends it as it ends a real body: with the signal's reason. */
export const slowBody = (
  text: string,
  options: { pieces: number; everyMs: number; clock: SimulatorClock; signal: AbortSignal | undefined },
): ReadableStream<Uint8Array> => {
  const { pieces, everyMs, clock, signal } = options
  const bytes = encoder.encode(text)
  const size = Math.ceil(bytes.length / pieces)
  let cancels: (() => void)[] = []
  const stop = (): void => {
    for (const cancel of cancels) cancel()
  }
  let abort = stop
  return new ReadableStream({
    start(controller) {
      abort = () => {
        stop()
        controller.error(signal?.reason)
      }
      signal?.addEventListener('abort', abort, { once: true })
      // All timers start here, not one after the other, so that one large step of a fake clock delivers the whole body.
      cancels = Array.from({ length: pieces }, (_, index) => {
        const deliver = (): void => {
          const piece = bytes.subarray(index * size, (index + 1) * size)
          if (piece.length > 0) controller.enqueue(piece)
          if (index < pieces - 1) return
          signal?.removeEventListener('abort', abort)
          controller.close()
        }
        return startTimer(clock, deliver, (index + 1) * everyMs)
      })
    },
    cancel() {
      signal?.removeEventListener('abort', abort)
      stop()
    },
  })
}

/** The first half of the text, then a broken connection. */
export const cutBody = (text: string): ReadableStream<Uint8Array> => {
  const bytes = encoder.encode(text)
  let sent = false
  return new ReadableStream(
    {
      // One step per read: an error raised at once would discard the half that is still queued.
      pull(controller) {
        if (sent) return controller.error(connectionReset())
        sent = true
        controller.enqueue(bytes.subarray(0, Math.ceil(bytes.length / 2)))
      },
    },
    { highWaterMark: 0 },
  )
}

const PADDING = encoder.encode(' '.repeat(65_536))

/** The text, then spaces up to `sizeBytes`: valid JSON, so that nothing but its size can be refused. */
export const oversizedBody = (text: string, sizeBytes: number): ReadableStream<Uint8Array> => {
  const bytes = encoder.encode(text)
  let left = sizeBytes - bytes.length
  return new ReadableStream({
    start: (controller) => controller.enqueue(bytes),
    pull(controller) {
      if (left <= 0) return controller.close()
      controller.enqueue(PADDING.subarray(0, Math.min(left, PADDING.length)))
      left -= PADDING.length
    },
  })
}
