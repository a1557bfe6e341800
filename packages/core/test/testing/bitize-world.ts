import type { Grant } from '@chaveiro/core/provider'
import type { ProviderWorld } from '@chaveiro/core/testing'
import { type BitizeSimulatorOptions, simulateBitize } from '@chaveiro/simulator'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import type { ProviderChanges } from '../support/provider-changes.ts'
import { bitizeProvider, type Keys } from '../support/simulated-bitize.ts'

const WRONG_KEY = 'not-the-secret-key'

export interface WorldChanges {
  provider?: ProviderChanges<Keys>
  simulator?: BitizeSimulatorOptions
  world?: Partial<ProviderWorld<Keys>>
  /** The server's answer to wrong keys. @default the simulator's 400 */
  refusal?: () => Response
  /** A person signs in: `acquire` is taken away. */
  person?: boolean
  /** The API is on a host of its own, and the simulator's host has none. */
  apiOrigin?: string
}

/** A provider written by hand, over the simulator, to which `POST /revoke` is added. */
export async function bitizeWorld(changes: WorldChanges = {}): Promise<ProviderWorld<Keys>> {
  const { person = false } = changes
  const clock = new FakeClock()
  const bitize = simulateBitize({ clock, ...changes.simulator })
  const { consumerKey, secretKey } = bitize.credentials
  const calls = () => bitize.count('authenticate') + bitize.count('refreshAccessToken')
  const seed = person ? await signIn(bitize.fetch, bitize.url, bitize.credentials) : undefined
  const before = calls()
  const provider = bitizeProvider(bitize.url, { ...(person && { acquire: undefined }), ...changes.provider })
  return {
    provider,
    credentials: { consumerKey, secretKey },
    wrongCredentials: { consumerKey, secretKey: WRONG_KEY },
    seed,
    apiPath: '/vendors',
    apiOrigin: changes.apiOrigin,
    clock,
    async fetch(input, init) {
      const request = new Request(input, init)
      const { pathname, search, origin } = new URL(request.url)
      const isApi = pathname === '/vendors'
      if (changes.apiOrigin !== undefined && isApi !== (origin === changes.apiOrigin)) {
        return new Response(null, { status: 404 })
      }
      if (origin === changes.apiOrigin)
        return bitize.fetch(new Request(new URL(pathname + search, bitize.url), request))
      if (changes.refusal && (await request.clone().text()).includes(WRONG_KEY)) {
        await bitize.fetch(request)
        return changes.refusal()
      }
      if (pathname !== '/revoke') return bitize.fetch(request)
      return new Response(null, { status: bitize.revoke() > 0 ? 204 : 404 })
    },
    control: {
      expireAccessToken: () => clock.advance((bitize.tokens.at(-1)?.access.expiresAt ?? 0) - clock.now()),
      revokeAccessTokens: () => void bitize.revoke(),
      revokeRefreshTokens: () => void bitize.revoke({ which: 'refresh' }),
      loseNextAnswer(phase) {
        const operation = phase === 'acquire' ? 'authenticate' : 'refreshAccessToken'
        bitize.faults.next({ kind: 'reset', processed: true, operation })
      },
      countTokenCalls: () => calls() - before,
      reuses: () => bitize.reuses,
      secrets: () => bitize.revealSecrets(),
    },
    ...changes.world,
  }
}

async function signIn(
  fetch: ProviderWorld<Keys>['fetch'],
  url: URL,
  keys: { consumerKey: string; secretKey: string },
): Promise<Grant> {
  const response = await fetch(new URL('/auth', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ consumer_key: keys.consumerKey, secret_key: keys.secretKey }),
  })
  const answer: Record<string, string> = JSON.parse(await response.text())
  return { accessToken: answer['access_token'] ?? '', refreshToken: answer['refresh_token'] }
}
