import { describe, expect, it } from 'vitest'
import { afterAnOutage } from './support/after-an-outage.ts'
import { lostAnswers } from './support/lost-answers.ts'
import { connectionRefused, type Market, type Meet, openMarket } from './support/market.ts'
import { MANY_ACCOUNTS } from './support/rows/many-accounts.ts'

const HEALTHY = ['healthy-1', 'healthy-2', 'healthy-3']
const BROKEN = ['broken-1', 'broken-2', 'broken-3']
const STEP_MS = 5_000

describe(`F28 ${MANY_ACCOUNTS.F28.goesWrong}`, () => {
  it('keeps its promise', async () => {
    await using market = openMarket()
    market.meet(brokenTenants)
    expect(await refusals(market, BROKEN, 6 * 3_600_000)).toHaveLength(0)
  })
})

describe(`F29 ${MANY_ACCOUNTS.F29.goesWrong}`, () => {
  it('keeps its promise', async () => {
    await using market = openMarket()
    const failing = Array.from({ length: 18 }, (_, index) => `failing-${index}`)
    market.meet(async ({ tenant = '', send }) => {
      if (tenant === 'unreachable') throw connectionRefused()
      return failing.includes(tenant) ? new Response('{}', { status: 500 }) : send()
    })
    expect(await refusals(market, [...failing, 'unreachable'], 3_600_000)).toHaveLength(0)
  })
})

describe(`F30 ${MANY_ACCOUNTS.F30.goesWrong}`, () => {
  it('keeps its promise', async () => {
    await using market = openMarket()
    for (const tenant of [...HEALTHY, ...BROKEN]) expect(await market.clock.run(market.ask(tenant))).toBeUndefined()
    market.meet(brokenTenants)
    const refused = await refusals(market, BROKEN, 6 * 3_600_000)
    // The first pause of an endpoint is 45 s at most.
    expect(refused.filter((at) => at > 2 * 300_000 + 45_000)).toHaveLength(0)
  })
})

describe.each([
  ['F31', async () => Promise.reject(connectionRefused())],
  ['F32', async () => new Response('{}', { status: 503 })],
] as const satisfies [keyof typeof MANY_ACCOUNTS, () => Promise<Response>][])('%s', (id, fails) => {
  it(`keeps its promise: ${MANY_ACCOUNTS[id].goesWrong}`, async () => {
    const { wellAfterMs, mostAtOnce, perSecond } = await afterAnOutage(fails)
    expect(wellAfterMs).toBeLessThanOrEqual(60_000)
    expect(mostAtOnce).toBeLessThanOrEqual(8)
    const calls = perSecond.reduce((sum, count) => sum + count, 0)
    expect(Math.max(...perSecond)).toBeLessThanOrEqual((2 * calls) / 60)
  })
})

describe(`F33 ${MANY_ACCOUNTS.F33.goesWrong}`, () => {
  it('keeps its promise', async () => {
    await using market = openMarket()
    market.meet(async () => new Response('{}', { status: 429, headers: { 'retry-after': '300' } }))
    for (let second = 0; second < 299; second += 1) {
      const five = [0, 1, 2, 3, 4].map((index) => `tenant-${(5 * second + index) % 500}`)
      for (const tenant of five) await market.clock.run(market.ask(tenant))
      await market.clock.advance(1_000)
    }
    expect(market.calls()).toBeLessThanOrEqual(20)
  })
})

describe(`F34 ${MANY_ACCOUNTS.F34.goesWrong}`, () => {
  it.each([
    ['never', 1],
    ['once', 2],
  ] as const)("keeps its promise with resendUnknown: '%s'", async (resendUnknown, sent) => {
    await using market = openMarket({ maxAccounts: 100, resendUnknown, canAcquire: false })
    expect(await lostAnswers(market, { accounts: 1, others: 100 })).toBeLessThanOrEqual(sent)
  })
})

describe(`F35 ${MANY_ACCOUNTS.F35.goesWrong}`, () => {
  it.each([
    ['never', 1],
    ['once', 2],
  ] as const)("keeps its promise with resendUnknown: '%s'", async (resendUnknown, sent) => {
    await using market = openMarket({ maxAccounts: 20, resendUnknown, canAcquire: false })
    expect(await lostAnswers(market, { accounts: 250, others: 0 })).toBeLessThanOrEqual(sent)
  })
})

const brokenTenants: Meet = async ({ tenant = '', send }) =>
  BROKEN.includes(tenant) ? new Response('{}', { status: 500 }) : send()

/** All ask again and again. When a healthy one was refused, in milliseconds from the beginning. */
async function refusals(market: Market, broken: readonly string[], durationMs: number): Promise<readonly number[]> {
  const { clock } = market
  const refused: number[] = []
  const begin = clock.monotonic()
  while (clock.monotonic() - begin < durationMs) {
    await clock.advance(STEP_MS)
    for (const tenant of broken) await clock.run(market.ask(tenant))
    for (const tenant of HEALTHY) if (await clock.run(market.ask(tenant))) refused.push(clock.monotonic() - begin)
  }
  return refused
}
