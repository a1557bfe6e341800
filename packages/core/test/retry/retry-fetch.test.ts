import { describe, expect, test } from 'vitest'
import { ChaveiroError } from '../../src/errors.ts'
import { attemptsOf, type Fetch, type RetryFetchOptions, retryFetch } from '../../src/retry/index.ts'
import { retrying } from '../../src/retry/retry-fetch.ts'
import { overridePolicy, resolveRetryOptions } from '../../src/retry/retry-options.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { socketServer } from './loopback.ts'
import { scripted } from './scripted-fetch.ts'
import { withoutWaiting } from './without-waiting.ts'

const API = 'https://api.example.com/orders'

function refused(): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) })
}

describe('the outcome', () => {
  test('a success is handed through, and its report says one attempt', async () => {
    const response = new Response('yes')
    const got = await retryFetch(scripted(response), withoutWaiting())(API)
    expect(got).toBe(response)
    expect(attemptsOf(got)).toEqual({ attempts: 1, waitedMs: 0, history: [{ status: 200 }] })
  })

  test('is the last real response when the call gives up', async () => {
    const last = new Response('still down', { status: 503 })
    const got = await retryFetch(scripted(500, 502, last), withoutWaiting())(API)
    expect(got).toBe(last)
    expect(await got.text()).toBe('still down')
  })

  test('is the original error object when there was no response', async () => {
    const last = refused()
    const fetch = retryFetch(scripted(refused(), 503, last), withoutWaiting())
    await expect(fetch(API)).rejects.toBe(last)
    expect(attemptsOf(last)).toMatchObject({
      attempts: 3,
      giveUp: 'attempts',
      history: [{ failure: 'network', code: 'ECONNREFUSED' }, { status: 503 }, { code: 'ECONNREFUSED' }],
    })
  })

  test('tells every attempt, wait and reason, and holds nothing else', async () => {
    const clock = new FakeClock()
    const busy = new Response(null, { status: 429, headers: { 'retry-after': '2' } })
    const fetch = retryFetch(scripted(500, busy, 200), { clock, random: () => 0.5 })
    const response = await clock.run(fetch(API, { headers: { 'x-secret': 's3cret' } }))
    const report = attemptsOf(response)
    expect(report).toEqual({
      attempts: 3,
      waitedMs: 25 + 2_100,
      history: [
        { status: 500, failure: 'transient', delayMs: 25, delaySource: 'backoff' },
        { status: 429, failure: 'throttle', delayMs: 2_100, delaySource: 'server' },
        { status: 200 },
      ],
    })
    expect(JSON.stringify(report)).not.toContain('s3cret')
  })

  test('is not reported for values that no retrying fetch returned', () => {
    expect([new Response(), {}, null, undefined, 'text', 7].map((value) => attemptsOf(value))).toEqual(
      Array(6).fill(undefined),
    )
  })

  test('a Chaveiro error comes back by identity, and is not retried', async () => {
    const error = new ChaveiroError('unavailable', 'The token endpoint is down.')
    const fetch = scripted(error)
    await expect(retryFetch(fetch, withoutWaiting())(API)).rejects.toBe(error)
    expect(fetch.calls).toHaveLength(1)
  })

  test('of a fetch that throws instead of rejecting is the same', async () => {
    const error = new TypeError('Failed to fetch')
    const fetch: Fetch = () => {
      throw error
    }
    await expect(retryFetch(fetch, withoutWaiting())(API)).rejects.toBe(error)
  })
})

