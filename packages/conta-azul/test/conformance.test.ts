import { type ContaAzulInputs, contaAzulProvider, createContaAzul } from '@chaveiro/conta-azul'
import { FakeClock, type ProviderWorld, providerConformance } from '@chaveiro/core/testing'
import { type ContaAzulSimulator, simulateContaAzul } from '@chaveiro/simulator'
import { describe, it } from 'vitest'

describe('Conta Azul', () => {
  providerConformance({ test: it, open: world })
})

async function world(): Promise<ProviderWorld<ContaAzulInputs>> {
  const clock = new FakeClock()
  const contaAzul = simulateContaAzul({ clock })
  const { clientId, clientSecret = '' } = contaAzul.credentials
  const credentials = { clientId, clientSecret }
  const seed = await signIn(contaAzul, credentials)
  const calls = contaAzul.count('issueToken')
  return {
    provider: contaAzulProvider({ server: contaAzul.url }),
    credentials,
    wrongCredentials: { ...credentials, clientSecret: 'not-the-right-secret' },
    seed,
    apiPath: '/v1/categorias',
    fetch: contaAzul.fetch,
    clock,
    control: {
      expireAccessToken: () => clock.advance((contaAzul.tokens.at(-1)?.access.expiresAt ?? 0) - clock.now()),
      revokeAccessTokens: () => void contaAzul.revoke(),
      revokeRefreshTokens: () => void contaAzul.revoke({ which: 'refresh' }),
      reuses: () => contaAzul.reuses,
      loseNextAnswer: () => void contaAzul.faults.next({ kind: 'reset', processed: true, operation: 'issueToken' }),
      countTokenCalls: () => contaAzul.count('issueToken') - calls,
      secrets: () => contaAzul.revealSecrets(),
    },
  }
}

/** A person agrees, as in an application. What that brings is what each test begins with. */
async function signIn(contaAzul: ContaAzulSimulator, credentials: ContaAzulInputs) {
  let answer = ''
  await using client = createContaAzul({
    ...credentials,
    server: contaAzul.url,
    fetch: async (...request) => {
      const response = await contaAzul.fetch(...request)
      answer = await response.clone().text()
      return response
    },
  })
  const [redirectUri = ''] = contaAzul.credentials.redirectUris ?? []
  const { url, pending } = await client.consent.begin({ redirectUri })
  await client.consent.finish({ url: await contaAzul.consent(url, { allow: true }), pending })
  const refreshToken: string = JSON.parse(answer).refresh_token
  return { accessToken: (await client.getToken()).reveal(), refreshToken }
}
