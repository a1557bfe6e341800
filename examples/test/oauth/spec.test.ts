// What the spec of examples/oauth gives, against `oidc-provider`, a certified server.
import { createTokenManager } from '@chaveiro/core'
import { browser, CLIENT, type OidcServer, oidcServer } from '@chaveiro/test-servers/oauth'
import { expect, it } from 'vitest'
import { acmeApplicationToken, acmePersonToken } from '../../oauth/acme/provider.ts'

const REDIRECT_URI = 'https://app.example/callback'

function person(server: OidcServer) {
  return createTokenManager({ provider: acmePersonToken({ server: server.url }), credentials: () => CLIENT })
}

/** A person signs in and agrees. */
async function connect(tokens: ReturnType<typeof person>, account: string): Promise<void> {
  const { consent } = tokens.account(account)
  const { url, pending } = await consent.begin({ redirectUri: REDIRECT_URI })
  await consent.finish({ url: await browser().visit(new URL(url), REDIRECT_URI), pending })
}

it('connects a person’s account, refreshes its token and revokes it', async () => {
  await using server = await oidcServer()
  await using tokens = person(server)
  await connect(tokens, 'maria')
  const account = tokens.account('maria')

  const first = await account.getToken()
  await account.reject(first)
  const second = await account.getToken()

  expect(first.scopes).toEqual(['vendors:read'])
  expect(await server.introspect(second.reveal())).toMatchObject({ active: true })
  expect(server.tokenRequests.map(({ grantType, error }) => [grantType, error])).toEqual([
    ['authorization_code', undefined],
    ['refresh_token', undefined],
  ])

  await account.end({ revoke: 'require' })
  expect(await server.introspect(second.reveal())).toEqual({ active: false })
})

it('asks for another consent after a person said no, and after a code was lost', async () => {
  await using server = await oidcServer()
  await using tokens = person(server)

  server.denyNext()
  await expect(connect(tokens, 'maria')).rejects.toMatchObject({ code: 'reauthorization-required', consent: true })
  server.loseNextAnswer()
  await expect(connect(tokens, 'maria')).rejects.toMatchObject({ code: 'reauthorization-required', consent: true })
  await connect(tokens, 'maria')

  expect((await tokens.account('maria').status()).state).toBe('fresh')
})

it('gets a token of the application', async () => {
  await using server = await oidcServer()
  const provider = acmeApplicationToken({ server: server.url })
  await using tokens = createTokenManager({ provider, credentials: () => CLIENT })

  const token = await tokens.account({ tenant: 'shop', scopes: ['vendors:write'] }).getToken()

  expect(await server.introspect(token.reveal())).toMatchObject({ active: true, scope: 'vendors:write' })
})

it('does not send the keys again after the server denied them', async () => {
  await using server = await oidcServer()
  const provider = acmeApplicationToken({ server: server.url })
  const credentials = () => ({ ...CLIENT, clientSecret: 'wrong' })
  await using tokens = createTokenManager({ provider, credentials })
  const account = tokens.account('shop')

  await expect(account.getToken()).rejects.toMatchObject({ code: 'credentials-rejected' })
  await expect(account.getToken()).rejects.toMatchObject({ code: 'credentials-rejected' })
  expect(server.tokenRequests.map(({ error }) => error)).toEqual(['invalid_client'])
})
