// A client that signs instead of sending a secret (RFC 7523 §2.2), against `oidc-provider`, a certified server.
import { createTokenManager } from '@chaveiro/core'
import { assertionSigner } from '@chaveiro/core/assertion'
import { checkGrant, defineProvider, expiry, reveal, type SecretInput, seconds } from '@chaveiro/core/provider'
import { exportJWK, exportPKCS8, generateKeyPair } from 'jose'
import { expect, it } from 'vitest'
import { type OidcServer, oidcServer } from './support/oidc-server.ts'

interface Inputs {
  clientId: string
  privateKey: SecretInput
}

const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'] as const
type Algorithm = (typeof ALGORITHMS)[number]

const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

const signing = (alg: Algorithm, { tokenEndpoint, url }: OidcServer) => {
  const sign = assertionSigner()
  return defineProvider<Inputs>({
    id: 'signing',
    server: new URL(url),
    refreshKind: 'none',
    repeat: 'unknown',
    inputs: { clientId: { description: 'The client.' }, privateKey: { description: 'Its key.', secret: true } },
    async acquire(io, { clientId, privateKey }) {
      const assertion = await sign(io, {
        alg,
        key: await reveal(privateKey),
        lifetimeMs: 60_000,
        claims: { iss: clientId, sub: clientId, aud: url.origin },
      })
      const form = { grant_type: 'client_credentials', client_assertion_type: TYPE, client_assertion: assertion }
      const response = await io.fetch(tokenEndpoint, { method: 'POST', body: new URLSearchParams(form) })
      if (!response.ok) throw new Error(`The server answered ${response.status}.`)
      const answer: Answer = await response.json()
      return checkGrant({ accessToken: answer.access_token, expiresAt: expiry(io, seconds(answer.expires_in)) })
    },
  })
}

interface Answer {
  readonly access_token: string
  readonly expires_in: number
}

it.each(ALGORITHMS)('a key for %s gets tokens, one after the other', async (alg) => {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const client = { client_id: 'signer', redirect_uris: [], response_types: [], grant_types: ['client_credentials'] }
  const method = { token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: alg } as const
  await using server = await oidcServer({
    clients: [{ ...client, ...method, jwks: { keys: [JSON.parse(JSON.stringify(await exportJWK(publicKey)))] } }],
    enabledJWA: { clientAuthSigningAlgValues: [...ALGORITHMS] },
  })
  const pem = await exportPKCS8(privateKey)
  await using tokens = createTokenManager<Inputs>({
    provider: signing(alg, server),
    credentials: () => ({ clientId: 'signer', privateKey: pem }),
  })
  const first = await tokens.account('one').getToken()
  const second = await tokens.account('one').getToken({ newerThan: first })
  expect(second.generation).toBe(2)
  expect(server.tokenRequests.map(({ grantType, error }) => error ?? grantType)).toEqual([
    'client_credentials',
    'client_credentials',
  ])
})
