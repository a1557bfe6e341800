import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createTokenManager, type TokenManager } from '@chaveiro/core'
import { FakeClock } from '@chaveiro/core/testing'
import { genpagProvider } from '@chaveiro/genpag'
import { type Fetch, type GenpagSimulator, simulateGenpag } from '@chaveiro/simulator'
import { expect, it } from 'vitest'
import { WEEK_MS } from './support/genpag-at-simulator.ts'

const HOUR_MS = 3_600_000
const OUTDATED = 'seller-471'

const keyOf = (sellerId: string): { sellerId: string; refreshToken: string } => ({
  sellerId,
  refreshToken: `SFMyNTY.refresh-token-of-${sellerId}`,
})

interface Marketplace extends AsyncDisposable {
  readonly sellers: readonly string[]
  /** All of them but the one whose key is outdated. */
  readonly others: readonly string[]
  readonly clock: FakeClock
  readonly simulator: GenpagSimulator
  readonly tokens: TokenManager
  /** Accounts whose keys were read, in order. */
  readonly asked: readonly string[]
  /** The most token calls that were in flight together. */
  mostAtOnce(): number
}

/** One manager, and every seller registered with a key of its own. One has a new key, and the vault still the old one. */
function marketplace(count: number): Marketplace {
  const sellers = Array.from({ length: count }, (_, index) => `seller-${index}`)
  const clock = new FakeClock({ now: Date.UTC(2026, 0, 15, 12) })
  const simulator = simulateGenpag({ clock })
  for (const seller of sellers) simulator.register(keyOf(seller))
  simulator.regenerate(OUTDATED)
  const asked: string[] = []
  let atOnce = 0
  let most = 0
  const counting: Fetch = async (input, init) => {
    const isTokenCall = typeof input === 'string' && input.endsWith('/tokens')
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
  return {
    sellers,
    others: sellers.filter((seller) => seller !== OUTDATED),
    clock,
    simulator,
    tokens,
    asked,
    mostAtOnce: () => most,
    [Symbol.asyncDispose]: () => tokens.close(),
  }
}

it('a thousand sellers each get a token of their own by one call, a few at a time, in a few kilobytes each', async () => {
  await using market = marketplace(1_000)
  const { simulator, tokens, sellers, others } = market
  const empty = heapUsed()

  const report = await tokens.warm(sellers, { concurrency: 200 })
  const failed = [{ account: { tenant: OUTDATED }, code: 'credentials-rejected' }]
  expect(report).toEqual({ ready: others.length, skipped: 0, failed })
  expect(simulator.count('createAccessToken')).toBe(sellers.length)
  expect(new Set(simulator.tokens.map(({ sellerId }) => sellerId))).toEqual(new Set(others))
  expect([...market.asked].sort()).toEqual([...sellers].sort())
  expect(market.mostAtOnce()).toBe(8)
  // With what the simulator keeps of them.
  const full = heapUsed()
  expect((full - empty) / sellers.length).toBeLessThan(8_192)
  for (let round = 0; round < 3; round += 1) {
    for (const seller of others) await tokens.account(seller).getToken()
  }
  expect((heapUsed() - full) / sellers.length).toBeLessThan(256)
}, 60_000)

it('five hundred sellers each use their own token, and get the next one in good time', async () => {
  await using market = marketplace(500)
  const { simulator, tokens, clock, sellers, others } = market
  await tokens.warm(sellers, { concurrency: 200 })

  // Each on its own requests: the simulator answers 403 to the token of another seller.
  const statuses = await Promise.all(
    others.map(async (seller) => (await tokens.account(seller).fetch(`/api/sellers/${seller}/orders`)).status),
  )
  expect(new Set(statuses)).toEqual(new Set([200]))
  await expect(tokens.account(OUTDATED).getToken()).rejects.toMatchObject({ code: 'credentials-rejected' })
  expect(simulator.count('createAccessToken')).toBe(sellers.length)

  // In the last day of the week they are renewed in the background, not all at once, and no caller waits.
  const serve = async (seller: string): Promise<{ leftMs: number; isDue: boolean }> => {
    const source = tokens.account(seller)
    const held = await source.getToken()
    const isDue = (await source.status()).state === 'in-window'
    // Joins the renewal that has begun in the background, so that time passes only when it is over.
    if (isDue) await source.getToken({ newerThan: held })
    return { leftMs: (held.expiresAt ?? 0) - clock.now(), isDue }
  }
  await clock.advance(WEEK_MS - 24 * HOUR_MS)
  const perHour: number[] = []
  for (let hour = 0; hour < 6; hour += 1) {
    const served = await Promise.all(others.map(serve))
    expect(Math.min(...served.map(({ leftMs }) => leftMs))).toBeGreaterThan(18 * HOUR_MS)
    perHour.push(served.filter(({ isDue }) => isDue).length)
    await clock.advance(HOUR_MS)
  }
  expect(perHour.reduce((sum, calls) => sum + calls)).toBe(others.length)
  expect(Math.max(...perHour)).toBeLessThan(sellers.length * 0.3)
  expect(simulator.count('createAccessToken')).toBe(sellers.length + others.length)
  expect(market.mostAtOnce()).toBe(8)
  const renewed = await Promise.all(others.map((seller) => tokens.account(seller).getToken()))
  expect(new Set(renewed.map(({ generation }) => generation))).toEqual(new Set([2]))
  expect(new Set(renewed.map((token) => token.reveal())).size).toBe(others.length)
}, 60_000)

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
