import { checkGrant, defineProvider, expectData, expiry, reveal, seconds } from '@chaveiro/core/provider'
import type { ProviderWorld } from '@chaveiro/core/testing'
import { simulateOAuth } from '@chaveiro/simulator'
import { controlOf } from '@chaveiro/test-servers/control'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import type { Keys } from '../support/simulated-bitize.ts'

const COMPANION = 'companion-of-the-token'

/** A provider whose server says the type of a token, and brings a second one with it. `looksAt`: what of it the provider checks. */
export function oauthWorld(looksAt: readonly ('type' | 'companion')[]): ProviderWorld<Keys> {
  const clock = new FakeClock()
  const oauth = simulateOAuth({
    clock,
    client: 'body',
    grants: ['client_credentials'],
    answer: (body) => ({ ...body, second: { token: COMPANION } }),
  })
  const { clientId, clientSecret = '' } = oauth.credentials
  const credentials = { consumerKey: clientId, secretKey: clientSecret }
  const provider = defineProvider<Keys>({
    id: 'oauth',
    server: oauth.url,
    inputs: {
      consumerKey: { description: 'The client id.', identity: true },
      secretKey: { description: 'Its secret.', secret: true },
    },
    refreshKind: 'none',
    repeat: 'unknown',
    async acquire(io, { consumerKey, secretKey }) {
      const body = new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: consumerKey,
        client_secret: await reveal(secretKey),
      })
      const response = await io.fetch(new URL('/token', oauth.url), { method: 'POST', body })
      const data: Answer | undefined = response.ok ? JSON.parse(await response.text()) : undefined
      const answer = await expectData('/token', Promise.resolve({ response, data }))
      return checkGrant({
        accessToken: answer.access_token,
        expiresAt: expiry(io, seconds(answer.expires_in)),
        ...(looksAt.includes('type') && { tokenType: answer.token_type }),
        secrets: { companion: answer.second?.token },
        ...(looksAt.includes('companion') && { requiredSecrets: ['companion'] }),
      })
    },
  })
  const control = controlOf(oauth, clock)
  return {
    provider,
    credentials,
    wrongCredentials: { ...credentials, secretKey: 'not-the-secret-key' },
    apiPath: '/resource',
    tokenType: '/token_type',
    required: ['/second/token'],
    fetch: oauth.fetch,
    clock,
    control: { ...control, secrets: () => [...control.secrets(), COMPANION] },
  }
}

interface Answer {
  readonly access_token?: unknown
  readonly token_type?: unknown
  readonly expires_in?: unknown
  readonly second?: { readonly token?: unknown }
}
