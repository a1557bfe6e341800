import type { Fetch } from '@chaveiro/core'
import type { Grant } from '@chaveiro/core/provider'
import { FakeClock, type ProviderWorld } from '@chaveiro/core/testing'
import { type OAuthInputs, type OAuthProviderOptions, oauthProvider } from '@chaveiro/oauth'
import { type OAuthSimulator, type OAuthSimulatorOptions, simulateOAuth } from '@chaveiro/simulator'

const CLIENT = { clientId: 'shop:1', clientSecret: 'secret of+the/shop=&%' }
const REDIRECT_URI = 'http://127.0.0.1/callback'

/** What is tried: how the server behaves, and how the provider is told about it. */
export interface Trial {
  readonly server?: OAuthSimulatorOptions
  readonly options?: Pick<OAuthProviderOptions, 'grant' | 'client' | 'content' | 'rotation' | 'graceMs' | 'header'>
  /** By its document, or by its URLs. */
  readonly by?: 'issuer' | 'urls'
}

/** The provider at a simulated server, for the conformance suite. */
export async function oauthWorld({
  server = {},
  options = {},
  by = 'issuer',
}: Trial): Promise<ProviderWorld<OAuthInputs>> {
  const clock = new FakeClock()
  const credentials = { ...CLIENT, redirectUris: [REDIRECT_URI] }
  const simulator = simulateOAuth({ clock, credentials, pkce: 'supported', state: 'optional', ...server })
  const { url } = simulator
  const place =
    by === 'issuer'
      ? { issuer: url.origin }
      : { tokenUrl: new URL('/token', url), revocationUrl: new URL('/revoke', url) }
  const isPerson = options.grant !== undefined
  return {
    provider: oauthProvider({ ...place, apiUrl: url, ...options }),
    credentials: CLIENT,
    wrongCredentials: { ...CLIENT, clientSecret: 'not-the-secret' },
    apiPath: '/resource',
    fetch: withDocument(simulator),
    clock,
    ...(isPerson && { seed: await signIn(simulator) }),
    control: {
      expireAccessToken: () => clock.advance((simulator.tokens.at(-1)?.access.expiresAt ?? 0) - clock.now()),
      revokeAccessTokens: () => void simulator.revoke(),
      ...(isPerson && { revokeRefreshTokens: () => void simulator.revoke({ which: 'refresh' }) }),
      loseNextAnswer: () => void simulator.faults.next({ kind: 'reset', processed: true, operation: 'issueToken' }),
      countTokenCalls: () => simulator.count('issueToken') - (isPerson ? 1 : 0),
      reuses: () => simulator.reuses,
      secrets: () => simulator.revealSecrets(),
    },
  }
}

/** The simulator has no document of its own. */
function withDocument({ url, fetch }: OAuthSimulator): Fetch {
  const document = {
    issuer: url.origin,
    token_endpoint: new URL('/token', url),
    revocation_endpoint: new URL('/revoke', url),
  }
  return async (input, init) => {
    const request = new Request(input, init)
    const isDocument = new URL(request.url).pathname === '/.well-known/openid-configuration'
    return isDocument ? Response.json(document) : fetch(request)
  }
}

/** A person agrees, elsewhere. */
async function signIn(simulator: OAuthSimulator): Promise<Grant> {
  const page = new URL('/authorize', simulator.url)
  const query = { response_type: 'code', client_id: CLIENT.clientId, redirect_uri: REDIRECT_URI }
  page.search = new URLSearchParams(query).toString()
  const callback = new URL(await simulator.consent(page, { allow: true }))
  const code = callback.searchParams.get('code') ?? ''
  const [name, password] = [CLIENT.clientId, CLIENT.clientSecret].map((text) =>
    new URLSearchParams([['', text]]).toString().slice(1),
  )
  const response = await simulator.fetch(new URL('/token', simulator.url), {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${name}:${password}`)}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI }),
  })
  const { access_token: accessToken, refresh_token: refreshToken } = await response.json()
  return { accessToken, refreshToken }
}
