import type { FakeClock } from '../fake-clock.ts'

// Digests and bodies in memory take less, so that time does not pass while something else is still to happen.
const QUIET_MS = 20
const IN_FLIGHT_MS = 1_000
// Where the platform's own clock was replaced, turns are what there is to count.
const MOST_TURNS = 20_000

/**
 * Moves the clock from timer to timer until the promise settles, and only when nothing else happens: a request that is
 * on its way over a real network is given a moment first.
 */
export async function patiently<T>(clock: FakeClock, promise: Promise<T>, isSending: () => boolean): Promise<T> {
  let isSettled = false
  const note = (): void => {
    isSettled = true
  }
  promise.then(note, note)
  while (!isSettled) {
    const since = performance.now()
    for (let turn = 0; !isSettled && turn < MOST_TURNS; turn += 1) {
      // Also a turn of the event loop.
      await clock.advance(0)
      if (performance.now() - since > (isSending() ? IN_FLIGHT_MS : QUIET_MS)) break
    }
    const next = isSettled ? undefined : clock.nextTimerMs
    if (next !== undefined) await clock.advance(Math.max(next, 0))
  }
  return promise
}
