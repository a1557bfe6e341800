import { FakeClock, type ProviderWorld, providerConformance } from '@chaveiro/core/testing'
import { createMercadoPago, type MercadoPagoInputs, mercadoPagoProvider } from '@chaveiro/mercado-pago'
import { type MercadoPagoSimulator, simulateMercadoPago } from '@chaveiro/simulator'
import { describe, it } from 'vitest'

describe('Mercado Pago', () => {
  providerConformance({ test: it, open: world })
})

async function world(): Promise<ProviderWorld<MercadoPagoInputs>> {
  const clock = new FakeClock()
  const mercadoPago = simulateMercadoPago({ clock })
  const { clientId, clientSecret = '' } = mercadoPago.credentials
  const credentials = { clientId, clientSecret }
  const seed = await signIn(mercadoPago, credentials)
  const calls = mercadoPago.count('issueToken')
  return {
    provider: mercadoPagoProvider({ server: mercadoPago.url }),
    credentials,
    wrongCredentials: { ...credentials, clientSecret: 'not-the-right-secret' },
    seed,
    apiPath: '/v1/payments/search',
    fetch: mercadoPago.fetch,
    clock,
    control: {
      expireAccessToken: () => clock.advance((mercadoPago.tokens.at(-1)?.access.expiresAt ?? 0) - clock.now()),
      revokeAccessTokens: () => void mercadoPago.revoke(),
      revokeRefreshTokens: () => void mercadoPago.revoke({ which: 'refresh' }),
      reuses: () => mercadoPago.reuses,
      loseNextAnswer: () => void mercadoPago.faults.next({ kind: 'reset', processed: true, operation: 'issueToken' }),
      countTokenCalls: () => mercadoPago.count('issueToken') - calls,
      secrets: () => mercadoPago.revealSecrets(),
    },
  }
}

/** A person agrees, as in an application. What that brings is what each test begins with. */
async function signIn(mercadoPago: MercadoPagoSimulator, credentials: MercadoPagoInputs) {
  let answer = ''
  await using client = createMercadoPago({
    ...credentials,
    server: mercadoPago.url,
    fetch: async (...request) => {
      const response = await mercadoPago.fetch(...request)
      answer = await response.clone().text()
      return response
    },
  })
  const [redirectUri = ''] = mercadoPago.credentials.redirectUris ?? []
  const { url, pending } = await client.consent.begin({ redirectUri })
  await client.consent.finish({ url: await mercadoPago.consent(url, { allow: true }), pending })
  const refreshToken: string = JSON.parse(answer).refresh_token
  return { accessToken: (await client.getToken()).reveal(), refreshToken }
}
