import { performance } from 'node:perf_hooks'
import type { Clock } from '@chaveiro/core'

/** The machine's own clock, which can also be moved on: hours pass at once. */
export interface MovedClock extends Clock {
  advance(ms: number): void
}

export function movedClock(): MovedClock {
  let movedMs = 0
  return {
    now: () => Date.now() + movedMs,
    monotonic: () => performance.now() + movedMs,
    timer(callback, delayMs) {
      const handle = setTimeout(callback, delayMs)
      return () => clearTimeout(handle)
    },
    advance(ms) {
      movedMs += ms
    },
  }
}
