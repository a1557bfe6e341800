import { untilAborted } from '../timeout.ts'

/** Reaches the request of a Worker in which it was made. */
export interface Mailbox {
  /** Runs the function within that request at once, or never if the request has ended. */
  readonly post: (letter: () => void) => void
  /** Resolves when that request has run. Never resolves if it has ended. */
  readonly ping: () => Promise<void>
  /** From now on nothing is read. */
  readonly quit: () => void
}

/** A promise carries the letters, because workerd continues each promise in the request that waits for it. */
export function mailbox(): Mailbox {
  const letters: (() => void)[] = []
  let wake: () => void = () => {}
  let isOpen = true
  const read = async (): Promise<void> => {
    while (isOpen) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
      for (const letter of letters.splice(0)) letter()
    }
  }
  read().catch(() => {})
  const post = (letter: () => void): void => {
    letters.push(letter)
    wake()
  }
  return {
    post,
    ping: () => new Promise(post),
    quit: () => {
      isOpen = false
      wake()
    },
  }
}

/** One piece of work that several callers wait for, each with its own signal. */
export interface Flight<T> {
  /** Settles with the work. Its rejection is always handled. */
  readonly result: Promise<T>
  /** It was aborted and only cleans up. A new caller waits for its end and starts another. */
  readonly abandoned: boolean
  /** Has a request left whose answer is not known yet? */
  readonly sent: boolean
  readonly ping: Mailbox['ping']
  /** Its request has ended, so it must not send any more. */
  drop(): void
  /** Waits for it. The signal ends this caller's wait only. */
  join(signal?: AbortSignal): Promise<T>
  /** Keeps it going without callers. */
  keep(): void
  /** Aborts it with this reason as soon as nothing is in flight. */
  stop(reason: unknown): void
}

/** What the work gets. */
export interface FlightControl {
  /** Aborts if all callers have given up, or it was stopped, and nothing is in flight. */
  readonly signal: AbortSignal
  /** Does a caller wait for the result right now? */
  readonly awaited: () => boolean
  /** `true`: a request is in flight, so only the work itself may end. `false`: nothing is in flight. */
  readonly markSent: (sent: boolean) => void
}

/**
 * Starts the work. It is aborted only if its last caller gives up before anything was sent. Cancelling one caller
 * doesn't affect the others. `onEnd` runs once, when the work has settled and before any caller learns of it.
 */
export function startFlight<T>(
  work: (control: FlightControl) => Promise<T>,
  onEnd: (flight: Flight<T>) => void,
): Flight<T> {
  const controller = new AbortController()
  let waiting = 0
  let kept = false
  let sent = false
  let over = false
  let abandoned = false
  let stopped: { readonly reason: unknown } | undefined
  const { post, ping, quit } = mailbox()

  // Only the request that began the flight may touch its controller: workerd throws for any other.
  const abort = (reason: unknown): void => {
    abandoned = true
    try {
      controller.abort(reason)
    } catch {
      post(() => controller.abort(reason))
    }
  }
  const abortIfIdle = (): void => {
    if (sent || over) return
    if (stopped) abort(stopped.reason)
    else if (waiting === 0 && !kept) {
      abort(new DOMException('No caller waits any more.', 'AbortError'))
    }
  }
  const leave = (): void => {
    waiting -= 1
    abortIfIdle()
  }
  const control: FlightControl = {
    signal: controller.signal,
    awaited: () => waiting > 0,
    markSent: (now) => {
      if (now && over) throw new DOMException('Another flight took over.', 'AbortError')
      sent = now
      abortIfIdle()
    },
  }
  // Through a microtask, so that the first caller has joined before the work begins.
  const result = Promise.resolve().then(() => work(control))
  const flight: Flight<T> = {
    result,
    get abandoned() {
      return abandoned
    },
    get sent() {
      return sent
    },
    ping,
    drop: () => {
      over = true
    },
    keep: () => {
      kept = true
    },
    stop: (reason) => {
      stopped = { reason }
      abortIfIdle()
    },
    join: (signal) => {
      if (signal?.aborted) return Promise.reject(signal.reason)
      waiting += 1
      return untilAborted(result, signal).finally(leave)
    },
  }
  const end = (): void => {
    over = true
    quit()
    onEnd(flight)
  }
  result.then(end, end)
  return flight
}
