// A client that signs instead of sending a secret (RFC 7523 §2.2), against `oidc-provider`, a certified server.
import { createOAuth } from '@chaveiro/oauth'
import { privateKeyJwt } from '@chaveiro/oauth/assertion'
import { oidcServer } from '@chaveiro/test-servers/oauth'
import { exportJWK, exportPKCS8, generateKeyPair } from 'jose'
import { describe, expect, it } from 'vitest'

const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'] as const
type Algorithm = (typeof ALGORITHMS)[number]

async function signingServer(alg: Algorithm) {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const client = { client_id: 'signer', redirect_uris: [], response_types: [], grant_types: ['client_credentials'] }
  const method = { token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: alg } as const
  const server = await oidcServer({
    clients: [{ ...client, ...method, jwks: { keys: [JSON.parse(JSON.stringify(await exportJWK(publicKey)))] } }],
    enabledJWA: { clientAuthSigningAlgValues: [...ALGORITHMS] },
    clientAuthMethods: ['client_secret_basic', 'private_key_jwt'],
  })
  return { server, privateKey: await exportPKCS8(privateKey) }
}

it.each(ALGORITHMS)('a key for %s gets tokens, one after the other', async (alg) => {
  const { server: open, privateKey } = await signingServer(alg)
  await using server = open
  const client = privateKeyJwt({ alg })
  await using shop = createOAuth({ issuer: server.url.origin, client, clientId: 'signer', privateKey })
  const first = await shop.getToken()
  const second = await shop.getToken({ newerThan: first })
  expect(second.generation).toBe(2)
  expect(server.tokenRequests.map(({ grantType, error }) => error ?? grantType)).toEqual([
    'client_credentials',
    'client_credentials',
  ])
})

it('signs for the token endpoint where nothing names an issuer, or for whom the user says', async () => {
  const { server: open, privateKey } = await signingServer('ES256')
  await using server = open
  for (const audience of [undefined, server.url.origin]) {
    const client = privateKeyJwt({ alg: 'ES256', audience })
    await using shop = createOAuth({ tokenUrl: server.tokenEndpoint, client, clientId: 'signer', privateKey })
    expect((await shop.getToken()).generation).toBe(1)
  }
  const client = privateKeyJwt({ alg: 'ES256', audience: 'https://another.example' })
  await using wrong = createOAuth({ tokenUrl: server.tokenEndpoint, client, clientId: 'signer', privateKey })
  await expect(wrong.getToken()).rejects.toMatchObject({ code: 'credentials-rejected', title: 'invalid_client' })
})

describe('what cannot be meant', () => {
  it.each([
    ['another algorithm', { alg: 'HS256' }, 'Option alg must be one of RS256, PS256, ES256, ES384, EdDSA.'],
    ['a life of nothing', { alg: 'ES256', lifetimeMs: 0 }, 'Option lifetimeMs must be a number of at least 1000.'],
  ])('%s is a TypeError', (_, options, message) => {
    expect(() => Reflect.apply(privateKeyJwt, undefined, [options])).toThrow(new TypeError(message))
  })

  it('a key of another kind is told, and nothing is sent', async () => {
    const { server: open, privateKey } = await signingServer('ES256')
    await using server = open
    const client = privateKeyJwt({ alg: 'RS256' })
    await using shop = createOAuth({ issuer: server.url.origin, client, clientId: 'signer', privateKey })
    await expect(shop.getToken()).rejects.toMatchObject({ code: 'misconfigured' })
    expect(server.tokenRequests).toEqual([])
  })
})
