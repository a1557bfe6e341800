import { FakeClock, type ProviderWorld, providerConformance } from '@chaveiro/core/testing'
import { createMelhorEnvio, type MelhorEnvioInputs, melhorEnvioProvider } from '@chaveiro/melhor-envio'
import { type MelhorEnvioSimulator, simulateMelhorEnvio } from '@chaveiro/simulator'
import { describe, it } from 'vitest'

describe('Melhor Envio', () => {
  providerConformance({ test: it, open: world })
})

async function world(): Promise<ProviderWorld<MelhorEnvioInputs>> {
  const clock = new FakeClock()
  const melhorEnvio = simulateMelhorEnvio({ clock })
  const { clientId, clientSecret = '' } = melhorEnvio.credentials
  const credentials = { clientId, clientSecret, userAgent: 'Loja Azul (dev@loja.example)' }
  const seed = await signIn(melhorEnvio, credentials)
  const calls = melhorEnvio.count('issueToken')
  return {
    provider: melhorEnvioProvider({ server: melhorEnvio.url }),
    credentials,
    wrongCredentials: { ...credentials, clientSecret: 'not-the-right-secret' },
    seed,
    apiPath: '/api/v2/me',
    fetch: melhorEnvio.fetch,
    clock,
    control: {
      expireAccessToken: () => clock.advance((melhorEnvio.tokens.at(-1)?.access.expiresAt ?? 0) - clock.now()),
      revokeAccessTokens: () => void melhorEnvio.revoke(),
      revokeRefreshTokens: () => void melhorEnvio.revoke({ which: 'refresh' }),
      reuses: () => melhorEnvio.reuses,
      loseNextAnswer: () => void melhorEnvio.faults.next({ kind: 'reset', processed: true, operation: 'issueToken' }),
      countTokenCalls: () => melhorEnvio.count('issueToken') - calls,
      secrets: () => melhorEnvio.revealSecrets(),
    },
  }
}

/** A person agrees, as in an application. What that brings is what each test begins with. */
async function signIn(melhorEnvio: MelhorEnvioSimulator, credentials: MelhorEnvioInputs) {
  let answer = ''
  await using client = createMelhorEnvio({
    ...credentials,
    server: melhorEnvio.url,
    fetch: async (...request) => {
      const response = await melhorEnvio.fetch(...request)
      answer = await response.clone().text()
      return response
    },
  })
  const [redirectUri = ''] = melhorEnvio.credentials.redirectUris ?? []
  const { url, pending } = await client.consent.begin({ redirectUri })
  await client.consent.finish({ url: await melhorEnvio.consent(url, { allow: true }), pending })
  const refreshToken: string = JSON.parse(answer).refresh_token
  return { accessToken: (await client.getToken()).reveal(), refreshToken }
}
