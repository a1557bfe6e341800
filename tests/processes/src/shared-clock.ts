import { openSync, readSync } from 'node:fs'
import type { Clock } from '@chaveiro/core'

/*
The time of a fleet. It runs as fast as the machine's own, for the races between the processes are to be real ones; and
the test lets it jump, so that no test waits for a token to end or a claim to be abandoned.

How far it has jumped is in a file that every reading looks into, and not in a message: a process that was suspended
has to see, in the first statement after it wakes, that time went by, as with a real clock. The rest is the machine's
monotonic clock, which all processes share, and each process's own wall clock, which may be set wrong. A timer waits in
real time, and a `tick` fires those that a jump made due.
*/

/** Milliseconds on the clock that all processes of this machine share. */
export function machineMs(): number {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000
}

/** The layout of the file: two numbers of eight bytes, little-endian. */
export const CLOCK_FILE = { startedAtMs: 0, jumpedMs: 8, bytes: 16 } as const

/** A process's view of the fleet's time. */
export interface SharedClock extends Clock {
  /** Fires what came due by a jump. */
  tick(): void
  /** Milliseconds to the next timer. */
  nextTimerMs(): number | undefined
}

interface Timer {
  readonly dueAt: number
  readonly callback: () => void
  readonly handle: NodeJS.Timeout
}

export function sharedClock(path: string): SharedClock {
  const file = openSync(path, 'r')
  const bytes = Buffer.alloc(CLOCK_FILE.bytes)
  const timers = new Set<Timer>()
  const read = (at: number): number => {
    readSync(file, bytes, 0, CLOCK_FILE.bytes, 0)
    return bytes.readDoubleLE(at)
  }
  const monotonic = (): number => machineMs() - read(CLOCK_FILE.startedAtMs) + read(CLOCK_FILE.jumpedMs)
  const end = (timer: Timer): void => {
    clearTimeout(timer.handle)
    timers.delete(timer)
  }
  const fire = (timer: Timer): void => {
    end(timer)
    timer.callback()
  }
  return {
    monotonic,
    now: () => Math.round(Date.now() + read(CLOCK_FILE.jumpedMs)),
    timer(callback, delayMs) {
      const timer: Timer = {
        dueAt: monotonic() + delayMs,
        callback,
        handle: setTimeout(() => fire(timer), Math.max(delayMs, 0)),
      }
      timers.add(timer)
      return () => end(timer)
    },
    tick() {
      const now = monotonic()
      const due = [...timers].filter(({ dueAt }) => dueAt <= now).sort((a, b) => a.dueAt - b.dueAt)
      // What one of them cancels must not fire after it.
      for (const timer of due) if (timers.has(timer)) fire(timer)
    },
    nextTimerMs() {
      if (timers.size === 0) return undefined
      return Math.max(0, Math.min(...[...timers].map(({ dueAt }) => dueAt)) - monotonic())
    },
  }
}
