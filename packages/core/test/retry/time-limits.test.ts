import { EventEmitter, once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { attemptsOf, type Fetch, retryFetch } from '../../src/retry/index.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { httpServer } from './loopback.ts'
import { scripted } from './scripted-fetch.ts'

const API = 'https://api.example.com/orders'

/** Never answers, and does not heed its signal either. */
const deaf: Fetch = () => new Promise(() => {})

describe('a timeout', () => {
  test('of one attempt is tried again, and surfaces as a TimeoutError in the end', async () => {
    const clock = new FakeClock()
    const error = await clock.run(retryFetch(deaf, { clock })(API).catch((thrown: unknown) => thrown))
    expect(error).toBeInstanceOf(DOMException)
    expect(error).toMatchObject({ name: 'TimeoutError' })
    expect(attemptsOf(error)).toMatchObject({
      attempts: 3,
      giveUp: 'attempts',
      history: Array(3).fill({ failure: 'timeout' }),
    })
    expect(clock.pending).toBe(0)
  })

  test('of the call ends it in mid-attempt', async () => {
    const clock = new FakeClock()
    const fetch = retryFetch(deaf, { clock, maxAttempts: 99, random: () => 0 })
    const error = await clock.run(fetch(API).catch((thrown: unknown) => thrown))
    expect(error).toMatchObject({ name: 'TimeoutError' })
    expect(attemptsOf(error)).toMatchObject({ attempts: 4, giveUp: 'deadline-passed' })
    expect(clock.monotonic()).toBe(120_000)
  })

  test('of a POST is not tried again: the server may be at work', async () => {
    const clock = new FakeClock()
    const call = retryFetch(deaf, { clock })(API, { method: 'POST' }).catch((thrown: unknown) => thrown)
    expect(attemptsOf(await clock.run(call))).toMatchObject({ attempts: 1, giveUp: 'unsafe-method' })
  })

  test.each([
    ['attemptTimeoutMs', 120_000],
    ['timeoutMs', 30_000],
  ] as const)('%s: false switches that one off', async (name, ms) => {
    const clock = new FakeClock()
    const call = retryFetch(deaf, { clock, maxAttempts: 1, [name]: false })(API).catch((thrown: unknown) => thrown)
    expect(await clock.run(call)).toHaveProperty('name', 'TimeoutError')
    expect(clock.monotonic()).toBe(ms)
  })

  test('is not set at all when both are off and no signal was given', async () => {
    const clock = new FakeClock()
    const fetch = scripted(200)
    await retryFetch(fetch, { clock, attemptTimeoutMs: false, timeoutMs: false })(API)
    expect(fetch.calls[0]?.init.signal).toBeNull()
  })

  test('one timer serves both, and is gone with the response', async () => {
    const clock = new FakeClock()
    const pending: number[] = []
    const fetch: Fetch = async () => {
      pending.push(clock.pending)
      return new Response('ok')
    }
    await retryFetch(fetch, { clock })(API)
    expect([...pending, clock.pending]).toEqual([1, 0])
  })

  test('does not cut the reading of the body', async () => {
    const clock = new FakeClock()
    let unfinished: ServerResponse | undefined
    const { url } = await httpServer((response) => {
      response.write('first ')
      unfinished = response
    })
    const response = await retryFetch(globalThis.fetch, { clock })(url)
    await clock.advance(600_000)
    unfinished?.end('second')
    expect(await response.text()).toBe('first second')
  })

  test('that a hanging server causes is followed by a new attempt', async () => {
    const clock = new FakeClock()
    const events = new EventEmitter()
    const asked = once(events, 'asked')
    const { url, received } = await httpServer((response, _request, nth) => {
      if (nth === 1) events.emit('asked')
      else response.end('awake')
    })
    const call = retryFetch(globalThis.fetch, { clock, baseMs: 0 })(url)
    await asked
    await clock.advance(30_000)
    expect(await (await call).text()).toBe('awake')
    expect(received).toHaveLength(2)
  })
})
