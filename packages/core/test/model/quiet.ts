import { setImmediate } from 'node:timers/promises'
import { pendingDigests } from '../support/digests.ts'

// What a body in memory takes to be read.
const TURNS = 12

/** Resolves when everything has happened that can happen without the clock and without the scheduler. */
export async function quiet(): Promise<void> {
  do for (let turn = 0; turn < TURNS; turn += 1) await setImmediate()
  while (pendingDigests() > 0)
}
