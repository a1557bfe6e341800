// Against `oidc-provider`, a certified server: it rotates refresh tokens, and revokes everything when one comes back.
import { inspect } from 'node:util'
import { type OAuthProviderOptions, oauthProvider, type TokenOptions } from '@chaveiro/oauth'
import { CLIENT, guardedApi, type OidcServer, oidcServer } from '@chaveiro/test-servers/oauth'
import { describe, expect, it } from 'vitest'
import { account } from './support/account.ts'

const HOUR = 3_600_000
const MINUTE = 60_000

function provider(
  server: OidcServer,
  options: TokenOptions & Pick<OAuthProviderOptions, 'grant' | 'client'> = {},
): ReturnType<typeof oauthProvider> {
  const { tokenEndpoint, revocationEndpoint } = server
  return oauthProvider({
    id: 'shop',
    tokenUrl: tokenEndpoint,
    revocationUrl: revocationEndpoint,
    grant: 'refresh_token',
    ...options,
  })
}

describe('client credentials', () => {
  it.each(['client_secret_basic', 'client_secret_post'] as const)('obtain a token by %s', async (method) => {
    await using server = await oidcServer(
      method === 'client_secret_post' ? { clientDefaults: { token_endpoint_auth_method: method } } : {},
    )
    const scopes = ['vendors:read', 'vendors:write']
    const options = { grant: 'client_credentials', client: method, scopes } as const
    await using shop = account(provider(server, options), () => CLIENT)
    const token = await shop.source.getToken()
    expect(token.scopes).toEqual(scopes)
    expect(token.expiresAt).toBe(shop.clock.now() + HOUR)
    expect(await server.introspect(token.reveal())).toMatchObject({ active: true, scope: scopes.join(' ') })
  })

  it('cost one token request, however many ask at once', async () => {
    await using server = await oidcServer()
    await using shop = account(provider(server, { grant: 'client_credentials' }), () => CLIENT)
    const tokens = await Promise.all(Array.from({ length: 100 }, () => shop.source.getToken()))
    expect(new Set(tokens.map((token) => token.reveal())).size).toBe(1)
    expect(server.tokenRequests).toMatchObject([{ grantType: 'client_credentials', error: undefined }])
  })

  it('are used again for the next token, and no caller notices that an answer was lost', async () => {
    await using server = await oidcServer()
    await using shop = account(provider(server, { grant: 'client_credentials' }), () => CLIENT)
    const first = await shop.source.getToken()
    await shop.clock.advance(HOUR)
    server.loseNextAnswer()
    const second = await shop.source.getToken()
    expect(second.reveal()).not.toBe(first.reveal())
    expect(server.tokenRequests).toHaveLength(3)
    expect(shop.events.filter(({ type }) => type === 'refresh.failed')).toEqual([])
  })
})

