import type { Clock } from '@chaveiro/core'

/** What a call came to. Never a secret, never a body. */
export interface Decision {
  readonly door: string
  readonly method: string
  readonly status: number
  /** Of the problem that was sent, if it was one of ours. */
  readonly code?: string | undefined
  /** The name of the key; absent: there wasn't one that counts. */
  readonly key?: string | undefined
  readonly provider?: string | undefined
  readonly account?: string | undefined
  /** The rule that matched, as written. */
  readonly rule?: string | undefined
  readonly attempts?: number | undefined
  /** Without its query. */
  readonly path?: string | undefined
  /** A defect of ours. */
  readonly defect?: string | undefined
}

/** Lines of a log. */
export interface DecisionLog {
  /** Is written with others within 100 ms, because writing takes as long as a good part of a call. */
  decided(decision: Decision, durationMs: number): void
  /** Something about the server itself: written at once, with all before it. */
  event(event: string, facts?: Readonly<Record<string, string | number>>): void
  flush(): void
}

const MOST_REFUSED = 10
const WINDOW_MS = 1_000
const LONGEST_WAIT_MS = 100
// About 50 KiB: what a pipe takes at once on Linux is 64.
const MOST_LINES = 200

/** Writes a line of JSON for each decision. Lines about calls without a key that counts: at most ten a second. */
export function decisionLog(
  clock: Clock,
  write: (lines: string) => void,
  { paths }: { readonly paths: boolean },
): DecisionLog {
  let pending: string[] = []
  let windowAt = Number.NEGATIVE_INFINITY
  let refused = 0
  let left = 0
  let cancel: (() => void) | undefined

  return {
    decided({ path, ...decision }, durationMs) {
      if (decision.key === undefined && !mayTellRefusal()) return
      const leftOut = takeLeftOut()
      // Rounded to microseconds.
      const duration_ms = Math.round(durationMs * 1_000) / 1_000
      line({ ...decision, ...(paths && { path }), duration_ms, ...leftOut })
    },
    event(event, facts = {}) {
      line({ event, ...facts })
      setImmediate(flush)
    },
    flush,
  }

  function mayTellRefusal(): boolean {
    const now = clock.monotonic()
    if (now - windowAt >= WINDOW_MS) {
      windowAt = now
      refused = 0
    }
    refused += 1
    if (refused <= MOST_REFUSED) return true
    left += 1
    return false
  }

  /** Says in the next line how many before it were left out. */
  function takeLeftOut(): { readonly left_out?: number } {
    if (left === 0) return {}
    const left_out = left
    left = 0
    return { left_out }
  }

  function line(facts: object): void {
    pending.push(`${JSON.stringify({ time: new Date(clock.now()).toISOString(), ...facts })}\n`)
    if (pending.length >= MOST_LINES) flush()
    else cancel ??= clock.timer(flush, LONGEST_WAIT_MS)
  }

  function flush(): void {
    cancel?.()
    cancel = undefined
    if (pending.length === 0) return
    const lines = pending.join('')
    pending = []
    write(lines)
  }
}
