import { describe, expect, it } from 'vitest'
import { basic, errorIn, oauthScene, oauthScenes, tokensIn, VERIFIER } from './scene.ts'

describe.each(oauthScenes)('a code, %s,', (_, scene) => {
  it('is good for one exchange; a second one revokes what the first gave', async () => {
    const { oauth, code, exchange, resource, refresh, close } = await scene()
    const value = await code()
    const tokens = await tokensIn(await exchange(value))
    expect((await resource(tokens.access_token)).status).toBe(200)
    const { refresh_token: next } = await tokensIn(await refresh(tokens.refresh_token))

    expect(await errorIn(await exchange(value))).toBe(
      '400 invalid_grant: body.code: used before, so what it gave is revoked',
    )

    expect((await resource(tokens.access_token)).status).toBe(401)
    expect(await errorIn(await refresh(next))).toBe('400 invalid_grant: body.refresh_token: revoked')
    expect(oauth.tokens.map(({ access, refresh: one }) => [access.state, one?.state])).toEqual([
      ['revoked', 'revoked'],
      ['revoked', 'revoked'],
    ])
    await close()
  })

  it('that is exchanged by two at once gives nothing in the end', async () => {
    const { oauth, code, exchange, close } = await scene()
    const value = await code()
    const statuses = (await Promise.all([exchange(value), exchange(value)])).map(({ status }) => status)
    expect(new Set(statuses)).toEqual(new Set([200, 400]))
    expect(oauth.tokens.map(({ access }) => access.state)).toEqual(['revoked'])
    await close()
  })
})

it('a code ends after a minute, or when the facts say so', async () => {
  for (const [facts, lifetimeMs] of [
    [{}, 60_000],
    [{ codeLifetimeMs: 600_000 }, 600_000],
  ] as const) {
    const { clock, code, exchange } = oauthScene(facts)
    const [first, second] = [await code(), await code()]
    clock.advance(lifetimeMs - 1)
    await tokensIn(await exchange(first))
    clock.advance(1)
    expect(await errorIn(await exchange(second))).toBe('400 invalid_grant: body.code: expired')
  }
})

it.each([
  ['an unknown code', { code: 'code-0' }, 'invalid_grant: body.code: unknown, or issued to another client'],
  [
    'another verifier',
    { code_verifier: VERIFIER.toLowerCase() },
    'invalid_grant: body.code: issued for another code_ver',
  ],
  ['no verifier', { code_verifier: undefined }, 'invalid_grant: body.code: issued for another code_verifier'],
  ['a verifier that cannot be one', { code_verifier: 'short' }, 'invalid_request: body.code_verifier: expected 43'],
  ['no redirect URI', { redirect_uri: undefined }, 'invalid_request: body.redirect_uri: required, but missing'],
  ['no code', { code: undefined }, 'invalid_request: body.code: required, but missing'],
  ['scopes', { scope: 'read' }, 'invalid_request: body.scope: not a parameter of this call'],
])('an exchange with %s is refused, and the code stays good', async (_, fields, error) => {
  const { code, exchange } = oauthScene()
  const value = await code()
  expect(await errorIn(await exchange(value, fields))).toContain(`400 ${error}`)
  await tokensIn(await exchange(value))
})

it('a verifier where there was no challenge is refused (RFC 9700 §2.1.1)', async () => {
  const { code, exchange } = oauthScene({ pkce: 'supported' })
  const value = await code({ code_challenge: undefined, code_challenge_method: undefined })
  expect(await errorIn(await exchange(value))).toContain('400 invalid_grant: body.code: issued for another')
  await tokensIn(await exchange(value, { code_verifier: undefined }))
})

it('a code is good for the client that asked only', async () => {
  const { oauth, code, exchange, token } = oauthScene()
  const other = { clientId: 'other', clientSecret: 'secret' }
  oauth.register(other)
  const value = await code()
  const stolen = {
    grant_type: 'authorization_code',
    code: value,
    redirect_uri: 'https://app.example/callback?from=shop',
  }
  expect(await errorIn(await token(stolen, basic(other)))).toContain('issued to another client')
  await tokensIn(await exchange(value))
})
