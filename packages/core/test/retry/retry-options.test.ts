import { describe, expect, test } from 'vitest'
import { type RetryFetchOptions, retryFetch } from '../../src/retry/index.ts'
import { overridePolicy, type ResolvedRetryPolicy, resolveRetryOptions } from '../../src/retry/retry-options.ts'

/** The comparable part: the rest are functions and the budget. */
function settingsOf({ budget, clock, random, ...settings }: ResolvedRetryPolicy): unknown {
  return { ...settings, budget: budget.left('any'), hasClock: 'now' in clock, hasRandom: typeof random }
}

describe('the options', () => {
  test('have the documented defaults', () => {
    expect(settingsOf(resolveRetryOptions())).toEqual({
      maxAttempts: 3,
      baseMs: 50,
      throttleBaseMs: 1_000,
      capMs: 20_000,
      statuses: new Set([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524]),
      methods: new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE', 'QUERY']),
      maxRetryAfterMs: 60_000,
      hintJitter: 0.1,
      hints: [],
      transientCost: 14,
      throttleCost: 5,
      budget: 500,
      attemptTimeoutMs: 30_000,
      timeoutMs: 120_000,
      bufferBytes: 1_048_576,
      keepBody: false,
      hasClock: true,
      hasRandom: 'function',
    })
  })

  test('that are undefined erase no default', () => {
    const names =
      'maxAttempts baseMs throttleBaseMs capMs statuses methods maxRetryAfterMs hintJitter hints budgetTokens ' +
      'transientCost throttleCost attemptTimeoutMs timeoutMs bufferBytes clock random'
    const erased: RetryFetchOptions = Object.fromEntries(names.split(' ').map((name) => [name, undefined]))
    expect(settingsOf(resolveRetryOptions(erased))).toEqual(settingsOf(resolveRetryOptions()))
  })

  test.each<[string, RetryFetchOptions]>([
    ['maxAttempts', { maxAttempts: 0 }],
    ['baseMs', { baseMs: Number.NaN }],
    ['capMs', { capMs: -1 }],
    ['budgetTokens', { budgetTokens: -1 }],
    ['timeoutMs', { timeoutMs: 0 }],
    ['attemptTimeoutMs', { attemptTimeoutMs: -5 }],
    ['bufferBytes', Object.assign({}, { bufferBytes: 1 }, JSON.parse('{"bufferBytes":"1 MiB"}'))],
  ])('that make no sense are a TypeError that names them: %s', (name, options) => {
    expect(() => retryFetch(fetch, options)).toThrow(new RegExp(`Option ${name} .*number`))
    expect(() => retryFetch(fetch, options)).toThrow(TypeError)
  })

  test('false means no timeout', () => {
    const { attemptTimeoutMs, timeoutMs } = resolveRetryOptions({ attemptTimeoutMs: false, timeoutMs: false })
    expect([attemptTimeoutMs, timeoutMs]).toEqual([Infinity, Infinity])
  })
})

describe('one call’s changes', () => {
  const policy = resolveRetryOptions({ maxAttempts: 5, timeoutMs: 9_000 })

  test('change what they name, and share the budget', () => {
    const changed = overridePolicy(policy, { retry: { baseMs: 7 }, timeoutMs: 1_000, replay: 'always', keepBody: true })
    expect(changed).toEqual({ ...policy, baseMs: 7, timeoutMs: 1_000, replay: 'always', keepBody: true })
    expect(changed.budget).toBe(policy.budget)
  })

  test('may be that there is one attempt only', () => {
    expect(overridePolicy(policy, { retry: false })).toMatchObject({ maxAttempts: 1, timeoutMs: 9_000 })
  })

  test('may be none', () => {
    expect(overridePolicy(policy, {})).toEqual({ ...policy, replay: undefined })
    expect(overridePolicy(policy, { retry: undefined, timeoutMs: undefined })).toEqual({ ...policy, replay: undefined })
  })

  test('are checked like the options', () => {
    expect(() => overridePolicy(policy, { retry: { maxAttempts: 0 } })).toThrow(TypeError)
    expect(() => overridePolicy(policy, { timeoutMs: 0 })).toThrow(TypeError)
  })
})
