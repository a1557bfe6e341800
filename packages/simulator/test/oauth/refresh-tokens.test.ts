import { describe, expect, it } from 'vitest'
import type { OAuthRefreshTokenFacts } from '../../src/index.ts'
import { basic, errorIn, oauthScene, oauthScenes, tokensIn } from './scene.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

describe.each(oauthScenes)('a refresh token, %s,', (_, scene) => {
  it('is replaced at each use, and one that comes back ends the whole family', async () => {
    const { oauth, connect, refresh, resource, close } = await scene()
    const other = await connect()
    const first = await connect()
    const second = await tokensIn(await refresh(first.refresh_token))
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect((await resource(first.access_token)).status).toBe(200)

    expect(await errorIn(await refresh(first.refresh_token))).toBe('400 invalid_grant: body.refresh_token: spent')

    expect(oauth.reuses).toBe(1)
    expect(await errorIn(await refresh(second.refresh_token))).toBe('400 invalid_grant: body.refresh_token: revoked')
    expect((await resource(second.access_token)).status).toBe(401)
    // Another consent of the same person is another family.
    await tokensIn(await refresh(other.refresh_token))
    await close()
  })

  it('of two refreshes at once one is the second', async () => {
    const { connect, refresh, close } = await scene({ refreshToken: { reuse: 'reject' } })
    const { refresh_token: value } = await connect()
    const statuses = (await Promise.all([refresh(value), refresh(value)])).map(({ status }) => status)
    expect(new Set(statuses)).toEqual(new Set([200, 400]))
    await close()
  })
})

const world = (refreshToken: OAuthRefreshTokenFacts) => oauthScene({ refreshToken })

it('a spent one may cost no more than a refusal', async () => {
  const { oauth, connect, refresh } = world({ reuse: 'reject' })
  const first = await connect()
  const second = await tokensIn(await refresh(first.refresh_token))
  expect(await errorIn(await refresh(first.refresh_token))).toContain('spent')
  await tokensIn(await refresh(second.refresh_token))
  expect(oauth.reuses).toBe(1)
})

it('one that is never replaced stays good, and does not come again', async () => {
  const { connect, refresh, clock } = world({ rotation: 'never' })
  const { refresh_token: value } = await connect()
  for (let day = 0; day < 3; day += 1) {
    expect(await tokensIn(await refresh(value))).not.toHaveProperty('refresh_token')
    clock.advance(DAY_MS)
  }
})

it('one for n uses is spent after them', async () => {
  const { oauth, connect, refresh } = world({ rotation: 'never', uses: 2, reuse: 'reject' })
  const { refresh_token: value } = await connect()
  await tokensIn(await refresh(value))
  expect(oauth.tokens[0]?.refresh?.state).toBe('live')
  await tokensIn(await refresh(value))
  expect(oauth.tokens[0]?.refresh?.state).toBe('spent')
  expect(await errorIn(await refresh(value))).toContain('spent')
})

it('within its grace a spent one is accepted, and brings another', async () => {
  const { oauth, connect, refresh, clock } = world({ graceMs: MINUTE_MS })
  const { refresh_token: value } = await connect()
  const first = await tokensIn(await refresh(value))
  clock.advance(MINUTE_MS - 1)
  const second = await tokensIn(await refresh(value))
  expect(second.refresh_token).not.toBe(first.refresh_token)
  clock.advance(1)
  expect(await errorIn(await refresh(value))).toContain('spent')
  expect(oauth.reuses).toBe(1)
})

it.each(['always', 'never'] as const)(
  'idle time ends it, and a use begins it again, with rotation %s',
  async (rotation) => {
    const { connect, refresh, clock } = world({ rotation, idleMs: 30 * DAY_MS })
    let { refresh_token: value } = await connect()
    for (let month = 0; month < 3; month += 1) {
      clock.advance(30 * DAY_MS - 1)
      value = (await tokensIn(await refresh(value))).refresh_token ?? value
    }
    clock.advance(30 * DAY_MS)
    expect(await errorIn(await refresh(value))).toContain('expired')
  },
)

