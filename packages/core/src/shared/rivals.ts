import { type Clock, sleep } from '../clock.ts'
import { ChaveiroError } from '../errors.ts'

const TRIES = 20
const AT_ONCE = 2
const FIRST_PAUSE_MS = 20
const LONGEST_PAUSE_MS = 250

/**
 * Waits before the next try at a record that another process has changed. The first tries follow at once, later ones
 * after a pause. After the last try it throws: a store that always reports a conflict would keep its caller waiting
 * forever.
 */
export async function pauseForRivals(clock: Clock, lostTries: number, signal?: AbortSignal): Promise<void> {
  if (lostTries >= TRIES) {
    const message = `The store reported a conflict ${TRIES} times in a row. Ask again; if that doesn't help, its commit() doesn't compare versions.`
    throw new ChaveiroError('store', message)
  }
  if (lostTries <= AT_ONCE) return
  await sleep(clock, Math.min(FIRST_PAUSE_MS * 2 ** (lostTries - AT_ONCE), LONGEST_PAUSE_MS), signal)
}
