import { untilAborted } from '../timeout.ts'

/** Reaches the request of a Worker in which it was made. */
export interface Mailbox {
  /** Runs this within that request: at once, or never if the request is gone. */
  readonly post: (letter: () => void) => void
  /** Resolves as soon as that request has run; never if it is gone. */
  readonly ping: () => Promise<void>
  /** Nothing is read any more. */
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

/** One piece of work that several callers wait for, each with a signal of his own. */
export interface Flight<T> {
  /** Settles with the work. Never unhandled. */
  readonly result: Promise<T>
  /** It was aborted and only cleans up: a caller that comes now waits for its end and starts another. */
  readonly abandoned: boolean
  /** Has a request left whose answer is not known yet? */
  readonly sent: boolean
  readonly ping: Mailbox['ping']
  /** Its request is gone: it must not send any more, whatever becomes of it. Returns whether a call may follow at once. */
  drop(): boolean
  /** Waits for it. The signal ends this caller's wait only. */
  join(signal?: AbortSignal): Promise<T>
  /** Keeps it going although no caller waits. */
  keep(): void
  /** Aborts it with this reason as soon as nothing is on its way. */
  stop(reason: unknown): void
}

/** What the work itself sees. */
export interface FlightControl {
  /** Aborts when every caller has gone, or it was stopped, and nothing is on its way. */
  readonly signal: AbortSignal
  /** Does a caller wait for the result right now? */
  awaited(): boolean
  /** `true`: from now on only the work ends itself, what was sent cannot be taken back. `false`: nothing is on its way. */
  readonly markSent: (sent: boolean) => void
  /** Called when its request is gone: gives back what it holds. Returns whether a call may follow at once. */
  onDrop?: ((sent: boolean) => boolean) | undefined
}

/**
 * Starts the work. It is aborted only when its last caller has gone before anything was sent; a caller's abort never
 * fails another. `onEnd` runs once, when the work has settled, and before any caller hears of it.
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
      abort(new DOMException('Every caller has gone before anything was sent.', 'AbortError'))
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
      return control.onDrop?.(sent) ?? true
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
