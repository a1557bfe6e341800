/** One piece of work that several callers wait for, each with a signal of his own. */
export interface Flight<T> {
  /** Settles with the work. Never unhandled. */
  readonly result: Promise<T>
  /** Waits for it. The signal ends this caller's wait only. */
  join(signal?: AbortSignal): Promise<T>
  /** Keeps it going although nobody waits. */
  keep(): void
}

/** What the work itself sees. */
export interface FlightControl {
  /** Aborts when everybody has gone before anything was sent, or when the flight's own time is over. */
  readonly signal: AbortSignal
  /** Does anybody wait for the result right now? */
  awaited(): boolean
  /** From now on only the work ends itself: what was sent cannot be taken back. */
  readonly markSent: (sent: boolean) => void
}

/**
 * Starts the work. It is aborted only when its last caller has gone before anything was sent; a caller's abort never
 * fails another. `onEnd` runs once, when it is over or given up: a caller that comes later needs a new flight.
 */
export function startFlight<T>(
  work: (control: FlightControl) => Promise<T>,
  onEnd: (flight: Flight<T>) => void,
): Flight<T> {
  const controller = new AbortController()
  let waiting = 0
  let kept = false
  let sent = false

  const leave = (): void => {
    waiting -= 1
    if (waiting === 0 && !kept && !sent) {
      controller.abort(new DOMException('Every caller has gone before anything was sent.', 'AbortError'))
      onEnd(flight)
    }
  }
  const control: FlightControl = {
    signal: controller.signal,
    awaited: () => waiting > 0,
    markSent: (now) => {
      sent = now
    },
  }
  // Through a microtask, so that the first caller has joined before the work begins.
  const result = Promise.resolve().then(() => work(control))
  const flight: Flight<T> = {
    result,
    keep: () => {
      kept = true
    },
    join: (signal) => {
      if (signal?.aborted) return Promise.reject(signal.reason)
      waiting += 1
      return untilAborted(result, signal).finally(leave)
    },
  }
  result.then(
    () => onEnd(flight),
    () => onEnd(flight),
  )
  return flight
}

/** The promise's outcome, or the signal's own reason, whichever comes first. Leaves no listener behind. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise
  return new Promise<T>((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const onAbort = (): void => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}
