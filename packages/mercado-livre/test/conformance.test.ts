import { FakeClock, type ProviderWorld, providerConformance } from '@chaveiro/core/testing'
import { createMercadoLivre, type MercadoLivreInputs, mercadoLivreProvider } from '@chaveiro/mercado-livre'
import { type MercadoLivreSimulator, simulateMercadoLivre } from '@chaveiro/simulator'
import { describe, it } from 'vitest'

describe('Mercado Livre', () => {
  providerConformance({ test: it, open: world })
})

async function world(): Promise<ProviderWorld<MercadoLivreInputs>> {
  const clock = new FakeClock()
  const mercadoLivre = simulateMercadoLivre({ clock })
  const { clientId, clientSecret = '' } = mercadoLivre.credentials
  const credentials = { clientId, clientSecret }
  const seed = await signIn(mercadoLivre, credentials)
  const calls = mercadoLivre.count('issueToken')
  return {
    provider: mercadoLivreProvider({ server: mercadoLivre.url }),
    credentials,
    wrongCredentials: { ...credentials, clientSecret: 'not-the-right-secret' },
    seed,
    apiPath: '/users/me',
    fetch: mercadoLivre.fetch,
    clock,
    control: {
      expireAccessToken: () => clock.advance((mercadoLivre.tokens.at(-1)?.access.expiresAt ?? 0) - clock.now()),
      revokeAccessTokens: () => void mercadoLivre.revoke(),
      revokeRefreshTokens: () => void mercadoLivre.revoke({ which: 'refresh' }),
      reuses: () => mercadoLivre.reuses,
      loseNextAnswer: () => void mercadoLivre.faults.next({ kind: 'reset', processed: true, operation: 'issueToken' }),
      countTokenCalls: () => mercadoLivre.count('issueToken') - calls,
      secrets: () => mercadoLivre.revealSecrets(),
    },
  }
}

/** A person agrees, as in an application. What that brings is what each test begins with. */
async function signIn(mercadoLivre: MercadoLivreSimulator, credentials: MercadoLivreInputs) {
  let answer = ''
  await using client = createMercadoLivre({
    ...credentials,
    server: mercadoLivre.url,
    fetch: async (...request) => {
      const response = await mercadoLivre.fetch(...request)
      answer = await response.clone().text()
      return response
    },
  })
  const [redirectUri = ''] = mercadoLivre.credentials.redirectUris ?? []
  const { url, pending } = await client.consent.begin({ redirectUri })
  await client.consent.finish({ url: await mercadoLivre.consent(url, { allow: true }), pending })
  const refreshToken: string = JSON.parse(answer).refresh_token
  return { accessToken: (await client.getToken()).reveal(), refreshToken }
}
