import { follow } from './abort-link.ts'
import type { Clock } from './clock.ts'

// A timer that fires later than this past its time means that the process was suspended.
const LATE_MS = 1_000
// One turn of the event loop: what arrived in the meantime waits in the socket.
const READ_ALOUD_MS = 50

/**
 * Runs an operation that gets at most `timeoutMs`, whether or not it heeds its signal. Rejects with a `TimeoutError`
 * when the time is over, with the outer signal's reason when that aborts first. `afterSuspension`: a process that was
 * suspended past the end (a closed lid, a frozen Lambda) first takes the answer that has arrived.
 */
export async function untilDeadline<T>(
  clock: Clock,
  timeoutMs: number,
  operation: (signal: AbortSignal) => Promise<T>,
  outer?: AbortSignal,
  { afterSuspension = false }: { readonly afterSuspension?: boolean } = {},
): Promise<T> {
  const controller = new AbortController()
  const onAbort = (): void => controller.abort(outer?.reason)
  const end = clock.monotonic() + timeoutMs
  const expire = (): void => controller.abort(new DOMException(`No result within ${timeoutMs} ms.`, 'TimeoutError'))
  let cancelTimer = clock.timer(() => {
    if (afterSuspension && clock.monotonic() - end > LATE_MS) cancelTimer = clock.timer(expire, READ_ALOUD_MS)
    else expire()
  }, timeoutMs)
  outer?.addEventListener('abort', onAbort, { once: true })
  try {
    outer?.throwIfAborted()
    return await untilAborted(operation(controller.signal), controller.signal)
  } finally {
    cancelTimer()
    outer?.removeEventListener('abort', onAbort)
  }
}

/** The promise's outcome, or the signal's own reason, whichever comes first. Leaves no listener behind. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise
  return new Promise<T>((resolve, reject) => {
    // One listener for each signal, however many wait with it: platforms warn of the eleventh. Also when it was aborted
    // before, because then a late rejection of the promise has no other handler.
    const link = follow(signal, { abort: reject })
    promise.then(resolve, reject).finally(() => link.release())
  })
}
