import { describe, expect, test } from 'vitest'
import { attemptsOf } from '../../src/retry/index.ts'
import { retrying } from '../../src/retry/retry-fetch.ts'
import { resolveRetryOptions } from '../../src/retry/retry-options.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { scripted } from './scripted-fetch.ts'
import { withoutWaiting } from './without-waiting.ts'

const API = 'https://api.example.com/orders'

describe('what an attempt offers', () => {
  test('its URL, method and number, and a fresh copy of the headers', async () => {
    const seen: unknown[] = []
    const policy = resolveRetryOptions(withoutWaiting())
    const answers = scripted(503, 200)
    await retrying(new URL(API), { method: 'put', headers: { a: '1' } }, policy, (attempt) => {
      const { headers } = attempt
      seen.push([attempt.url.href, attempt.method, attempt.number, [...headers]])
      headers.set('a', 'spoilt')
      return attempt.transmit(answers, headers)
    })
    expect(seen).toEqual([
      [API, 'PUT', 1, [['a', '1']]],
      [API, 'PUT', 2, [['a', '1']]],
    ])
  })

  test('a second transmission within the attempt, at no cost', async () => {
    const policy = resolveRetryOptions(withoutWaiting())
    const fetch = scripted(401, 200)
    const response = await retrying(API, { method: 'POST', body: 'x' }, policy, async (attempt) => {
      const first = await attempt.transmit(fetch, attempt.headers)
      expect(first.status).toBe(401)
      return attempt.transmit(fetch, attempt.headers)
    })
    expect(attemptsOf(response)).toMatchObject({ attempts: 1 })
    expect(fetch.calls.map(({ init }) => init.body)).toEqual(['x', 'x'])
    expect(policy.budget.isFull()).toBe(true)
  })

  test('sending elsewhere, as a GET when a redirect asks for that', async () => {
    const policy = resolveRetryOptions(withoutWaiting())
    const fetch = scripted(303, 200)
    const init = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json', a: '1' } }
    await retrying(API, init, policy, async (attempt) => {
      await attempt.transmit(fetch, attempt.headers)
      const leg = { url: new URL('https://api.example.com/done'), asGet: true, isElsewhere: false }
      return attempt.transmit(fetch, attempt.headers, leg)
    })
    const sent = fetch.calls[1]
    expect([sent?.url, sent?.init.method, sent?.init.body, [...new Headers(sent?.init.headers)]]).toEqual([
      'https://api.example.com/done',
      'GET',
      null,
      [['a', '1']],
    ])
  })

  test('a signal that aborts at the total deadline, for waiting beside the sending', async () => {
    const clock = new FakeClock()
    const policy = resolveRetryOptions({ clock, timeoutMs: 5_000 })
    const call = retrying(API, {}, policy, ({ signal }) => {
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    }).catch((thrown: unknown) => thrown)
    await clock.advance(5_000)
    expect(await call).toMatchObject({ name: 'TimeoutError' })
    expect(attemptsOf(await call)).toHaveProperty('giveUp', 'deadline-passed')
  })
})
