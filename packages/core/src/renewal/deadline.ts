import { untilAborted } from '../account/single-flight.ts'
import type { Clock } from '../clock.ts'

/**
 * Runs an operation that gets at most `timeoutMs`, whether or not it heeds its signal. Rejects with a `TimeoutError`
 * when the time is over, with the outer signal's reason when that aborts first.
 */
export async function untilDeadline<T>(
  clock: Clock,
  timeoutMs: number,
  operation: (signal: AbortSignal) => Promise<T>,
  outer?: AbortSignal,
): Promise<T> {
  const controller = new AbortController()
  const onAbort = (): void => controller.abort(outer?.reason)
  const cancelTimer = clock.timer(
    () => controller.abort(new DOMException(`No result within ${timeoutMs} ms.`, 'TimeoutError')),
    timeoutMs,
  )
  outer?.addEventListener('abort', onAbort, { once: true })
  try {
    outer?.throwIfAborted()
    return await untilAborted(operation(controller.signal), controller.signal)
  } finally {
    cancelTimer()
    outer?.removeEventListener('abort', onAbort)
  }
}
