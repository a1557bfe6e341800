import type { Clock } from '../clock.ts'

/** Where a {@link FakeClock} begins. */
export interface FakeClockOptions {
  /** Wall time in epoch milliseconds. @default 2026-01-01T00:00:00Z */
  now?: number | undefined
  /** The monotonic clock's reading in milliseconds. @default 0 */
  monotonic?: number | undefined
}

interface Timer {
  readonly dueAt: number
  readonly callback: () => void
}

/**
 * A clock that stands still until a test moves it. Give it where a `Clock` is taken.
 *
 * Timers belong to the monotonic clock. The wall clock runs along with it, and can be set apart, because real ones are:
 * `setNow` is a user or NTP changing the time, `setMonotonic` a machine that slept through its timers.
 *
 * @example
 * const clock = new FakeClock()
 * const response = retryFetch(flaky, { clock })('https://api.example.com/') // fails, then waits for its backoff
 * await clock.whenPending(1)
 * await clock.advance(50)
 * await response
 */
export class FakeClock implements Clock {
  readonly #timers = new Set<Timer>()
  readonly #watchers = new Set<() => void>()
  #now: number
  #monotonic: number

  constructor(options: FakeClockOptions = {}) {
    this.#now = options.now ?? Date.UTC(2026, 0, 1)
    this.#monotonic = options.monotonic ?? 0
  }

  now(): number {
    return this.#now
  }

  monotonic(): number {
    return this.#monotonic
  }

  timer(callback: () => void, delayMs: number): () => void {
    const timer: Timer = { dueAt: this.#monotonic + delayMs, callback }
    this.#timers.add(timer)
    for (const check of this.#watchers) check()
    return () => void this.#timers.delete(timer)
  }

  /** Timers that are set and have neither fired nor been cancelled. */
  get pending(): number {
    return this.#timers.size
  }

  /** Milliseconds until the next timer; undefined if no timer is set. Zero or negative when it is overdue. */
  get nextTimerMs(): number | undefined {
    const next = this.#next()
    return next && next.dueAt - this.#monotonic
  }

  /** Sets the wall clock alone, forward or back. */
  setNow(epochMs: number): void {
    this.#now = epochMs
  }

  /** Sets the monotonic clock alone, forward only. Timers that are due then fire with the next `advance`. */
  setMonotonic(ms: number): void {
    if (ms < this.#monotonic) throw new RangeError('A monotonic clock does not go back')
    this.#monotonic = ms
  }

  /**
   * Moves both clocks, firing the timers that come due in their order, each at its own time. Promises settle before,
   * between and after, so what a timer causes, further timers included, has happened when this resolves. Work that
   * leaves the event loop (sockets, files, digests) is not waited for: await it itself, or `whenPending`.
   */
  async advance(ms: number): Promise<void> {
    await settled()
    const end = this.#monotonic + ms
    for (let next = this.#next(); next && next.dueAt <= end; next = this.#next()) {
      this.#moveTo(next.dueAt)
      this.#timers.delete(next)
      next.callback()
      await settled()
    }
    this.#moveTo(end)
  }

  /** Resolves when at least `count` timers are pending: the code under test has come to its wait. */
  whenPending(count: number): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (this.#timers.size < count) return
        this.#watchers.delete(check)
        resolve()
      }
      this.#watchers.add(check)
      check()
    })
  }

  /** Fires timers, however far ahead, until `promise` settles. For work that waits for this clock only. */
  async run<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false
    const note = (): void => {
      isSettled = true
    }
    promise.then(note, note)
    for (await settled(); !isSettled; await settled()) {
      const next = this.nextTimerMs
      if (next !== undefined) await this.advance(Math.max(next, 0))
    }
    return promise
  }

  #next(): Timer | undefined {
    let first: Timer | undefined
    for (const timer of this.#timers) if (!first || timer.dueAt < first.dueAt) first = timer
    return first
  }

  /** An overdue timer does not turn time back. */
  #moveTo(monotonic: number): void {
    const ms = Math.max(monotonic - this.#monotonic, 0)
    this.#monotonic += ms
    this.#now += ms
  }
}

/** One turn of the event loop: every promise that could settle without the outside world has settled. */
function settled(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: { wait?: (ms: number) => Promise<void> } }
  // Only workerd has this one; there, messages let neither timers nor I/O pass.
  if (scheduler?.wait) return scheduler.wait(0)
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}
