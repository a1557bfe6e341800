import { describe, expect, test } from 'vitest'
import type { Failure } from '../../src/http/failure.ts'
import { type GiveUpReason, type RetryState, retryDecision } from '../../src/retry/retry-decision.ts'
import { resolveRetryOptions } from '../../src/retry/retry-options.ts'

const policy = resolveRetryOptions({ random: () => 0.5 })

/** A call that may be tried again. */
const hopeful: RetryState = {
  aborted: false,
  leftMs: 120_000,
  attempts: 1,
  mayRepeat: 'always',
  canReplayBody: true,
  budgetLeft: 500,
}
const transient: Failure = { kind: 'transient', applied: 'maybe' }
const throttle: Failure = { kind: 'throttle', applied: 'no' }
const reset: Failure = { kind: 'network', applied: 'maybe', reset: true }
const unsent: Failure = { kind: 'network', applied: 'no' }

describe('the gates', () => {
  // In the documented order: each row fails its own gate and all that follow, and is reported by its own.
  const gates: [GiveUpReason, Partial<RetryState>, Partial<Failure>][] = [
    ['aborted', { aborted: true }, {}],
    ['deadline-passed', { leftMs: 0 }, {}],
    ['not-retryable', {}, { kind: 'other' }],
    ['attempts', { attempts: 3 }, {}],
    ['unsafe-method', { mayRepeat: 'unprocessed' }, {}],
    ['body-not-replayable', { canReplayBody: false }, {}],
    ['retry-after-too-long', {}, { hintMs: 60_001 }],
    ['delay-passes-deadline', { leftMs: 25 }, { hintMs: 100 }],
    ['budget', { budgetLeft: 13 }, {}],
  ]

  test.each(gates.map(([reason], nth) => [reason, nth] as const))(
    '%s is reported before what follows it',
    (reason, nth) => {
      const state = Object.assign(
        {},
        hopeful,
        ...gates
          .slice(nth)
          .toReversed()
          .map(([, part]) => part),
      )
      const failure = Object.assign(
        {},
        transient,
        ...gates
          .slice(nth)
          .toReversed()
          .map(([, , part]) => part),
      )
      expect(retryDecision(state, failure, policy)).toEqual({ type: 'stop', reason })
    },
  )

  test.each(gates)('%s alone stops the call', (reason, state, failure) => {
    expect(retryDecision({ ...hopeful, ...state }, { ...transient, ...failure }, policy)).toEqual({
      type: 'stop',
      reason,
    })
  })

  test('a call that passes them all is tried again', () => {
    expect(retryDecision(hopeful, transient, policy)).toEqual({
      type: 'retry',
      delayMs: 25,
      source: 'backoff',
      cost: 14,
    })
  })
})

describe('which failures a method or an operation lets through', () => {
  const rows: [RetryState['mayRepeat'], string, Failure, boolean][] = [
    ['always', 'a 500', transient, true],
    ['always', 'a reset', reset, true],
    ['unprocessed', 'a 500', transient, false],
    ['unprocessed', 'a reset', reset, false],
    ['unprocessed', 'a timeout', { kind: 'timeout', applied: 'maybe' }, false],
    ['unprocessed', 'a 503 with Retry-After', { kind: 'throttle', applied: 'maybe', hintMs: 10 }, false],
    ['unprocessed', 'a 429', throttle, true],
    ['unprocessed', 'what was never sent', unsent, true],
    ['never', 'a 429', throttle, false],
    ['never', 'a 500', transient, false],
    ['never', 'what was never sent', unsent, true],
  ]
  test.each(rows)('%s: %s', (mayRepeat, _name, failure, isRetried) => {
    const decision = retryDecision({ ...hopeful, mayRepeat }, failure, policy)
    expect(decision).toMatchObject(isRetried ? { type: 'retry' } : { type: 'stop', reason: 'unsafe-method' })
  })
})

describe('the delay', () => {
  const delayOf = (attempts: number, failure: Failure, random = 0.5): number => {
    const decision = retryDecision({ ...hopeful, attempts }, failure, {
      ...policy,
      maxAttempts: 99,
      random: () => random,
    })
    return decision.type === 'retry' ? decision.delayMs : Number.NaN
  }

  test.each([
    ['transient, first, full jitter', 1, transient, 0, 0],
    ['transient, first, full jitter', 1, transient, 1, 50],
    ['transient, third', 3, transient, 0.5, 100],
    ['transient, capped', 20, transient, 1, 20_000],
    ['transient, long after the power overflows', 98, transient, 1, 20_000],
    ['throttled, first, at least half', 1, throttle, 0, 500],
    ['throttled, first, at most all', 1, throttle, 1, 1_000],
    ['throttled, capped', 20, throttle, 0, 10_000],
    ['hinted: a floor', 1, { ...throttle, hintMs: 5_000 }, 0, 5_000],
    ['hinted: ten per cent later at most', 1, { ...throttle, hintMs: 5_000 }, 1, 5_500],
    ['hinted: one second later at most', 1, { ...throttle, hintMs: 30_000 }, 1, 31_000],
    ['hinted below the backoff', 1, { ...throttle, hintMs: 0 }, 1, 1_000],
  ] as const)('%s (attempt %i)', (_name, attempts, failure, random, ms) => {
    expect(delayOf(attempts, failure, random)).toBe(ms)
  })

  test('a connection that was lost at the first attempt is tried again at once, later ones with backoff', () => {
    expect(retryDecision(hopeful, reset, policy)).toMatchObject({ delayMs: 0, source: 'stale-socket', cost: 14 })
    expect(retryDecision({ ...hopeful, attempts: 2 }, reset, policy)).toMatchObject({ delayMs: 50, source: 'backoff' })
  })

  test('a hint of exactly the longest wait is heeded', () => {
    const decision = retryDecision(hopeful, { ...throttle, hintMs: 60_000 }, policy)
    expect(decision).toEqual({ type: 'retry', delayMs: 60_500, source: 'server', cost: 5 })
  })
})
