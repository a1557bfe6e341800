import { describe, expect, test } from 'vitest'
import { parseWait, retryAfterMs } from '../../src/http/retry-after.ts'
import { attemptsOf } from '../../src/retry/attempts-report.ts'
import { retrying } from '../../src/retry/retry-fetch.ts'
import { type RetryFetchOptions, resolveRetryOptions } from '../../src/retry/retry-options.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import read from '../vectors/retry-vectors.json' with { type: 'json' }

interface Settings {
  quota?: number
  costTransient?: number
  costThrottle?: number
  baseMs?: number
  throttleBaseMs?: number
  capMs?: number
  random?: number
  maxAttempts?: number
  hintHeaderMs?: number
  hintHeader?: string
  hintJitter?: number
}
/** What the server answers, what the policy does, the budget left, and the delay. */
type Step = [answer: number | 'throttle', does: string, quota: number, delayMs?: number]

interface Vectors {
  awsStandardMode: { settings: Settings; cases: [name: string, settings: Settings, steps: Step[]][] }
  retryAfter: {
    now: string
    saturated: number
    vectors: { value: string | { repeat: [string, number] }; ms: number | null }[]
    skew: { retryAfter: string; date: string; ms: number }
  }
}

// What TypeScript infers of a JSON file knows no tuples.
const vectors: Vectors = JSON.parse(JSON.stringify(read))

const URL_CALLED = 'https://api.example.com/'
const HINT_HEADER = 'x-hint-ms'

function optionsOf(settings: Settings): RetryFetchOptions {
  return {
    budgetTokens: settings.quota,
    transientCost: settings.costTransient,
    throttleCost: settings.costThrottle,
    baseMs: settings.baseMs,
    throttleBaseMs: settings.throttleBaseMs,
    capMs: settings.capMs,
    random: () => settings.random ?? 1,
    maxAttempts: settings.maxAttempts,
    hintJitter: settings.hintJitter,
    hints: [{ header: HINT_HEADER, as: 'milliseconds' }],
    // One wait of 20 s after another must not meet the deadline.
    timeoutMs: false,
  }
}

describe("the AWS SDKs' standard mode, number for number", () => {
  test.each(vectors.awsStandardMode.cases)('%s', async (_name, own, steps) => {
    const settings = { ...vectors.awsStandardMode.settings, ...own }
    const hint = settings.hintHeader ?? settings.hintHeaderMs?.toString()
    const clock = new FakeClock()
    const policy = resolveRetryOptions({ ...optionsOf(settings), clock })
    const seen: (string | number | undefined)[][] = []
    let at = 0

    while (at < steps.length) {
      const call = retrying(URL_CALLED, undefined, policy, async () => {
        const answer = steps[at]?.[0]
        at += 1
        const headers = hint === undefined || answer === 200 ? {} : { [HINT_HEADER]: hint }
        return new Response(null, { status: answer === 'throttle' ? 429 : (answer ?? 200), headers })
      })
      const begun = seen.length
      // The budget is read at each wait, and once more when the call is over.
      const quotas: number[] = []
      const watched = call.finally(() => quotas.push(policy.budget.left(new URL(URL_CALLED).origin)))
      for (let over = false; !over; ) {
        over = await Promise.race([watched.then(() => true), clock.whenPending(1).then(() => false)])
        if (over) break
        quotas.push(policy.budget.left(new URL(URL_CALLED).origin))
        await clock.advance(clock.nextTimerMs ?? 0)
      }
      const report = attemptsOf(await call)
      report?.history.forEach(({ status, failure, delayMs }, nth) => {
        const does = delayMs === undefined ? (report.giveUp ?? 'success') : 'retry'
        const step = [failure === 'throttle' ? 'throttle' : status, does, quotas[nth]]
        seen.push(delayMs === undefined ? step : [...step, delayMs])
      })
      expect(seen.length).toBeGreaterThan(begun)
    }

    expect(seen).toEqual(steps)
  })
})

describe('Retry-After, by the letter of RFC 9110 §10.2.3', () => {
  const now = Date.parse(vectors.retryAfter.now)

  test.each(vectors.retryAfter.vectors)('$value is $ms ms', ({ value, ms }) => {
    const text = typeof value === 'string' ? value : value.repeat[0].repeat(value.repeat[1])
    expect(parseWait(text, 'either', now)).toBe(ms ?? undefined)
  })

  test('a date is meant by the clock of the server, which the Date header tells', () => {
    const { retryAfter, date, ms } = vectors.retryAfter.skew
    expect(retryAfterMs(new Headers({ 'retry-after': retryAfter, date }), now)).toBe(ms)
  })

  test('an unreadable Date header leaves our own clock', () => {
    const headers = new Headers({ 'retry-after': 'Thu, 01 Jan 2026 00:01:00 GMT', date: 'yesterday' })
    expect(retryAfterMs(headers, now)).toBe(60_000)
  })

  test.each([
    ['goes before the provider’s own header', { 'retry-after': '3', 'x-reset': '9' }, 3_000],
    ['gives way to it when it cannot be read', { 'retry-after': 'soon', 'x-reset': '9' }, 9_000],
    ['is not needed', { 'x-reset-ms': '250' }, 250],
    ['may be a date there too', { 'x-reset-at': 'Thu, 01 Jan 2026 00:00:07 GMT' }, 7_000],
    ['is absent, and so are the others', {}, undefined],
    ['is not guessed from an unreadable header', { 'x-reset': '1.5', 'x-reset-at': '7' }, undefined],
  ])('Retry-After %s', (_name, headers, ms) => {
    const hints = [
      { header: 'x-reset', as: 'seconds' },
      { header: 'x-reset-ms', as: 'milliseconds' },
      { header: 'x-reset-at', as: 'http-date' },
    ] as const
    expect(retryAfterMs(new Headers(headers), now, hints)).toBe(ms)
  })
})
