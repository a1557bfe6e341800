import type { FakeClock } from '../fake-clock.ts'

// A timer as short as this is a pause between two tries; a longer one bounds something that is going on.
const LONGEST_PAUSE_MS = 10_000
// How long nothing else must happen, in real time, before a timer fires, because bodies, digests and networks take
// time.
const BEFORE_PAUSE_MS = 20
const BEFORE_IDLE_BOUND_MS = 400
const BEFORE_ANSWER_BOUND_MS = 2_000
// Where the platform's own clock was replaced too, turns are what there is to count.
const MOST_TURNS = 200_000

/** Moves the clock from timer to timer until the promise settles, as long as nothing else is still to happen. */
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
      if (performance.now() - since > patienceMs(clock, isSending())) break
    }
    const next = isSettled ? undefined : clock.nextTimerMs
    if (next !== undefined) await clock.advance(Math.max(next, 0))
  }
  return promise
}

function patienceMs({ nextTimerMs = Infinity }: FakeClock, isSending: boolean): number {
  if (isSending) return BEFORE_ANSWER_BOUND_MS
  return nextTimerMs <= LONGEST_PAUSE_MS ? BEFORE_PAUSE_MS : BEFORE_IDLE_BOUND_MS
}
