/** The simulator's time. Any object of this shape will do, a test's fake clock above all. */
export interface SimulatorClock {
  /** Epoch milliseconds. */
  now(): number
  /**
   * Calls back once after `delayMs` and returns what cancels that. Used by the faults `delay` and `slow-body` only.
   *
   * @default the system's timer
   */
  timer?: ((callback: () => void, delayMs: number) => () => void) | undefined
}

const systemTimer = (callback: () => void, delayMs: number): (() => void) => {
  const handle = setTimeout(callback, delayMs)
  return () => clearTimeout(handle)
}

export const systemClock: SimulatorClock = { now: () => Date.now(), timer: systemTimer }

/** Starts a timer on the given clock, or the system's where that clock has none. */
export const startTimer = (clock: SimulatorClock, callback: () => void, delayMs: number): (() => void) =>
  clock.timer === undefined ? systemTimer(callback, delayMs) : clock.timer(callback, delayMs)
