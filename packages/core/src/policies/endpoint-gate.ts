import { accountKey } from '../account-ref.ts'
import type { Clock, Random } from '../clock.ts'
import { stateError } from '../errors.ts'
import { CallFailed, type Policy } from '../renewal.ts'
import { endpointHealth, type Outcome } from './endpoint-health.ts'
import { type EndpointLoad, slots } from './slots.ts'

const AT_ONCE = 8

/** What all accounts of one token endpoint share: its slots, and whether it is down. */
export interface EndpointGate extends Policy {
  /** Milliseconds to leave the endpoint alone; 0 if a call for this account may leave. */
  closedForMs(account: string, awaited: boolean): number
  /**
   * How long an account that has waited for the endpoint since this monotonic instant still has to wait, in
   * milliseconds, now that the endpoint answers again. `undefined`: it doesn't yet.
   */
  leftAfterOutage(account: string, since: number): number | undefined
  readonly load: () => EndpointLoad
}

/** One account makes one call at a time, and no endpoint closes for the failures of one. */
export const OPEN_GATE: EndpointGate = {
  closedForMs: () => 0,
  leftAfterOutage: () => undefined,
  load: () => ({ calls: 0, waiting: 0 }),
  wrap: (next) => next,
}

/** One for each manager. `longestMs`: a slot that is held for so long is free again. */
export function endpointGate(clock: Clock, random: Random, atOnce: number = AT_ONCE, longestMs = 25_000): EndpointGate {
  const enter = slots(clock, atOnce, longestMs)
  const health = endpointHealth(clock, random, longestMs)
  const pace = recoveryPace(clock)
  return {
    closedForMs: (account, awaited) => health.closedFor(account, awaited, false, 0)?.ms ?? 0,
    leftAfterOutage(account, since) {
      const openedAt = health.openedAt()
      return since <= openedAt ? pace.left(account, openedAt) : undefined
    },
    load: enter.load,
    wrap: (next) => async (turn) => {
      const account = accountKey(turn.account)
      const requireOpen = (probes: boolean): void => {
        const closed = health.closedFor(account, turn.awaited(), probes)
        if (!closed) return
        pace.waits(account)
        throw stateError(closed.code, closed.ms)
      }
      requireOpen(false)
      const left = turn.budget.until - clock.monotonic()
      const slot = await enter(turn.awaited, turn.signal, left)
      try {
        turn.signal.throwIfAborted()
        // Again, because it may have closed while this account waited for its slot.
        requireOpen(true)
        const grant = await next(turn)
        health.report(account, { kind: 'success' })
        pace.done(account)
        return grant
      } catch (error) {
        const outcome: Outcome = error instanceof CallFailed ? outcomeOf(error) : { kind: 'nothing' }
        if (outcome.kind === 'failed' || outcome.kind === 'no-connection') pace.waits(account)
        health.report(account, outcome)
        throw error
      } finally {
        slot.leave()
      }
    },
  }
}

function outcomeOf({ failure: { verdict, sent, isTried, status } }: CallFailed): Outcome {
  const { kind } = verdict
  if (!isTried) return { kind: 'nothing' }
  if (kind === 'throttled') return { kind: 'throttled', ms: verdict.retryAfterMs }
  if (kind === 'transient' || kind === 'outcome-unknown' || kind === 'unexpected-answer') {
    if (status !== undefined && status < 300) return { kind: 'nothing' }
    return { kind: sent === 'no' ? 'no-connection' : 'failed' }
  }
  // A denial is an answer.
  return { kind: sent === 'answered' ? 'answered' : 'nothing' }
}

// All waiting accounts have a token within a minute, with some time left for the calls themselves.
const RECOVERY_MS = 50_000
// The longest pause between two accounts, so that a handful of them needs no minute.
const LONGEST_GAP_MS = 500
const MOST_ACCOUNTS = 10_000

/**
 * After an outage, the waiting accounts come back one after the other, evenly spread. All at once would be the next
 * outage.
 */
function recoveryPace(clock: Clock): {
  /** The account waits for the endpoint. */
  waits(account: string): void
  /** It is well. */
  done(account: string): void
  /** Milliseconds until the account may call, if the endpoint opened at this monotonic instant. */
  left(account: string, openedAt: number): number
} {
  const waiting = new Set<string>()
  let order = new Map<string, number>()
  let orderOf = -Infinity
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
