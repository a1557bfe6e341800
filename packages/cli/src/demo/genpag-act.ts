import { createTokenManager } from '@chaveiro/core'
import { createGenpag, genpagProvider } from '@chaveiro/genpag'
import { simulateGenpag } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { type Act, codes, PATIENCE, request, type Scene } from './act.ts'
import { DAY, travellingClock } from './travelling-clock.ts'

const CROWD = 1_000
const SELLERS = 200

/** Genpag: a permanent refresh token buys access tokens of one week, for one seller or many. */
export async function genpagAct(): Promise<Act> {
  const clock = travellingClock()
  const simulator = simulateGenpag({ clock })
  const server = await listen(simulator)
  const { sellerId, refreshToken } = simulator.credentials
  const genpag = createGenpag({ server: server.url, sellerId, refreshToken, clock, ...PATIENCE })
  const orders = (callers: number): Promise<string> => request(genpag.fetch, `/api/sellers/${sellerId}/orders`, callers)

  const scenes: readonly Scene[] = [
    {
      title: 'the refresh token obtains a token',
      expect: { callers: 1, tokenCalls: { acquire: 1 }, apiCalls: 1 },
      play: () => orders(1),
    },
    {
      title: '8 days later: all wait for one call',
      expect: { callers: CROWD, tokenCalls: { acquire: 1 }, apiCalls: CROWD },
      play() {
        clock.travel(8 * DAY)
        return orders(CROWD)
      },
    },
    {
      title: '401 for all: one new token, all resent',
      expect: { callers: CROWD, tokenCalls: { acquire: 1 }, apiCalls: 2 * CROWD },
      play() {
        simulator.revoke()
        return orders(CROWD)
      },
    },
    {
      title: `${SELLERS} sellers, each with its own token`,
      expect: { callers: SELLERS, tokenCalls: { acquire: SELLERS }, apiCalls: SELLERS },
      async play() {
        await using market = createTokenManager({
          provider: genpagProvider({ server: server.url }),
          credentials: ({ tenant }) => ({ sellerId: tenant, refreshToken: `key of ${tenant}`.replaceAll(' ', '-') }),
          clock,
          ...PATIENCE,
        })
        const sellers = Array.from({ length: SELLERS }, (_, index) => `seller-${index}`)
        for (const seller of sellers) simulator.register({ sellerId: seller, refreshToken: `key-of-${seller}` })
        const answers = await Promise.all(
          sellers.map((seller) => request(market.account(seller).fetch, `/api/sellers/${seller}/orders`)),
        )
        return `${answers.filter((answer) => answer === '200').length} × 200`
      },
    },
    {
      title: 'a replaced key: one call, one error',
      expect: { callers: 3, tokenCalls: { acquire: 1 }, apiCalls: 0 },
      async play() {
        await using stranger = createGenpag({
          server: server.url,
          sellerId,
          refreshToken: 'an-old-key',
          clock,
          ...PATIENCE,
        })
        return await codes(() => stranger.getToken(), 3)
      },
    },
  ]
  return {
    provider: 'genpag',
    title: 'Genpag',
    url: server.url,
    scenes,
    counts: () => ({
      tokenCalls: { acquire: simulator.count('createAccessToken') },
      apiCalls: simulator.count('listOrders'),
    }),
    async [Symbol.asyncDispose]() {
      await genpag.close()
      await server.close()
    },
  }
}
