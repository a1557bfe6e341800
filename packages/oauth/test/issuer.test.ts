// With nothing but an issuer, against `oidc-provider`, a certified server, which also says who it is in each callback.
import { createOAuth } from '@chaveiro/oauth'
import { authorizationCode } from '@chaveiro/oauth/consent'
import { browser, CLIENT, guardedApi, oidcServer } from '@chaveiro/test-servers/oauth'
import { expect, it } from 'vitest'

const REDIRECT_URI = 'https://app.example/callback'

it('gets a token of the application, calls an API with it, and revokes it', async () => {
  await using server = await oidcServer()
  await using api = await guardedApi(server.introspect)
  await using shop = createOAuth({ issuer: server.url.origin, apiUrl: api.url, scopes: ['vendors:read'], ...CLIENT })
  expect((await shop.fetch('/vendors')).status).toBe(200)
  expect(shop.baseUrl).toBe(api.url.origin)
  const token = await shop.getToken()
  await shop.end({ revoke: 'require' })
  expect(await server.introspect(token.reveal())).toEqual({ active: false })
  expect(server.tokenRequests).toHaveLength(1)
})

it('connects a person’s account, refreshes its token and revokes it', async () => {
  await using server = await oidcServer()
  await using maria = createOAuth({
    issuer: server.url.origin,
    grant: authorizationCode({ pkce: 'required' }),
    scopes: ['vendors:read'],
    account: 'maria',
    ...CLIENT,
  })
  const { url, pending } = await maria.consent.begin({ redirectUri: REDIRECT_URI })
  const callback = await browser().visit(new URL(url), REDIRECT_URI)
  expect(callback.searchParams.get('iss')).toBe(server.url.origin)

  const silent = new URL(callback)
  silent.searchParams.delete('iss')
  await expect(maria.consent.finish({ url: silent, pending })).rejects.toMatchObject({ code: 'misconfigured' })
  await maria.consent.finish({ url: callback, pending })

  const first = await maria.getToken()
  const second = await maria.getToken({ newerThan: first })
  expect(await server.introspect(second.reveal())).toMatchObject({ active: true, scope: 'vendors:read' })
  expect(server.tokenRequests.map(({ grantType, error }) => error ?? grantType)).toEqual([
    'authorization_code',
    'refresh_token',
  ])
  await maria.end({ revoke: 'require' })
  expect(await server.introspect(second.reveal())).toEqual({ active: false })
})

it('goes on with a refresh token that came from elsewhere', async () => {
  await using server = await oidcServer()
  await using shop = createOAuth({ issuer: server.url.origin, grant: 'refresh_token', ...CLIENT })
  const { refreshToken } = await server.signIn()
  await shop.seed({ accessToken: 'not-known', refreshToken, expiresAt: 0 })
  expect(await server.introspect((await shop.getToken()).reveal())).toMatchObject({ active: true })
})

it('refreshes for a program that cannot keep a secret', async () => {
  await using server = await oidcServer({
    clients: [
      {
        client_id: 'program',
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        redirect_uris: ['http://127.0.0.1/callback'],
        response_types: ['code'],
        grant_types: ['authorization_code', 'refresh_token'],
      },
    ],
    pkce: { required: () => true },
  })
  const grant = authorizationCode()
  const program = { client: 'none', clientId: 'program', scopes: ['vendors:read'] } as const
  await using desk = createOAuth({ issuer: server.url.origin, grant, ...program })
  const redirectUri = 'http://127.0.0.1:4242/callback'
  const { url, pending } = await desk.consent.begin({ redirectUri })
  await desk.consent.finish({ url: await browser().visit(new URL(url), redirectUri), pending })
  const first = await desk.getToken()
  expect((await desk.getToken({ newerThan: first })).generation).toBe(2)
})
