import type { Clock } from '../clock.ts'

// All waiting accounts have a token within a minute, with some time left for the calls themselves.
const RECOVERY_MS = 50_000
// The longest pause between two accounts, so that a handful of them needs no minute.
const LONGEST_GAP_MS = 500
const MOST_ACCOUNTS = 10_000

/**
 * After an outage, the waiting accounts come back one after the other, evenly spread. All at once would be the next
 * outage.
 */
export function recoveryPace(clock: Clock): {
  /** The account waits for the endpoint. */
  waits(account: string): void
  /** The account has a token again. */
  done(account: string): void
  /** Milliseconds until the account may call, if the endpoint opened at this monotonic instant. */
  left(account: string, openedAt: number): number
} {
  const waiting = new Set<string>()
  let order = new Map<string, number>()
  let orderOf = Number.NEGATIVE_INFINITY
  let gapMs = 0
  return {
    waits(account) {
      if (waiting.size < MOST_ACCOUNTS) waiting.add(account)
    },
    done: (account) => void waiting.delete(account),
    left(account, openedAt) {
      if (orderOf !== openedAt) {
        orderOf = openedAt
        order = new Map([...waiting].map((one, index) => [one, index]))
        gapMs = Math.min(LONGEST_GAP_MS, RECOVERY_MS / Math.max(1, order.size))
      }
      return Math.max(0, openedAt + (order.get(account) ?? 0) * gapMs - clock.monotonic())
    },
  }
}
