import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createTokenManager, type TokenManager } from '@chaveiro/core'
import { FakeClock } from '@chaveiro/core/testing'
import { genpagProvider } from '@chaveiro/genpag'
import { type Fetch, type GenpagSimulator, simulateGenpag } from '@chaveiro/simulator'
import { describe, expect, it } from 'vitest'
import { WEEK_MS } from './support/genpag-at-simulator.ts'

const SELLERS = 10_000
const HOUR_MS = 3_600_000

const sellers = Array.from({ length: SELLERS }, (_, index) => `seller-${index}`)
const keyOf = (sellerId: string): { sellerId: string; refreshToken: string } => ({
  sellerId,
  refreshToken: `SFMyNTY.refresh-token-of-${sellerId}`,
})

interface Marketplace extends AsyncDisposable {
  readonly clock: FakeClock
  readonly simulator: GenpagSimulator
  readonly tokens: TokenManager
  /** Accounts whose keys were read, in order. */
  readonly asked: readonly string[]
  /** The most token calls that were on their way together. */
  mostAtOnce(): number
}

/** One manager, and every seller registered with a key of its own. */
function marketplace(): Marketplace {
  const clock = new FakeClock({ now: Date.UTC(2026, 0, 15, 12) })
  const simulator = simulateGenpag({ clock })
  for (const seller of sellers) simulator.register(keyOf(seller))
  const asked: string[] = []
  let atOnce = 0
  let most = 0
  const counting: Fetch = async (input, init) => {
    const isTokenCall = input instanceof Request && input.url.endsWith('/tokens')
    if (!isTokenCall) return simulator.fetch(input, init)
    atOnce += 1
    most = Math.max(most, atOnce)
    try {
      await setImmediate() // the others get their turn, as they do while a network is waited for
      return await simulator.fetch(input, init)
    } finally {
      atOnce -= 1
    }
  }
  const tokens = createTokenManager({
    provider: genpagProvider({ server: simulator.url }),
    credentials: ({ tenant }) => {
      asked.push(tenant)
      return keyOf(tenant)
    },
    fetch: counting,
    clock,
    random: evenly(),
  })
  return { clock, simulator, tokens, asked, mostAtOnce: () => most, [Symbol.asyncDispose]: () => tokens.close() }
}

describe('ten thousand sellers in one manager', () => {
  it('each get a token of their own by one call, a few calls at a time, in a few kilobytes, and use no other’s', async () => {
    await using market = marketplace()
    const { simulator, tokens } = market
    // Somebody generated a new key for one of them, and the vault has still the old one.
    simulator.regenerate('seller-4711')
    const others = sellers.filter((seller) => seller !== 'seller-4711')
    const empty = heapUsed()

    const report = await tokens.warm(sellers, { concurrency: 200 })
    const failed = [{ account: { tenant: 'seller-4711' }, code: 'credentials-rejected' }]
    expect(report).toEqual({ ready: SELLERS - 1, skipped: 0, failed })
    expect(simulator.count('createAccessToken')).toBe(SELLERS)
    expect(new Set(simulator.tokens.map(({ sellerId }) => sellerId))).toEqual(new Set(others))
    expect([...market.asked].sort()).toEqual([...sellers].sort())
    expect(market.mostAtOnce()).toBe(8)

    // What the simulator keeps, its tokens and its log, is counted along.
    const full = heapUsed()
    expect((full - empty) / SELLERS).toBeLessThan(8_192)
    for (let round = 0; round < 5; round += 1) {
      for (const seller of others) await tokens.account(seller).getToken()
    }
    expect((heapUsed() - full) / SELLERS).toBeLessThan(256)

    // The simulator answers 403 to the token of another seller.
    const statuses = await Promise.all(
      others.map(async (seller) => (await tokens.account(seller).fetch(`/api/sellers/${seller}/orders`)).status),
    )
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(simulator.count('createAccessToken')).toBe(SELLERS)
    await expect(tokens.account('seller-4711').getToken()).rejects.toMatchObject({ code: 'credentials-rejected' })
    expect(simulator.count('createAccessToken')).toBe(SELLERS)
  }, 120_000)

  it('are renewed before the week is over, spread over hours, while the old tokens serve', async () => {
    await using market = marketplace()
    const { simulator, tokens, clock } = market
    const hold = (seller: string) => tokens.account(seller).getToken()
    const first = await Promise.all(sellers.map(hold))
    expect(new Set(first.map((token) => token.reveal())).size).toBe(SELLERS)
    const serve = async (seller: string): Promise<{ leftMs: number; isDue: boolean }> => {
      const held = await hold(seller)
      const isDue = (await tokens.account(seller).status()).state === 'in-window'
      // Joins the renewal that has begun in the background, so that time passes only when it is over.
      if (isDue) await tokens.account(seller).getToken({ newerThan: held })
      return { leftMs: (held.expiresAt ?? 0) - clock.now(), isDue }
    }

    await clock.advance(WEEK_MS - 25 * HOUR_MS)
    const perHour: number[] = []
    for (let hour = 0; hour < 8; hour += 1) {
      const served = await Promise.all(sellers.map(serve))
      expect(Math.min(...served.map(({ leftMs }) => leftMs))).toBeGreaterThanOrEqual(HOUR_MS)
      perHour.push(served.filter(({ isDue }) => isDue).length)
      await clock.advance(HOUR_MS)
    }
    expect(simulator.count('createAccessToken')).toBe(2 * SELLERS)
    expect(perHour.filter((calls) => calls > 0).length).toBeGreaterThanOrEqual(4)
    expect(Math.max(...perHour)).toBeLessThan(SELLERS * 0.3)
    expect(market.mostAtOnce()).toBe(8)
    const renewed = await Promise.all(sellers.map(hold))
    expect(new Set(renewed.map(({ generation }) => generation))).toEqual(new Set([2]))
    expect(renewed.some((token, index) => token.reveal() === first[index]?.reveal())).toBe(false)
  }, 120_000)
})

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

function heapUsed(): number {
  collectGarbage()
  collectGarbage()
  return process.memoryUsage().heapUsed
}

/** Numbers from 0 to below 1 that are spread evenly, the same in each run (multiples of the golden section). */
function evenly(): () => number {
  let sum = 0
  return () => {
    sum = (sum + 0.618_033_988_749_895) % 1
    return sum
  }
}
