import { type BlingInputs, blingProvider, createBling } from '@chaveiro/bling'
import { FakeClock, type ProviderWorld, providerConformance } from '@chaveiro/core/testing'
import { type BlingSimulator, simulateBling } from '@chaveiro/simulator'
import { describe, it } from 'vitest'

describe('Bling', () => {
  providerConformance({ test: it, open: world })
})

async function world(): Promise<ProviderWorld<BlingInputs>> {
  const clock = new FakeClock()
  const bling = simulateBling({ clock })
  const { clientId, clientSecret = '' } = bling.credentials
  const credentials = { clientId, clientSecret }
  const seed = await signIn(bling, credentials)
  const calls = bling.count('issueToken')
  return {
    provider: blingProvider({ server: bling.url }),
    credentials,
    wrongCredentials: { ...credentials, clientSecret: 'not-the-right-secret' },
    seed,
    apiPath: '/contatos',
    fetch: bling.fetch,
    clock,
    control: {
      expireAccessToken: () => clock.advance((bling.tokens.at(-1)?.access.expiresAt ?? 0) - clock.now()),
      revokeAccessTokens: () => void bling.revoke(),
      revokeRefreshTokens: () => void bling.revoke({ which: 'refresh' }),
      reuses: () => bling.reuses,
      loseNextAnswer: () => void bling.faults.next({ kind: 'reset', processed: true, operation: 'issueToken' }),
      countTokenCalls: () => bling.count('issueToken') - calls,
      secrets: () => bling.revealSecrets(),
    },
  }
}

/** A person agrees, as in an application. What that brings is what each test begins with. */
async function signIn(bling: BlingSimulator, credentials: BlingInputs) {
  let answer = ''
  await using client = createBling({
    ...credentials,
    server: bling.url,
    fetch: async (...request) => {
      const response = await bling.fetch(...request)
      answer = await response.clone().text()
      return response
    },
  })
  const [redirectUri = ''] = bling.credentials.redirectUris ?? []
  const { url, pending } = await client.consent.begin({ redirectUri })
  await client.consent.finish({ url: await bling.consent(url, { allow: true }), pending })
  const refreshToken: string = JSON.parse(answer).refresh_token
  return { accessToken: (await client.getToken()).reveal(), refreshToken }
}
