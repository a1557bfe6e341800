import { expect, it } from 'vitest'
import { oauthScene, tokensIn } from './scene.ts'

it('the API answers with whose token it got, until that ends', async () => {
  const { clock, connect, resource, token } = oauthScene()
  const { access_token: value } = await connect()
  expect(await (await resource(value)).json()).toEqual({ client: 'shop:1', account: 'ana', scopes: ['read', 'write'] })
  const own = await tokensIn(await token({ grant_type: 'client_credentials', scope: 'read' }))
  expect(await (await resource(own.access_token)).json()).toEqual({ client: 'shop:1', account: null, scopes: ['read'] })
  clock.advance(3_600_000)
  expect((await resource(value)).status).toBe(401)
})

it('a refusal says what was wrong with the token (RFC 6750 §3)', async () => {
  const { fetch, url, connect, resource } = oauthScene()
  const { refresh_token: value } = await connect()
  const challenge = async (response: Promise<Response>) => {
    const { status, headers } = await response
    return [status, headers.get('www-authenticate')]
  }
  expect(await challenge(fetch(new URL('/resource', url)))).toEqual([401, 'Bearer realm="simulator"'])
  expect(await challenge(resource(value))).toEqual([401, 'Bearer realm="simulator", error="invalid_token"'])
  expect(await challenge(fetch(new URL(`/resource?access_token=${value}`, url)))).toEqual([
    400,
    'Bearer realm="simulator", error="invalid_request"',
  ])
})

it('tokens can be ended at the server, by whose they are', async () => {
  const { oauth, code, exchange, token, resource, authorizationUrl } = oauthScene({ accounts: ['ana', 'rui'] })
  const ana = await tokensIn(await exchange(await code()))
  const callback = new URL(await oauth.consent(authorizationUrl(), { allow: true, account: 'rui' }))
  await tokensIn(await exchange(callback.searchParams.get('code') ?? ''))
  await tokensIn(await token({ grant_type: 'client_credentials' }))
  expect(oauth.revoke({ account: 'ana', which: 'both' })).toBe(2)
  expect((await resource(ana.access_token)).status).toBe(401)
  expect(oauth.expire({ which: 'refresh' })).toBe(1)
  expect(oauth.expire({ clientId: 'shop:1', family: 3, generation: 1 })).toBe(1)
  expect(oauth.tokens.map(({ access, refresh }) => [access.state, refresh?.state])).toEqual([
    ['revoked', 'revoked'],
    ['live', 'expired'],
    ['expired', undefined],
  ])
  expect(oauth.revoke()).toBe(1)
})
