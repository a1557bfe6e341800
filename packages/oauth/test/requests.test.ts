// What leaves for options that the other tests don't use.
import { FakeClock } from '@chaveiro/core/testing'
import { createOAuth } from '@chaveiro/oauth'
import { authorizationCode } from '@chaveiro/oauth/consent'
import { describe, expect, it } from 'vitest'
import { type StandardServer, standardServer } from './support/standard-server.ts'

const CLIENT = { clientId: 'shop', clientSecret: 'the-secret-of-the-shop' }

describe('the token endpoint', () => {
  it.each(['/token/', '/token?tenant=7', '/token?at=/', '/a%20b/token'])(
    'is called at %s as it is written',
    async (path) => {
      await using server = await standardServer()
      server.put(path, { body: { access_token: 'access-1', expires_in: 3600 } })
      await using shop = createOAuth({ tokenUrl: `${server.url.origin}${path}`, ...CLIENT })
      expect((await shop.getToken()).reveal()).toBe('access-1')
      expect(server.paths()).toEqual([path])
    },
  )

  it('gets JSON where the server wants it', async () => {
    await using server = await standardServer()
    await using shop = createOAuth({ ...at(server), content: 'json', client: 'client_secret_post' })
    await shop.getToken()
    const [request] = server.received
    expect(request?.headers['content-type']).toBe('application/json')
    expect(JSON.parse(request?.body ?? '')).toEqual({
      grant_type: 'client_credentials',
      client_id: 'shop',
      client_secret: 'the-secret-of-the-shop',
    })
  })

  it('gets the audience, the resource (RFC 8707) and further fields', async () => {
    await using server = await standardServer()
    const tokenParameters = { account_id: 'loja 7' }
    const options = { audience: 'orders', resource: 'https://api.example/v1', tokenParameters, scopes: ['a', 'b'] }
    await using shop = createOAuth({ ...at(server), ...options, account: { tenant: 'shop', scopes: ['c', 'a'] } })
    await shop.getToken()
    expect(fields(server)).toEqual({
      grant_type: 'client_credentials',
      scope: 'a b c',
      audience: 'orders',
      resource: 'https://api.example/v1',
      account_id: 'loja 7',
    })
  })

  it('gets refresh tokens elsewhere, where the server takes them there', async () => {
    await using server = await standardServer()
    server.put('/renew', { body: { access_token: 'access-9', expires_in: 60 } })
    const refreshUrl = new URL('/renew', server.url)
    await using shop = createOAuth({ ...at(server), refreshUrl, grant: 'refresh_token', resource: 'urn:orders' })
    await shop.seed({ accessToken: 'old', refreshToken: 'refresh-1', expiresAt: 0 })
    expect((await shop.getToken()).reveal()).toBe('access-9')
    expect(fields(server)).toEqual({ grant_type: 'refresh_token', refresh_token: 'refresh-1', resource: 'urn:orders' })
    expect(server.paths()).toEqual(['/renew'])
  })
})

it('the page that asks a person gets the audience and the resource, and the exchange the resource', async () => {
  await using server = await standardServer()
  const options = { audience: 'orders', resource: 'https://api.example/v1', scopes: ['read'] }
  const url = new URL('/authorize?brand=blue', server.url)
  await using shop = createOAuth({ ...at(server), ...options, grant: authorizationCode({ url, pkce: 'unsupported' }) })
  const redirectUri = 'https://app.example/callback/audience'
  const begun = await shop.consent.begin({ redirectUri })
  const { state, ...query } = Object.fromEntries(new URL(begun.url).searchParams)
  expect(query).toEqual({
    brand: 'blue',
    audience: 'orders',
    resource: 'https://api.example/v1',
    response_type: 'code',
    client_id: 'shop',
    redirect_uri: redirectUri,
    scope: 'read',
  })
  await shop.consent.finish({ url: `${redirectUri}?code=c0de&state=${state}`, pending: begun.pending })
  expect(fields(server)).toEqual({
    grant_type: 'authorization_code',
    code: 'c0de',
    redirect_uri: redirectUri,
    resource: 'https://api.example/v1',
  })
})

describe('requests of the API', () => {
  it.each([
    ['another header', { name: 'X-Api-Token', scheme: '' }, 'x-api-token', 'access-1'],
    ['another word', { scheme: 'Token' }, 'authorization', 'Token access-1'],
    ['a header with the usual word', { name: 'X-Token' }, 'x-token', 'Bearer access-1'],
  ])('carry the token in %s', async (_, header, name, value) => {
    await using server = await standardServer()
    await using api = await standardServer()
    api.put('/v1/orders', { body: [] })
    await using shop = createOAuth({ ...at(server), apiUrl: new URL('/v1', api.url), header })
    expect((await shop.fetch('/orders')).status).toBe(200)
    expect(api.received[0]?.headers[name]).toBe(value)
  })

  it('go nowhere else than to the API and the server that were chosen', async () => {
    await using server = await standardServer()
    await using shop = createOAuth({ ...at(server), apiUrl: 'https://api.example' })
    await expect(shop.fetch('https://evil.example/orders')).rejects.toMatchObject({ code: 'origin' })
    expect(server.received).toEqual([])
  })
})

describe('the scopes of a token', () => {
  it.each([
    ['what the answer says', { scope: 'read' }, ['read']],
    ['what was asked for, where the answer leaves them out (RFC 6749 §5.1)', {}, ['read', 'write']],
  ])('are %s', async (_, answer, expected) => {
    await using server = await standardServer()
    server.put('/token', { body: { access_token: 'access-1', expires_in: 60, ...answer } })
    await using shop = createOAuth({ ...at(server), scopes: ['read', 'write'] })
    expect((await shop.getToken()).scopes).toEqual(expected)
  })

  it('are what the person was asked for, where the answer to the exchange leaves them out', async () => {
    await using server = await standardServer()
    const grant = authorizationCode({ url: new URL('/authorize', server.url) })
    await using shop = createOAuth({ ...at(server), grant, scopes: ['read'] })
    const redirectUri = 'https://app.example/callback/scopes'
    const { url, pending } = await shop.consent.begin({ redirectUri, scopes: ['stock'] })
    const state = new URL(url).searchParams.get('state')
    await shop.consent.finish({ url: `${redirectUri}?code=c0de&state=${state}`, pending })
    expect((await shop.getToken()).scopes).toEqual(['stock', 'read'])
  })
})

describe('the end of a token', () => {
  it('is what lifetimeMs says where the answer says none, and of a refresh token what the answer or idle time says', async () => {
    await using server = await standardServer()
    server.put('/token', { body: { access_token: 'access-1', refresh_token: 'refresh-2', refresh_expires_in: 1800 } })
    const clock = new FakeClock()
    const now = clock.now()
    const options = { grant: 'refresh_token', lifetimeMs: 600_000, refreshTokenIdleMs: 3_600_000 } as const
    await using shop = createOAuth({ ...at(server), ...options, clock })
    await shop.seed({ accessToken: 'old', refreshToken: 'refresh-1', expiresAt: 0 })
    await shop.getToken()
    expect(await shop.status()).toMatchObject({ expiresAt: now + 600_000, refreshExpiresAt: now + 1_800_000 })
  })
})

function at(server: StandardServer) {
  return { tokenUrl: new URL('/token', server.url), ...CLIENT }
}

/** The form that arrived last. */
function fields(server: StandardServer): Readonly<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(server.received.at(-1)?.body))
}
