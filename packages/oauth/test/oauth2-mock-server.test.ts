// Against `oauth2-mock-server`, which answers whatever a server might: what is sent, and how each answer is read.
import { type OAuthProviderOptions, oauthProvider, type TokenOptions } from '@chaveiro/oauth'
import { guardedApi, type MockServer, type MutableResponse, mockServer } from '@chaveiro/test-servers/oauth'
import { describe, expect, it } from 'vitest'
import { account } from './support/account.ts'

const HOUR = 3_600_000
const CLIENT = { clientId: 'loja:1', clientSecret: 'maçã & pêra+100%' }

function provider(
  server: MockServer,
  options: TokenOptions & Pick<OAuthProviderOptions, 'grant' | 'client'> = {},
): ReturnType<typeof oauthProvider> {
  const { tokenEndpoint, revocationEndpoint } = server
  return oauthProvider({
    id: 'shop',
    tokenUrl: tokenEndpoint,
    revocationUrl: revocationEndpoint,
    grant: 'client_credentials',
    ...options,
  })
}

/** Changes fields of an answer; `undefined` leaves them out. */
const withFields =
  (fields: Record<string, unknown>) =>
  (answer: MutableResponse): void => {
    Object.assign(answer.body, fields)
  }

const failing =
  (statusCode: number, error: string) =>
  (answer: MutableResponse): void => {
    Object.assign(answer, { statusCode, body: { error, error_description: 'as the test wants it' } })
  }

describe('a token request', () => {
  it('carries the client in the header, both parts encoded as a form encodes them (RFC 6749 §2.3.1)', async () => {
    await using server = await mockServer()
    await using shop = account(provider(server, { scopes: ['vendors:read', 'vendors:write'] }), () => CLIENT)
    await shop.source.getToken()
    expect(server.tokenRequests).toEqual([
      {
        authorization: `Basic ${btoa('loja%3A1:ma%C3%A7%C3%A3+%26+p%C3%AAra%2B100%25')}`,
        contentType: 'application/x-www-form-urlencoded',
        form: { grant_type: 'client_credentials', scope: 'vendors:read vendors:write' },
      },
    ])
  })

  it('carries the client in the body where the server wants it there, and not in the header as well', async () => {
    await using server = await mockServer()
    await using shop = account(provider(server, { client: 'client_secret_post' }), () => CLIENT)
    await shop.source.getToken()
    expect(server.tokenRequests).toMatchObject([
      {
        authorization: undefined,
        form: { grant_type: 'client_credentials', client_id: 'loja:1', client_secret: 'maçã & pêra+100%' },
      },
    ])
  })

  it('is made once, however many ask at once', async () => {
    await using server = await mockServer()
    await using shop = account(provider(server), () => CLIENT)
    await Promise.all(Array.from({ length: 100 }, () => shop.source.getToken()))
    expect(server.tokenRequests).toHaveLength(1)
  })

  it('refreshes without a scope, which asks for all that was granted', async () => {
    await using server = await mockServer()
    await using shop = account(provider(server, { grant: 'refresh_token', scopes: ['vendors:read'] }), () => CLIENT)
    await shop.source.seed({ accessToken: 'first', refreshToken: 'r1', expiresAt: shop.clock.now() })
    await shop.source.getToken()
    expect(server.tokenRequests[0]?.form).toEqual({ grant_type: 'refresh_token', refresh_token: 'r1' })
  })
})

describe('an API that checks signatures', () => {
  it('accepts the token', async () => {
    await using server = await mockServer()
    await using api = await guardedApi(server.guard)
    const options = { scopes: ['vendors:read', 'vendors:write'] }
    await using shop = account(provider(server, options), () => CLIENT, { alsoSendTo: [api.url] })
    const body = JSON.stringify({ name: 'Padaria São João' })
    const response = await shop.source.fetch(new URL('/vendors', api.url), { method: 'POST', body })
    expect(response.status).toBe(200)
    expect(api.requests).toEqual([{ method: 'POST', status: 200, body }])
  })
})

describe('the type of a token', () => {
  it.each(['Bearer', 'bearer', 'BEARER', undefined])('is understood as %s [FA11]', async (token_type) => {
    await using server = await mockServer()
    server.answerNext(withFields({ token_type }))
    await using shop = account(provider(server), () => CLIENT)
    expect((await shop.source.getToken()).generation).toBe(1)
  })

  it.each(['mac', 'DPoP'])('is refused as %s: it cannot be used as a bearer token [FA11]', async (token_type) => {
    await using server = await mockServer()
    server.answerNext(withFields({ token_type }))
    await using shop = account(provider(server, { grant: 'refresh_token' }), () => CLIENT)
    await shop.source.seed({ accessToken: 'first', refreshToken: 'r1', expiresAt: shop.clock.now() })
    await expect(shop.source.getToken()).rejects.toMatchObject({ code: 'malformed-response' })
    expect((await shop.source.status()).state).toBe('misconfigured')
  })
})

