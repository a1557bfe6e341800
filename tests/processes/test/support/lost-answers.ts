import type { Market } from './market.ts'

const ROUNDS = 5
// Longer than any pause after a failure.
const BETWEEN_MS = 600_000

/**
 * Accounts lose the answer to their refresh, others push them out of memory, and all ask again. How often the refresh
 * token that was sent most often was sent.
 */
export async function lostAnswers(market: Market, { accounts, others }: Record<'accounts' | 'others', number>) {
  const { clock, simulator } = market
  const names = Array.from({ length: accounts }, (_, index) => `lost-${index}`)
  simulator.faults.next({
    kind: 'reset',
    processed: true,
    operation: 'refreshAccessToken',
    times: Number.POSITIVE_INFINITY,
  })
  for (const name of names) {
    await signIn(market, name)
    await clock.run(market.ask(name))
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let other = 0; other < others; other += 1) await clock.run(market.ask(`other-${other}`))
    await clock.advance(BETWEEN_MS)
    for (const name of names) await clock.run(market.ask(name))
  }
  return market.mostSent()
}

/** With a token that has ended, so that the account refreshes as soon as it is asked. */
async function signIn({ clock, simulator, manager }: Market, tenant: string): Promise<void> {
  const { consumerKey, secretKey } = simulator.credentials
  const response = await simulator.fetch(new URL('/auth', simulator.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ consumer_key: consumerKey, secret_key: secretKey }),
  })
  const { access_token: accessToken, refresh_token: refreshToken } = await response.json()
  // A process that has no room for one more says so, and takes none.
  await manager
    .account(tenant)
    .seed({ accessToken, refreshToken, expiresAt: clock.now() + 1 })
    .catch(() => {})
  await clock.advance(1_000)
}