describe('refresh tokens', () => {
  it('are rotated over the generations, and none is sent twice [RP02]', async () => {
    await using server = await oidcServer()
    await using shop = account(provider(server), () => CLIENT)
    const signedIn = await server.signIn()
    await shop.source.seed({ ...signedIn, expiresAt: shop.clock.now() + HOUR })
    const seen = [signedIn.accessToken]
    for (let generation = 2; generation <= 6; generation += 1) {
      await shop.clock.advance(HOUR)
      const token = await shop.source.getToken()
      expect(token.generation).toBe(generation)
      expect(await server.introspect(token.reveal())).toMatchObject({ active: true, scope: 'vendors:read' })
      seen.push(token.reveal())
    }
    expect(new Set(seen).size).toBe(6)
    expect(server.tokenRequests.map(({ error }) => error)).toEqual(Array(5).fill(undefined))
    expect(new Set(server.tokenRequests.map(({ refreshToken }) => refreshToken)).size).toBe(5)
    expect(server.tokenRequests[0]?.refreshToken).toBe(signedIn.refreshToken)
    expect(server.reuses).toEqual([])
  })

  it('are spent once, however many find the access token expired', async () => {
    await using server = await oidcServer()
    await using shop = account(provider(server), () => CLIENT)
    await shop.source.seed({ ...(await server.signIn()), expiresAt: shop.clock.now() + HOUR })
    await shop.clock.advance(HOUR)
    const tokens = await Promise.all(Array.from({ length: 100 }, () => shop.source.getToken()))
    expect(new Set(tokens.map((token) => token.reveal())).size).toBe(1)
    expect(server.tokenRequests).toHaveLength(1)
    expect(server.reuses).toEqual([])
  })

  it('ask for a person when the server refuses them, after one call [FA06]', async () => {
    await using server = await oidcServer()
    await using shop = account(provider(server), () => CLIENT)
    await shop.source.seed({ accessToken: 'ended', refreshToken: 'unknown-to-the-server', expiresAt: shop.clock.now() })
    for (let call = 0; call < 10; call += 1) {
      await expect(shop.source.getToken()).rejects.toMatchObject({
        code: 'reauthorization-required',
        action: 'reauthorize',
      })
      await shop.clock.advance(6 * MINUTE)
    }
    expect(server.tokenRequests).toMatchObject([{ grantType: 'refresh_token', error: 'invalid_grant' }])
    expect((await shop.source.status()).state).toBe('reauthorization-required')
    expect(shop.events.filter(({ type }) => type === 'reauthorization.required')).toHaveLength(1)

    await shop.clock.advance(6 * HOUR)
    await expect(shop.source.getToken()).rejects.toMatchObject({ code: 'reauthorization-required' })
    expect(server.tokenRequests).toHaveLength(2)

    await shop.source.seed({ ...(await server.signIn()), expiresAt: shop.clock.now() })
    expect((await server.introspect((await shop.source.getToken()).reveal())).active).toBe(true)
  })

  it('survive a client that the server does not know, and nothing else is tried with it [FA08]', async () => {
    await using server = await oidcServer()
    let client = { ...CLIENT, clientSecret: 'out-of-date' }
    // A provider that could also obtain a token without a person.
    const both = { ...provider(server, { grant: 'client_credentials' }), ...provider(server) }
    await using shop = account(both, () => client)
    await shop.source.seed({ ...(await server.signIn()), expiresAt: shop.clock.now() })
    const failed: unknown = await shop.source.getToken().catch((error: unknown) => error)
    expect(failed).toMatchObject({ code: 'credentials-rejected', action: 'reauthorize', status: 401 })
    expect(inspect(failed, { depth: null, showHidden: true })).not.toContain('out-of-date')
    expect(server.tokenRequests).toMatchObject([{ grantType: 'refresh_token', error: 'invalid_client' }])
    expect((await shop.source.status()).state).toBe('credentials-rejected')

    client = CLIENT // the right secret is put into the vault
    await shop.clock.advance(MINUTE)
    await shop.source.getToken()
    expect(server.tokenRequests.slice(1)).toMatchObject([{ grantType: 'refresh_token', error: undefined }])
  })
})

describe('a lost answer to a refresh', () => {
  it('is not asked for again while the old token lives, and then once, visibly', async () => {
    await using server = await oidcServer()
    await using shop = account(provider(server), () => CLIENT)
    await shop.source.seed({ ...(await server.signIn()), expiresAt: shop.clock.now() + HOUR })
    await shop.clock.advance(HOUR - 20_000)
    server.loseNextAnswer()
    const old = await shop.source.getToken()
    expect(old.generation).toBe(1)
    await shop.clock.advance(10_000)
    expect((await shop.source.getToken()).generation).toBe(1)
    expect(server.tokenRequests).toHaveLength(1)

    // A server that detects reuse sees one here: it cannot know that no client got the answer.
    await shop.clock.advance(10 * MINUTE)
    await expect(shop.source.getToken()).rejects.toMatchObject({ code: 'reauthorization-required' })
    expect(server.tokenRequests.map(({ error }) => error)).toEqual([undefined, 'invalid_grant'])
    expect(server.reuses).toHaveLength(1)
    expect(shop.events.filter(({ type }) => type === 'refresh.resent')).toHaveLength(1)
  })

  it('costs a person, not the server’s trust, with resendUnknown: never', async () => {
    await using server = await oidcServer()
    await using shop = account(provider(server), () => CLIENT, { resendUnknown: 'never' })
    await shop.source.seed({ ...(await server.signIn()), expiresAt: shop.clock.now() })
    server.loseNextAnswer()
    await expect(shop.source.getToken()).rejects.toMatchObject({ code: 'unavailable' })
    await shop.clock.advance(10 * MINUTE)
    await expect(shop.source.getToken()).rejects.toMatchObject({ code: 'reauthorization-required' })
    expect(server.tokenRequests).toHaveLength(1)
    expect(server.reuses).toEqual([])
  })

  it('is asked for again where the server does not rotate', async () => {
    await using server = await oidcServer({ rotateRefreshToken: false })
    await using shop = account(provider(server, { rotation: 'never' }), () => CLIENT)
    await shop.source.seed({ ...(await server.signIn()), expiresAt: shop.clock.now() })
    server.loseNextAnswer()
    await expect(shop.source.getToken()).rejects.toMatchObject({ code: 'unavailable' })
    await shop.clock.advance(MINUTE)
    const token = await shop.source.getToken()
    expect((await server.introspect(token.reveal())).active).toBe(true)
    expect(server.tokenRequests.map(({ error }) => error)).toEqual([undefined, undefined])
  })
})