it.each(['always', 'never'] as const)('an absolute end comes whatever was used, with rotation %s', async (rotation) => {
  const { connect, refresh, clock } = world({ rotation, idleMs: 30 * DAY_MS, absoluteMs: 50 * DAY_MS })
  let { refresh_token: value } = await connect()
  clock.advance(29 * DAY_MS)
  value = (await tokensIn(await refresh(value))).refresh_token ?? value
  clock.advance(21 * DAY_MS)
  expect(await errorIn(await refresh(value))).toContain('expired')
})

it.each(['always', 'never'] as const)('a field says when it ends, with rotation %s', async (rotation) => {
  const { connect, refresh, clock } = world({ rotation, idleMs: DAY_MS, expiresInField: 'refresh_expires_in' })
  const first = await connect()
  clock.advance(DAY_MS / 2)
  const second = await tokensIn(await refresh(first.refresh_token))
  expect([first, second]).toMatchObject([{ refresh_expires_in: 86_400 }, { refresh_expires_in: 86_400 }])
})

it('a scope may be needed for one, or nothing brings one', async () => {
  const facts = { scopes: ['read', 'offline_access'] }
  const asking = oauthScene({ ...facts, refreshToken: { withScope: 'offline_access' } })
  const without = await tokensIn(await asking.exchange(await asking.code({ scope: 'read' })))
  expect(without).not.toHaveProperty('refresh_token')
  expect(await asking.connect()).toHaveProperty('refresh_token')
  expect(await oauthScene({ refreshToken: false }).connect()).not.toHaveProperty('refresh_token')
})

it('a refresh may ask for less, and the next one for all again (RFC 6749 §6)', async () => {
  const { connect, refresh } = oauthScene()
  const first = await connect()
  const second = await tokensIn(await refresh(first.refresh_token, { scope: 'read' }))
  const third = await tokensIn(await refresh(second.refresh_token))
  expect([first.scope, second.scope, third.scope]).toEqual(['read write', 'read', 'read write'])
})

it('a refresh for more is refused, and spends nothing', async () => {
  const { code, exchange, refresh } = oauthScene()
  const { refresh_token: value } = await tokensIn(await exchange(await code({ scope: 'read' })))
  expect(await errorIn(await refresh(value, { scope: 'read write' }))).toContain('400 invalid_scope')
  await tokensIn(await refresh(value))
})

it('a refresh token is good for its own client, at its own endpoint, and no access token is one', async () => {
  const { oauth, connect, refresh, token, fetch, url } = oauthScene({ refreshPath: '/refresh' })
  const other = { clientId: 'other', clientSecret: 'secret' }
  oauth.register(other)
  const { refresh_token: value, access_token: access } = await connect()
  expect(await errorIn(await refresh(value))).toContain('400 unsupported_grant_type')
  const at = (refreshToken: string, client: typeof other) =>
    fetch(new URL('/refresh', url), {
      method: 'POST',
      headers: basic(client),
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    })
  expect(await errorIn(await at(value, other))).toContain('issued to another client')
  expect((await at(access, { clientId: 'shop:1', clientSecret: 'p%40ss w+rd/=&?~é' })).status).toBe(400)
  await tokensIn(await at(value, { clientId: 'shop:1', clientSecret: 'p%40ss w+rd/=&?~é' }))
  expect(oauth.count('refreshToken')).toBe(3)
  expect((await token({ grant_type: 'client_credentials' })).status).toBe(200)
})

it.each([
  ['kept', ['live', 'live', 'live']],
  ['ended', ['live', 'revoked', 'live']],
] as const)('earlier access tokens of the same account are %s', async (earlierAccessTokens, states) => {
  const { oauth, connect, refresh, token } = oauthScene({ earlierAccessTokens })
  await tokensIn(await token({ grant_type: 'client_credentials' }))
  const first = await connect()
  await tokensIn(await refresh(first.refresh_token))
  expect(oauth.tokens.map(({ access }) => access.state)).toEqual(states)
})

it.each([0, -1, 1.5])('%d uses are not possible', (uses) => {
  expect(() => world({ uses })).toThrow('refreshToken.uses: expected a whole number above 0, or Infinity')
})
