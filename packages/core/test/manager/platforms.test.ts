import type { TokenManagerOptions } from '@chaveiro/core'
import { describe, expect, test } from 'vitest'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { managerOf, numberedIssuer } from '../support/numbered-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

const HOUR = 3_600_000

describe('a manager for each request over one store', () => {
  test('lets no promise cross requests: both get a token, and one call is made [ED02]', async () => {
    const store = sharedStore()
    const clock = new FakeClock()
    const { provider, held, hold, calls } = numberedIssuer()
    hold(true)
    const first = managerOf(provider, store, clock).account('one').getToken()
    while (held.length === 0) await clock.advance(0)
    const second = managerOf(provider, store, clock).account('one').getToken()
    // The second waits by reading the store, on timers of its own.
    while (clock.nextTimerMs !== 50) await clock.advance(0)
    held[0]?.()
    expect((await first).reveal()).toBe('access-1')
    await clock.advance(50)
    expect((await second).reveal()).toBe('access-1')
    expect(calls()).toBe(1)
  })

  test('where the first request’s world stops in mid-refresh, the next one recovers when the claim is abandoned [ED04]', async () => {
    const store = sharedStore()
    const { provider, held, hold, calls, spent } = numberedIssuer()
    const frozen = new FakeClock()
    const before = managerOf(provider, store, frozen).account('one')
    await before.getToken()
    hold(true)
    await frozen.advance(HOUR - 60_000)
    const lost = before.getToken().catch(() => {})
    while (held.length === 0) await frozen.advance(0)
    // From here on its clock, its timers and its call stand still.
    hold(false)
    const clock = new FakeClock({ now: frozen.now() })
    const next = managerOf(provider, store, clock).account('one').getToken({ minValidityMs: 120_000 })
    let isDone = false
    void next.then(() => (isDone = true))
    // It has seen the claim, and looks again in 50 ms.
    while (clock.nextTimerMs !== 50) await clock.advance(0)
    let waited = 0
    while (!isDone && waited < 120_000) {
      await clock.advance(1_000)
      waited += 1_000
    }
    // The attempt's timeout and 10 s; the refresh token may be spent, so the account signs in again.
    expect(waited).toBeGreaterThanOrEqual(25_000)
    expect(waited).toBeLessThan(40_000)
    expect((await next).reveal()).toBe('access-3')
    expect(spent).toEqual(['refresh-1'])
    expect(calls()).toBe(3)
    // It wakes up with its answer, which is too late to reach any caller.
    held[0]?.()
    await lost
    const [record] = [...store.records.values()].map(({ value = '' }) => JSON.parse(value))
    expect(record.token.accessToken).toBe('access-3')
  })
})

describe('waitUntil', () => {
  async function inWindow(waitUntil: TokenManagerOptions<object>['waitUntil']) {
    const clock = new FakeClock()
    const { provider, held, hold } = numberedIssuer()
    const source = managerOf(provider, sharedStore(), clock, { waitUntil }).account('one')
    const old = await source.getToken()
    hold(true)
    await clock.advance(HOUR * 0.9)
    return { clock, source, old, held }
  }

  test('gets the refresh of the window, which keeps no caller waiting [ED03]', async () => {
    const promises: Promise<unknown>[] = []
    const { clock, source, old, held } = await inWindow((promise) => void promises.push(promise))
    expect(await source.getToken()).toBe(old)
    expect(await source.getToken()).toBe(old)
    expect(promises).toHaveLength(1)
    let isOver = false
    void promises[0]?.then(() => (isOver = true))
    while (held.length === 0) await clock.advance(0)
    expect(isOver).toBe(false)
    held[0]?.()
    await promises[0]
    expect((await source.getToken()).generation).toBe(2)
  })

  test('that throws, as platforms do once the response is out, does no harm', async () => {
    const { clock, source, old, held } = await inWindow(() => {
      throw new TypeError('Illegal invocation')
    })
    expect(await source.getToken()).toBe(old)
    while (held.length === 0) await clock.advance(0)
    held[0]?.()
    expect((await source.getToken({ newerThan: old })).generation).toBe(2)
  })
})
