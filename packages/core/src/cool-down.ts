import type { Random } from './clock.ts'

const FIRST_MS = 30_000
const LONGEST_MS = 300_000
const JITTER_SHARE = 0.5

/** How long to leave something alone after it failed: doubling, and with jitter on top so that a minimum stays one. */
export interface CoolDown {
  /** Monotonic milliseconds until which it lasts. */
  readonly until: number
  /** How many failures in a row doubled it. */
  readonly failures: number
}

/**
 * The next cool-down after one more failure. `atLeastMs` is a floor that the server asked for; `exactMs` replaces the
 * doubling where the kind of failure has a length of its own.
 */
export function nextCoolDown(
  previous: CoolDown | undefined,
  monotonicNow: number,
  random: Random,
  wish: { atLeastMs?: number | undefined; exactMs?: number | undefined } = {},
): CoolDown {
  const before = previous?.failures ?? 0
  const base = wish.exactMs ?? Math.min(FIRST_MS * 2 ** before, LONGEST_MS)
  const length = base * (1 + JITTER_SHARE * random())
  return {
    failures: wish.exactMs === undefined ? before + 1 : before,
    until: monotonicNow + Math.max(length, wish.atLeastMs ?? 0),
  }
}

/** Milliseconds that are left of a cool-down; 0 without one. */
export function coolDownLeft(coolDown: CoolDown | undefined, monotonicNow: number): number {
  return coolDown === undefined ? 0 : Math.max(0, coolDown.until - monotonicNow)
}
