import { FakeClock } from '@chaveiro/core/testing'
import { expect, it } from 'vitest'
import { RateLimits, readRate } from '../../src/serve/keys/rate.ts'

it.each([
  ['10/s', { count: 10, perMs: 1_000 }],
  ['1/m', { count: 1, perMs: 60_000 }],
  ['5000/h', { count: 5_000, perMs: 3_600_000 }],
  ['0/s', undefined],
  ['10', undefined],
  ['10/d', undefined],
  ['1.5/s', undefined],
  ['-1/s', undefined],
])('%j is %j', (text, rate) => {
  expect(readRate(text)).toEqual(rate)
})

it('a key may use its rate at once, and then waits for the next request that is due', async () => {
  const clock = new FakeClock()
  const limits = new RateLimits(clock)
  const rate = { count: 4, perMs: 1_000 }
  const take = (id = 'a'): number | undefined => limits.take(id, rate)
  expect([take(), take(), take(), take()]).toEqual([undefined, undefined, undefined, undefined])
  expect(take()).toBe(250)
  await clock.advance(200)
  expect(take()).toBeCloseTo(50)
  await clock.advance(50)
  expect([take(), take()]).toEqual([undefined, 250])
  expect(take('another key')).toBeUndefined()
})

it('a key saves no more than one period', async () => {
  const clock = new FakeClock()
  const limits = new RateLimits(clock)
  const rate = { count: 2, perMs: 1_000 }
  limits.take('a', rate)
  await clock.advance(3_600_000)
  expect([1, 2, 3].map(() => limits.take('a', rate))).toEqual([undefined, undefined, 500])
})

it('a rate that changes counts from the start, and a key that is gone is forgotten', () => {
  const limits = new RateLimits(new FakeClock())
  limits.take('a', { count: 1, perMs: 1_000 })
  expect(limits.take('a', { count: 1, perMs: 1_000 })).toBe(1_000)
  expect(limits.take('a', { count: 2, perMs: 1_000 })).toBeUndefined()
  limits.take('a', { count: 2, perMs: 1_000 })
  limits.keepOnly(new Map())
  expect(limits.take('a', { count: 2, perMs: 1_000 })).toBeUndefined()
})
