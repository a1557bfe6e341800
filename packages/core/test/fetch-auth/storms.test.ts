import { createTokenManager, type TokenEvent } from '@chaveiro/core'
import { describe, expect, test } from 'vitest'
import { RejectionBreaker } from '../../src/fetch/rejection-breaker.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { countingProvider } from '../support/counting-provider.ts'

/** An API that accepts what `accepts` says, behind a provider that always has a new token. */
function api(accepts: (generation: number, path: string) => boolean, random = () => 0) {
  const clock = new FakeClock()
  const seen: string[] = []
  const rejected: (number | undefined)[] = []
  let calls = 0
  const manager = createTokenManager({
    provider: countingProvider(new URL('https://api.example.com'), () => (calls += 1)),
    credentials: () => ({}),
    clock,
    random,
    fetch: async (input, init) => {
      const { url, headers } = new Request(input, init)
      const generation = Number(headers.get('authorization')?.replace('Bearer token-', ''))
      const { pathname } = new URL(url)
      seen.push(`${pathname} ${generation}`)
      return new Response(null, { status: accepts(generation, pathname) ? 200 : 401 })
    },
  })
  manager.on(({ type, generation }: TokenEvent) => {
    if (type === 'token.rejected') rejected.push(generation)
  })
  const source = manager.account('one')
  const get = async (path = '/x'): Promise<number> => (await source.fetch(path)).status
  return { clock, source, seen, rejected, get, calls: () => calls }
}

describe('an API that always answers 401 [RJ17]', () => {
  test('costs two token calls after the first for a thousand requests in a minute, and every caller gets its 401', async () => {
    const { clock, get, calls, rejected } = api(() => false)
    const statuses = new Set<number>()
    for (let request = 0; request < 1_000; request += 1) {
      statuses.add(await get())
      await clock.advance(60)
    }
    expect(statuses).toEqual(new Set([401]))
    expect(calls()).toBe(3)
    // The first token, then one event for each cool-down.
    expect(rejected).toEqual([1, 2, 3])
  })

  test('costs no more when the requests come in bursts', async () => {
    const { clock, get, calls } = api(() => false)
    for (let burst = 0; burst < 20; burst += 1) {
      expect(new Set(await Promise.all(Array.from({ length: 50 }, () => get())))).toEqual(new Set([401]))
      await clock.advance(3_000)
    }
    expect(calls()).toBe(3)
  })

  test('costs no more when requests with the new token are refused before the replay is', async () => {
    const waiting: (() => void)[] = []
    const clock = new FakeClock()
    let calls = 0
    const manager = createTokenManager({
      provider: countingProvider(new URL('https://api.example.com'), () => (calls += 1)),
      credentials: () => ({}),
      clock,
      fetch: () => new Promise((resolve) => void waiting.push(() => resolve(new Response(null, { status: 401 })))),
    })
    const source = manager.account('one')
    const sent = async (count: number): Promise<void> => {
      while (waiting.length < count) await clock.advance(0)
    }
    const first = source.fetch('/a')
    await sent(1)
    waiting[0]?.()
    await sent(2) // its replay, with the second token
    const second = source.fetch('/b')
    await sent(3)
    waiting[2]?.() // refused before the replay is
    expect((await second).status).toBe(401)
    waiting[1]?.()
    expect((await first).status).toBe(401)
    expect(calls).toBe(2)
    expect(waiting).toHaveLength(3)
  })

  test('is asked again after 30 s, then 60 s, up to 300 s, plus up to half of that', async () => {
    const pauses: number[] = []
    const { clock, get, calls } = api(
      () => false,
      () => 0.5,
    )
    await get()
    for (let round = 0; round < 6; round += 1) {
      const before = calls()
      let waited = 0
      while (calls() === before) {
        await clock.advance(1_000)
        waited += 1
        await get()
      }
      pauses.push(waited)
    }
    expect(pauses).toEqual([38, 75, 150, 300, 375, 375])
  })
})

describe('a token that is really refused', () => {
  test('right after it was issued is replaced at once, as often as that happens [RJ17]', async () => {
    let revokedUpTo = 0
    const { get, calls } = api((generation) => generation > revokedUpTo)
    for (let round = 1; round <= 10; round += 1) {
      revokedUpTo = round
      expect(await get()).toBe(200)
    }
    expect(calls()).toBe(11)
  })

  test('is not replaced during a cool-down, though one known already is used for a replay', async () => {
    const { source, get, calls, seen } = api((generation, path) => path === '/open' && generation > 1)
    const old = await source.getToken()
    expect(await get('/closed')).toBe(401)
    expect(calls()).toBe(2)
    expect(await source.reject(old)).toBe(false)
    expect(await get('/open')).toBe(200)
    expect(await get('/closed')).toBe(401)
    expect(calls()).toBe(2)
    expect(seen).toEqual(['/closed 1', '/closed 2', '/open 2', '/closed 2'])
  })

  test('starts the doubling over once a replay was accepted [RJ17]', async () => {
    let revokedUpTo = 2
    const { clock, get, calls } = api((generation) => generation > revokedUpTo)
    expect(await get()).toBe(401)
    await clock.advance(30_000)
    expect(await get()).toBe(200)
    expect(calls()).toBe(3)
    revokedUpTo = 4
    expect(await get()).toBe(401)
    expect(calls()).toBe(4)
    // 30 s again, not 60.
    await clock.advance(30_000)
    expect(await get()).toBe(200)
    expect(calls()).toBe(5)
  })
})

test('a verdict on a replacement holds, even if others were waiting for the same one', () => {
  const clock = new FakeClock()
  const breaker = new RejectionBreaker(clock, () => 0)
  const token = { lineage: 'l', generation: 2 }
  breaker.noteReplacement(token)
  expect(breaker.noteRejected(token)).toBe(true)
  breaker.noteReplacement(token)
  expect(breaker.noteRejected(token)).toBe(false)
  expect(breaker.isOpen(token)).toBe(true)
  breaker.noteReplacement({ lineage: 'other', generation: 1 })
  expect(breaker.isOpen(token)).toBe(false)
})