describe('the end of a token', () => {
  it.each([
    ['a number', 1800, {}, HOUR / 2],
    ['a numeric string', '1800', {}, HOUR / 2],
    ['left out, where the server documents its default', undefined, { lifetimeMs: 2 * HOUR }, 2 * HOUR],
    ['nonsense, where the server documents its default', 'soon', { lifetimeMs: 2 * HOUR }, 2 * HOUR],
  ])('is known from %s', async (_, expires_in, options, lifeMs) => {
    await using server = await mockServer()
    server.answerNext(withFields({ expires_in }))
    await using shop = account(provider(server, options), () => CLIENT)
    expect((await shop.source.getToken()).expiresAt).toBe(shop.clock.now() + lifeMs)
  })

  it('is not known where nothing tells: the token is used until the API refuses it', async () => {
    await using server = await mockServer()
    server.answerNext(withFields({ expires_in: undefined }))
    await using shop = account(provider(server), () => CLIENT)
    const token = await shop.source.getToken()
    expect(token.expiresAt).toBeUndefined()
    await shop.clock.advance(1000 * HOUR)
    expect(await shop.source.getToken()).toBe(token)
    await shop.source.reject(token)
    expect((await shop.source.getToken()).generation).toBe(2)
  })

  it('is not guessed from nonsense', async () => {
    await using server = await mockServer()
    // A success that cannot be read is a lost answer, and a lost acquire is repeated once.
    server.answerNext(withFields({ expires_in: 'soon' }), withFields({ expires_in: 'later' }))
    await using shop = account(provider(server), () => CLIENT)
    await expect(shop.source.getToken()).rejects.toMatchObject({ code: 'malformed-response' })
    expect(server.tokenRequests).toHaveLength(2)
  })
})

describe('a refresh', () => {
  it.each([undefined, null, ''])(
    'keeps the refresh token when the answer has %s for one [RP01, RP03]',
    async (refresh_token) => {
      await using server = await mockServer()
      server.answerNext(withFields({ refresh_token }), withFields({ refresh_token: 'r2' }))
      await using shop = account(provider(server, { grant: 'refresh_token' }), () => CLIENT)
      await shop.source.seed({ accessToken: 'first', refreshToken: 'r1', expiresAt: shop.clock.now() })
      for (let generation = 2; generation <= 4; generation += 1) {
        expect((await shop.source.getToken()).generation).toBe(generation)
        await shop.clock.advance(HOUR)
      }
      expect(server.tokenRequests.map(({ form }) => form['refresh_token'])).toEqual(['r1', 'r1', 'r2'])
    },
  )

  it('that grants less shows it, and one that says nothing changes nothing [RP15]', async () => {
    await using server = await mockServer()
    server.answerNext(
      withFields({ scope: 'vendors:read' }),
      withFields({ scope: undefined }),
      withFields({ scope: '' }),
    )
    await using shop = account(provider(server, { grant: 'refresh_token' }), () => CLIENT)
    const scopes = ['vendors:read', 'vendors:write']
    await shop.source.seed({ accessToken: 'first', refreshToken: 'r1', expiresAt: shop.clock.now() + HOUR, scopes })
    expect((await shop.source.getToken()).scopes).toEqual(scopes)
    for (let generation = 2; generation <= 4; generation += 1) {
      await shop.clock.advance(HOUR)
      expect((await shop.source.getToken()).scopes).toEqual(['vendors:read'])
    }
  })
})

describe('an error of the token endpoint', () => {
  it.each([
    [400, 'invalid_grant', 'reauthorization-required'],
    [403, 'invalid_grant', 'reauthorization-required'],
    [400, 'invalid_client', 'credentials-rejected'],
    [401, 'invalid_client', 'credentials-rejected'],
    [400, 'unauthorized_client', 'credentials-rejected'],
    [403, 'unauthorized_client', 'credentials-rejected'],
    [400, 'unsupported_grant_type', 'misconfigured'],
    [400, 'invalid_scope', 'misconfigured'],
    [400, 'invalid_request', 'misconfigured'],
    [400, 'something_of_its_own', 'reauthorization-required'],
    [500, 'invalid_grant', 'unavailable'],
  ])('%i %s to a refresh means %s, and costs one call', async (status, error, code) => {
    await using server = await mockServer()
    server.answerNext(failing(status, error))
    await using shop = account(provider(server, { grant: 'refresh_token' }), () => CLIENT)
    await shop.source.seed({ accessToken: 'first', refreshToken: 'r1', expiresAt: shop.clock.now() })
    await expect(shop.source.getToken()).rejects.toMatchObject({ code, title: error, status })
    expect(server.tokenRequests).toHaveLength(1)
  })

  it.each([
    [400, 'invalid_grant', 'credentials-rejected'],
    [401, 'invalid_client', 'credentials-rejected'],
    [400, 'invalid_scope', 'misconfigured'],
  ])('%i %s to client credentials means %s', async (status, error, code) => {
    await using server = await mockServer()
    server.answerNext(failing(status, error))
    await using shop = account(provider(server), () => CLIENT)
    await expect(shop.source.getToken()).rejects.toMatchObject({ code, title: error })
    expect(server.tokenRequests).toHaveLength(1)
  })
})

describe('a revocation', () => {
  it('that the server cannot do right now is told, and the account is ended anyway', async () => {
    await using server = await mockServer()
    server.answerRevocations(503)
    await using shop = account(provider(server), () => CLIENT)
    await shop.source.getToken()
    await shop.source.end()
    expect(shop.events.at(-1)).toMatchObject({ type: 'ended', code: 'unavailable' })
    expect((await shop.source.status()).state).toBe('absent')
  })
})