describe('what is tried again', () => {
  test.each(['GET', 'head', 'OPTIONS', 'PUT', 'DELETE', 'QUERY'])('%s after a 500', async (method) => {
    const fetch = scripted(500, 200)
    expect(await retryFetch(fetch, withoutWaiting())(API, { method })).toHaveProperty('status', 200)
  })

  test.each([
    ['POST', 500],
    ['PATCH', 500],
    ['POST', 522],
    ['POST', 524],
  ])('%s not after a %d, which it may have been applied before', async (method, status) => {
    const response = await retryFetch(scripted(status), withoutWaiting())(API, { method, body: '{}' })
    expect(attemptsOf(response)).toMatchObject({ attempts: 1, giveUp: 'unsafe-method' })
  })

  test.each([
    ['429', 429],
    ['425', 425],
    ['521', 521],
    ['523', 523],
    ['a refused connection', refused()],
  ])('POST after %s', async (_name, failure) => {
    const response = await retryFetch(scripted(failure, 201), withoutWaiting())(API, { method: 'POST' })
    expect(response.status).toBe(201)
  })

  test('POST after anything when it carries an Idempotency-Key, and the key stays', async () => {
    const fetch = scripted(500, 201)
    await retryFetch(fetch, withoutWaiting())(API, { method: 'POST', headers: { 'Idempotency-Key': 'k1' } })
    expect(fetch.calls.map(({ init }) => new Headers(init.headers).get('idempotency-key'))).toEqual(['k1', 'k1'])
  })

  test.each(['', ' ', '""', ' , '])('POST not for the Idempotency-Key %j, which has no value', async (key) => {
    const headers = { 'Idempotency-Key': key }
    const response = await retryFetch(scripted(500), withoutWaiting())(API, { method: 'POST', headers })
    expect(attemptsOf(response)).toMatchObject({ attempts: 1, giveUp: 'unsafe-method' })
  })

  test('headers that the caller changes between attempts are not picked up', async () => {
    const headers = new Headers({ version: '1' })
    const fetch = scripted(503, 200)
    const call = retryFetch(fetch, withoutWaiting())(API, { headers })
    headers.set('version', '2')
    await call
    expect(fetch.calls.map(({ init }) => new Headers(init.headers).get('version'))).toEqual(['1', '1'])
  })

  test('a reset of the first attempt, at once, however the backoff is set', async () => {
    const url = await socketServer((socket, nth) => {
      if (nth === 1) socket.resetAndDestroy()
      else socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok')
    })
    // The clock never moves: a backoff would never end.
    const response = await retryFetch(globalThis.fetch, { clock: new FakeClock(), baseMs: 60_000 })(url)
    expect(await response.text()).toBe('ok')
    expect(attemptsOf(response)?.history[0]).toMatchObject({ delayMs: 0, delaySource: 'stale-socket' })
  })

  test('nothing but what was asked for: other statuses and methods are options', async () => {
    const options = { ...withoutWaiting(), statuses: [418], methods: ['post'] }
    expect(await retryFetch(scripted(418, 200), options)(API, { method: 'POST' })).toHaveProperty('status', 200)
    expect(await retryFetch(scripted(500), options)(API)).toHaveProperty('status', 500)
    const got = await retryFetch(scripted(418), options)(API)
    expect(attemptsOf(got)).toHaveProperty('giveUp', 'unsafe-method')
  })

  test.each([
    ['always', 'POST', 500, 2],
    ['unprocessed', 'GET', 500, 1],
    ['unprocessed', 'GET', 429, 2],
    ['never', 'GET', 429, 1],
    ['never', 'GET', refused(), 2],
  ] as const)('an operation that its spec marks %s: %s after %s', async (replay, method, failure, attempts) => {
    const policy = overridePolicy(resolveRetryOptions(withoutWaiting()), { replay })
    const fetch = scripted(failure, 200)
    await retrying(API, { method }, policy, (attempt) => attempt.transmit(fetch, attempt.headers))
    expect(fetch.calls).toHaveLength(attempts)
  })

  test('nothing with retry: false', async () => {
    const policy = overridePolicy(resolveRetryOptions(withoutWaiting()), { retry: false })
    const response = await retrying(API, {}, policy, (attempt) => attempt.transmit(scripted(503), attempt.headers))
    expect(attemptsOf(response)).toMatchObject({ attempts: 1, giveUp: 'attempts' })
  })
})

describe('a server’s hint', () => {
  const busy = (retryAfter: string): Response =>
    new Response('busy', { status: 429, headers: { 'retry-after': retryAfter } })

  test('of more than a minute ends the call with that response, unread', async () => {
    const response = await retryFetch(scripted(busy('61')), { clock: new FakeClock() })(API)
    expect(await response.text()).toBe('busy')
    expect(attemptsOf(response)).toMatchObject({ attempts: 1, giveUp: 'retry-after-too-long' })
  })

  test('past the deadline ends it too', async () => {
    const response = await retryFetch(scripted(busy('20')), { clock: new FakeClock(), timeoutMs: 20_000 })(API)
    expect(attemptsOf(response)).toMatchObject({ attempts: 1, giveUp: 'delay-passes-deadline' })
  })

  test('is never undercut', async () => {
    const clock = new FakeClock()
    const fetch = scripted(busy('10'), 200)
    const call = retryFetch(fetch, { clock, random: () => 0 })(API)
    await clock.advance(9_999)
    expect(fetch.calls).toHaveLength(1)
    await clock.advance(1)
    expect((await call).status).toBe(200)
  })
})

describe('the budget', () => {
  const options = (more: RetryFetchOptions): RetryFetchOptions => ({ ...withoutWaiting(), ...more })

  test('runs out, and then failures are returned at once', async () => {
    const fetch = retryFetch(async () => new Response(null, { status: 503 }), options({ budgetTokens: 30 }))
    const reports = [attemptsOf(await fetch(API)), attemptsOf(await fetch(API))]
    expect(reports).toMatchObject([
      { attempts: 3, giveUp: 'attempts' },
      { attempts: 1, giveUp: 'budget' },
    ])
  })

  test('is one for each origin', async () => {
    const fetch = retryFetch(async () => new Response(null, { status: 503 }), options({ budgetTokens: 28 }))
    await fetch(API)
    expect(attemptsOf(await fetch(`${API}/7`))).toHaveProperty('giveUp', 'budget')
    expect(attemptsOf(await fetch('https://other.example.com/'))).toHaveProperty('giveUp', 'attempts')
  })

  test('serves calls to addresses that only the inner fetch understands', async () => {
    const fetch = scripted(503, 200)
    expect(await retryFetch(fetch, withoutWaiting())('/orders')).toHaveProperty('status', 200)
  })

  test('is given back when the caller aborts the wait that it paid for', async () => {
    const clock = new FakeClock()
    const policy = resolveRetryOptions({ clock, random: () => 1 })
    const abort = new AbortController()
    const call = retrying(API, { signal: abort.signal }, policy, async () => new Response(null, { status: 503 }))
    await clock.whenPending(1)
    expect(policy.budget.left('https://api.example.com')).toBe(486)
    abort.abort('enough')
    await expect(call).rejects.toBe('enough')
    expect(policy.budget.left('https://api.example.com')).toBe(500)
  })
})