describe('an API that asks the server about each token', () => {
  it('accepts it, and gets the next one when it has been ended', async () => {
    await using server = await oidcServer()
    await using api = await guardedApi(server.introspect)
    const options = { grant: 'client_credentials', scopes: ['vendors:read', 'vendors:write'] } as const
    await using shop = account(provider(server, options), () => CLIENT, { alsoSendTo: [api.url] })
    expect((await shop.source.fetch(new URL('/vendors', api.url))).status).toBe(200)

    const body = JSON.stringify({ name: 'Padaria São João' })
    await server.endAccessToken((await shop.source.getToken()).reveal())
    const response = await shop.source.fetch(new URL('/vendors', api.url), { method: 'POST', body })
    expect(response.status).toBe(200)
    expect(api.requests).toEqual([
      { method: 'GET', status: 200, body: '' },
      { method: 'POST', status: 401, body },
      { method: 'POST', status: 200, body },
    ])
    expect(server.tokenRequests).toHaveLength(2)
  })

  it('gets the next one by one refresh, however many are refused', async () => {
    await using server = await oidcServer()
    await using api = await guardedApi(server.introspect)
    await using shop = account(provider(server), () => CLIENT, { alsoSendTo: [api.url] })
    const signedIn = await server.signIn()
    await shop.source.seed({ ...signedIn, expiresAt: shop.clock.now() + HOUR })
    await server.endAccessToken(signedIn.accessToken)
    const read = () => shop.source.fetch(new URL('/vendors', api.url))
    const responses = await Promise.all(Array.from({ length: 20 }, read))
    expect(responses.map(({ status }) => status)).toEqual(Array(20).fill(200))
    expect(server.tokenRequests).toMatchObject([{ grantType: 'refresh_token', error: undefined }])
    expect(server.reuses).toEqual([])
  })

  it('is not asked again where the token has too little scope: another would have no more', async () => {
    await using server = await oidcServer()
    await using api = await guardedApi(server.introspect)
    const options = { grant: 'client_credentials', scopes: ['vendors:read'] } as const
    await using shop = account(provider(server, options), () => CLIENT, { alsoSendTo: [api.url] })
    const response = await shop.source.fetch(new URL('/vendors', api.url), { method: 'POST', body: '{}' })
    expect(response.status).toBe(403)
    expect([api.requests.length, server.tokenRequests.length]).toEqual([1, 1])
  })
})

describe('the end of an account', () => {
  it('ends its tokens at the server too', async () => {
    await using server = await oidcServer()
    await using shop = account(provider(server), () => CLIENT)
    const signedIn = await server.signIn()
    await shop.source.seed({ ...signedIn, expiresAt: shop.clock.now() + HOUR })
    expect((await server.introspect(signedIn.accessToken)).active).toBe(true)
    await shop.source.end({ revoke: 'require' })
    expect((await server.introspect(signedIn.accessToken)).active).toBe(false)
    expect((await server.introspect(signedIn.refreshToken)).active).toBe(false)
    await expect(shop.source.getToken()).rejects.toMatchObject({ code: 'reauthorization-required' })
  })

  it('is fine with a token that the server has never heard of', async () => {
    await using server = await oidcServer()
    await using shop = account(provider(server), () => CLIENT)
    await shop.source.seed({ accessToken: 'unknown-to-the-server', refreshToken: 'likewise' })
    await shop.source.end({ revoke: 'require' })
    expect((await shop.source.status()).state).toBe('absent')
    expect(shop.events).toMatchObject([{ type: 'ended' }])
  })

  it('keeps the token when the server does not take the client’s word, and that was required', async () => {
    await using server = await oidcServer()
    await using shop = account(provider(server), () => ({ ...CLIENT, clientSecret: 'out-of-date' }))
    await shop.source.seed({ ...(await server.signIn()), expiresAt: shop.clock.now() + HOUR })
    await expect(shop.source.end({ revoke: 'require' })).rejects.toMatchObject({ code: 'misconfigured' })
    expect((await shop.source.status()).state).toBe('fresh')
  })
})
