import { performance } from 'node:perf_hooks'
import type { Clock } from '@chaveiro/core'

/** The machine's own clock, which can also travel: both sides of the demo live by it, so a day passes at once. */
export interface TravellingClock extends Clock {
  travel(ms: number): void
}

export function travellingClock(): TravellingClock {
  let travelled = 0
  return {
    now: () => Date.now() + travelled,
    monotonic: () => performance.now() + travelled,
    timer(callback, delayMs) {
      const handle = setTimeout(callback, delayMs)
      return () => clearTimeout(handle)
    },
    travel(ms) {
      travelled += ms
    },
  }
}

export const MINUTE = 60_000
export const HOUR = 3_600_000
export const DAY = 86_400_000
