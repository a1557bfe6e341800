import { describe, expect, it } from 'vitest'
import { basic, errorIn, oauthScene, oauthScenes, tokensIn } from './scene.ts'

describe.each(oauthScenes)('revocation, %s,', (_, scene) => {
  it('ends a refresh token and its access tokens', async () => {
    const { connect, refresh, resource, revoke, close } = await scene()
    const first = await connect()
    const second = await tokensIn(await refresh(first.refresh_token))
    const response = await revoke(second.refresh_token, { token_type_hint: 'refresh_token' })
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect((await refresh(second.refresh_token)).status).toBe(400)
    for (const { access_token: value } of [first, second]) expect((await resource(value)).status).toBe(401)
    await close()
  })

  it('ends an access token alone', async () => {
    const { oauth, connect, revoke, close } = await scene()
    const { access_token: value } = await connect()
    // A hint that is wrong is only slow (RFC 7009 §2.1).
    expect((await revoke(value, { token_type_hint: 'refresh_token' })).status).toBe(200)
    expect(oauth.tokens).toMatchObject([{ access: { state: 'revoked' }, refresh: { state: 'live' } }])
    await close()
  })
})

it('a token that is gone, or never was, counts as revoked', async () => {
  const { connect, revoke } = oauthScene()
  const { access_token: value } = await connect()
  for (const one of [value, value, 'unknown']) expect((await revoke(one)).status).toBe(200)
})

it('of another client is refused', async () => {
  const { oauth, connect, fetch, url, resource } = oauthScene()
  const other = { clientId: 'other', clientSecret: 'secret' }
  oauth.register(other)
  const { access_token: value } = await connect()
  const response = await fetch(new URL('/revoke', url), {
    method: 'POST',
    headers: basic(other),
    body: new URLSearchParams({ token: value }),
  })
  expect(await errorIn(response)).toBe('400 invalid_grant: body.token: issued to another client')
  expect((await resource(value)).status).toBe(200)
})

it.each([
  [{ token_type_hint: 'jwt' }, 'body.token_type_hint: expected access_token or refresh_token'],
  [{ token: undefined }, 'body.token: required, but missing'],
  [{ scope: 'read' }, 'body.scope: not a parameter of this call'],
])('with %j is refused', async (fields, detail) => {
  expect(await errorIn(await oauthScene().revoke('x', fields))).toBe(`400 invalid_request: ${detail}`)
})

it('facts may leave it out', async () => {
  expect((await oauthScene({ revocationPath: false }).revoke('x')).status).toBe(404)
})
