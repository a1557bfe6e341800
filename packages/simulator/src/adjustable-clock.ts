import type { SimulatorClock } from './clock.ts'

/** The system's clock, which can also be moved: the simulators that share it live through a day at once. */
export interface AdjustableClock extends SimulatorClock {
  timer(callback: () => void, delayMs: number): () => void
  /** Moves on, in milliseconds. What became due in between is called back at once. */
  advance(ms: number): void
  /** Goes to an instant, in epoch milliseconds, and runs on from there. */
  set(epochMs: number): void
  /** By how many milliseconds it is ahead of the system's clock; negative: behind. */
  readonly offsetMs: number
  /** Calls back when it was moved; returns what ends that. */
  subscribe(listener: () => void): () => void
}

// Node takes 32 bits, and fires at once for more.
const LONGEST_TIMEOUT_MS = 2_147_483_647

/** A clock for simulators that are served to other programs, or to be moved by the admin API. */
export const adjustableClock = (): AdjustableClock => {
  let offsetMs = 0
  const waiting = new Set<() => void>()
  const listeners = new Set<() => void>()
  const now = (): number => Date.now() + offsetMs

  const moveTo = (offset: number): void => {
    if (!Number.isFinite(new Date(Date.now() + offset).getTime())) {
      throw new TypeError('The clock would leave the dates that exist')
    }
    offsetMs = offset
    for (const startAgain of waiting) startAgain()
    for (const listener of listeners) listener()
  }

  return {
    now,
    timer: (callback, delayMs) => {
      const due = now() + delayMs
      let handle: ReturnType<typeof setTimeout> | undefined
      const start = (): void => {
        clearTimeout(handle)
        handle = setTimeout(
          () => {
            // Either the longest timeout was too short, or Node's came a little early.
            if (now() < due) return start()
            waiting.delete(start)
            callback()
          },
          Math.min(due - now(), LONGEST_TIMEOUT_MS),
        )
      }
      waiting.add(start)
      start()
      return () => {
        waiting.delete(start)
        clearTimeout(handle)
      }
    },
    advance: (ms) => moveTo(offsetMs + ms),
    set: (epochMs) => moveTo(epochMs - Date.now()),
    get offsetMs() {
      return offsetMs
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
