import { describe, expect, test } from 'vitest'
import { errorOf, MINUTE, outcome, SECOND, world } from '../support/engine-world.ts'
import { status, tokenAnswer } from '../support/scripted-issuer.ts'

describe('after an outage of the token endpoint', () => {
  test('every account is well within a minute of the first success, evenly spread [E13]', async () => {
    const { issuer, manager, clock } = world({ provider: { canRefresh: false } })
    const answering = (answer: () => Response): void =>
      issuer.always(async () => {
        await new Promise<void>((resolve) => void clock.timer(resolve, 100))
        return answer()
      })
    const waiting = new Set(Array.from({ length: 60 }, (_, index) => `seller-${index}`))
    const asking = new Set<string>()
    /** Every account that isn't well is asked each second. Resolves with how many became well. */
    const oneSecond = async (): Promise<number> => {
      const before = waiting.size
      for (const name of [...waiting].filter((one) => !asking.has(one))) {
        asking.add(name)
        void outcome(manager.account(name).getToken()).then((token) => {
          asking.delete(name)
          if (token === 'up') waiting.delete(name)
        })
      }
      await clock.advance(SECOND)
      return before - waiting.size
    }
    answering(() => status(500))
    for (let second = 0; second < 20 * 60; second += 1) await oneSecond()
    answering(() => tokenAnswer('up'))
    while ((await oneSecond()) === 0);
    const perSecond: number[] = []
    for (let second = 0; second < 60; second += 1) perSecond.push(await oneSecond())
    expect(waiting.size).toBe(0)
    // Twice the mean of that minute, and one that falls on the border of a second.
    expect(Math.max(...perSecond)).toBeLessThanOrEqual(3)
  })

  test('an account that its provider asked to wait still waits [E13]', async () => {
    const { issuer, manager, clock } = world({ provider: { canRefresh: false } })
    issuer.always(() => tokenAnswer('well'))
    for (const name of ['a', 'b', 'c']) await manager.account(name).getToken()
    await clock.advance(1_000 * SECOND)
    issuer.always(() => status(500, { 'retry-after': '1800' }))
    await errorOf(manager.account('a').getToken())
    issuer.always(() => status(500))
    for (const name of ['b', 'c']) await errorOf(manager.account(name).getToken())
    await clock.advance(30 * SECOND)
    issuer.always(() => tokenAnswer('up'))
    expect(await outcome(manager.account('d').getToken())).toBe('up')
    await clock.advance(MINUTE)
    const before = issuer.requests.length
    expect(await outcome(manager.account('a').getToken())).toBe('unavailable')
    expect(issuer.requests).toHaveLength(before)
    expect(await outcome(manager.account('b').getToken())).toBe('up')
  })
})

test('a pause that comes with a failure of the server is kept like one that comes with a 429', async () => {
  const { issuer, ask, clock } = world({ provider: { canRefresh: false } })
  issuer.prepare(status(500, { 'retry-after': '600' }))
  expect(await ask()).toBe('unavailable')
  await clock.advance(599 * SECOND)
  expect(await ask()).toBe('unavailable')
  await clock.advance(SECOND)
  issuer.prepare(tokenAnswer('one'))
  expect(await ask()).toBe('one')
})
