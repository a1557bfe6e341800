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

/** An end that no date can express would not show before the first token. Negative is fine: such tokens arrive expired. */
export const finiteMs = (name: string, value: number): number => {
  if (!Number.isFinite(value)) throw new TypeError(`${name}: expected a finite number of milliseconds`)
  return value
}

/** Begins something that calls back once; returns what cancels it. */
export type Begin = (done: () => void) => () => void

/** Waits until `begin` calls back, or rejects with the signal's reason and cancels. */
export const waitFor = async (begin: Begin, signal: AbortSignal | undefined): Promise<void> => {
  signal?.throwIfAborted()
  let cancel = (): void => {}
  let abort = (): void => {}
  try {
    await new Promise<void>((resolve, reject) => {
      abort = () => reject(signal?.reason)
      signal?.addEventListener('abort', abort, { once: true })
      cancel = begin(resolve)
    })
  } finally {
    signal?.removeEventListener('abort', abort)
    cancel()
  }
}
