/** A clock that stands still until it is advanced. */
export interface FakeClock {
  now(): number
  timer(callback: () => void, delayMs: number): () => void
  /** Moves on and calls back whatever has become due, in order. */
  advance(byMs: number): void
}

export const createFakeClock = (startsAt = Date.parse('2021-01-29T20:30:59.058Z')): FakeClock => {
  let now = startsAt
  let timers: { at: number; callback: () => void }[] = []
  return {
    now: () => now,
    timer: (callback, delayMs) => {
      const timer = { at: now + delayMs, callback }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance: (byMs) => {
      now += byMs
      const due = timers.filter((timer) => timer.at <= now).sort((one, other) => one.at - other.at)
      timers = timers.filter((timer) => timer.at > now)
      for (const { callback } of due) callback()
    },
  }
}
