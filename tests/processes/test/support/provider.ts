import { type BitizeSimulator, simulateBitize } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import type { FleetClock } from './fleet-clock.ts'
import type { FleetProvider } from './fleet-provider.ts'
import { mostSent } from './most-sent.ts'

/** An access token lives this long. Its refresh window is then the last 50 s, its margin the last 10 s. */
export const LIFE_MS = 100_000

/**
 * The provider of these tests, over real HTTP: refresh tokens are used once, and one that comes back ends its family,
 * the hardest that the simulator can be. Nothing here may make it milder.
 */
export interface Provider extends FleetProvider {
  readonly simulator: BitizeSimulator
  /** Token calls received so far, answered or not. A person's own sign-in isn't counted. */
  calls(): number
  /** Families that the server ended because a spent refresh token came back. */
  endedFamilies(): number
  /** How often the refresh token that was sent most often was sent. */
  mostSent(): number
  /** How often an access token came that had ended. One that the server revoked does not count. */
  expiredPresented(): number
  /** A person signs in; brings what `seed()` takes. */
  signIn(): Promise<{ accessToken: string; refreshToken: string; expiresAt: number }>
}

export async function startProvider(clock: FleetClock): Promise<Provider> {
  const simulator = simulateBitize({
    clock: { now: () => clock.now() },
    accessTokenLifetimeMs: LIFE_MS,
    rotation: 'single-use',
    reuse: 'revoke-family',
  })
  const server = await listen(simulator)
  let byPersons = 0
  return {
    simulator,
    settings: {
      id: 'bitize',
      server: server.url.href,
      inputs: simulator.credentials,
      tokenPath: '/auth',
      apiPath: '/vendors',
    },
    issuedAt: () => simulator.tokens.at(-1)?.issuedAt ?? clock.now() - LIFE_MS,
    calls: () => simulator.count('authenticate') + simulator.count('refreshAccessToken') - byPersons,
    endedFamilies() {
      const ended = simulator.tokens.filter(({ refresh }) => refresh.state === 'revoked')
      return new Set(ended.map(({ family }) => family)).size
    },
    mostSent: () => mostSent(simulator, 'refreshAccessToken'),
    expiredPresented() {
      const expired = simulator.tokens.filter(({ access }) => access.state === 'expired')
      const names = new Set(expired.map(({ family, generation }) => `${family}.${generation}`))
      return simulator.requests.filter(
        ({ operation, status, token }) =>
          operation === 'listVendors' && status === 401 && token && names.has(`${token.family}.${token.generation}`),
      ).length
    },
    async signIn() {
      byPersons += 1
      const { consumerKey, secretKey } = simulator.credentials
      const response = await simulator.fetch(new URL('/auth', simulator.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ consumer_key: consumerKey, secret_key: secretKey }),
      })
      const pair = await response.json()
      return {
        accessToken: pair.access_token,
        refreshToken: pair.refresh_token,
        expiresAt: Date.parse(pair.expiration_access_token),
      }
    },
    [Symbol.asyncDispose]: () => server.close(),
  }
}
