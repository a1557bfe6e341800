import { FakeClock, type ProviderWorld, providerConformance } from '@chaveiro/core/testing'
import { simulateTiny, type TinySimulator } from '@chaveiro/simulator'
import { createTiny, type TinyInputs, tinyProvider } from '@chaveiro/tiny'
import { describe, it } from 'vitest'

describe('Tiny', () => {
  providerConformance({ test: it, open: world })
})

async function world(): Promise<ProviderWorld<TinyInputs>> {
  const clock = new FakeClock()
  const tiny = simulateTiny({ clock })
  const { clientId, clientSecret = '' } = tiny.credentials
  const credentials = { clientId, clientSecret }
  const seed = await signIn(tiny, credentials)
  const calls = tiny.count('issueToken')
  return {
    provider: tinyProvider({ server: tiny.url }),
    credentials,
    wrongCredentials: { ...credentials, clientSecret: 'not-the-right-secret' },
    seed,
    apiPath: '/info',
    fetch: tiny.fetch,
    clock,
    control: {
      expireAccessToken: () => clock.advance((tiny.tokens.at(-1)?.access.expiresAt ?? 0) - clock.now()),
      revokeAccessTokens: () => void tiny.revoke(),
      revokeRefreshTokens: () => void tiny.revoke({ which: 'refresh' }),
      reuses: () => tiny.reuses,
      loseNextAnswer: () => void tiny.faults.next({ kind: 'reset', processed: true, operation: 'issueToken' }),
      countTokenCalls: () => tiny.count('issueToken') - calls,
      secrets: () => tiny.revealSecrets(),
    },
  }
}

/** A person agrees, as in an application. What that brings is what each test begins with. */
async function signIn(tiny: TinySimulator, credentials: TinyInputs) {
  let answer = ''
  await using client = createTiny({
    ...credentials,
    server: tiny.url,
    fetch: async (...request) => {
      const response = await tiny.fetch(...request)
      answer = await response.clone().text()
      return response
    },
  })
  const [redirectUri = ''] = tiny.credentials.redirectUris ?? []
  const { url, pending } = await client.consent.begin({ redirectUri })
  await client.consent.finish({ url: await tiny.consent(url, { allow: true }), pending })
  const refreshToken: string = JSON.parse(answer).refresh_token
  return { accessToken: (await client.getToken()).reveal(), refreshToken }
}
