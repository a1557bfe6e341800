import { afterEach, describe, expect, it } from 'vitest'
import { simulateAssineOnline } from '../../src/index.ts'
import { assineScenes, createStage, objectOf, readSession } from './scene.ts'

const HOUR_MS = 3_600_000
const HEX_40 = /^[0-9a-f]{40}$/

const INVALID_GRANT = {
  type: 'http://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html',
  title: 'invalid_grant',
  status: 401,
  detail: 'Invalid username and password combination',
}

describe.each(assineScenes)('a session, %s', (_, openScene) => {
  const { scene, close } = createStage(openScene)
  afterEach(close)

  it('begins with a user name and a password, sent as JSON by the application app [A21, A22, A20]', async () => {
    const { client } = await scene()
    const body = await objectOf(await client.login(), 200)
    expect(body).toEqual({
      access_token: expect.stringMatching(HEX_40),
      expires_in: '3600',
      token_type: 'Bearer',
      scope: '',
      refresh_token: expect.stringMatching(HEX_40),
    })
  })

  it.each([
    ['number', HOUR_MS, 3_600],
    ['string', 86_400_000, '86400'],
  ] as const)('tells its life in seconds as a %s [A22]', async (expiresIn, sessionLifetimeMs, expected) => {
    const { client } = await scene({ expiresIn, sessionLifetimeMs })
    expect(await objectOf(await client.login(), 200)).toMatchObject({ expires_in: expected })
  })

  it('does not begin with a wrong password or for an unknown user, and each try is counted [A23]', async () => {
    const { assine, client } = await scene()
    const { username } = assine.credentials
    for (const account of [{ password: 'wrong' }, { password: 'wrong again' }, { username: 'unknown@example.com' }]) {
      const refused = await client.login(account)
      expect([refused.status, await refused.json()]).toEqual([401, INVALID_GRANT])
    }
    expect(assine.tokens).toEqual([])
    expect([assine.wrongPasswords(username), assine.wrongPasswords(), assine.wrongPasswords('x')]).toEqual([2, 3, 0])
  })

  it('begins after any number of wrong passwords: whether accounts lock is undocumented', async () => {
    const { client } = await scene()
    for (let attempt = 0; attempt < 20; attempt += 1) await client.login({ password: 'wrong' })
    expect((await client.login()).status).toBe(200)
  })

  it.each([
    [{ grant_type: 'refresh_token' }, 'body.grant_type'],
    [{ client_id: 'another' }, 'body.client_id'],
    [{ client_secret: 'another' }, 'client_secret'],
    [{ username: 7 }, 'body.username'],
  ])('does not begin with %o [A21]', async (others, field) => {
    const { assine, client } = await scene()
    const refused = await client.login({}, others)
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { title: 'Bad Request', status: 400, detail: expect.stringContaining(field) },
    ])
    expect([assine.tokens, assine.wrongPasswords()]).toEqual([[], 0])
  })

  it('does not begin with a form [A21]', async () => {
    const { client } = await scene()
    const refused = await client.send('/oauth', undefined, { method: 'POST', body: new URLSearchParams({ a: 'b' }) })
    expect(refused.status).toBe(400)
  })

  it('opens the API until its time is up [A26]', async () => {
    const { client, clock } = await scene()
    const token = await client.session()
    clock.advance(HOUR_MS - 1)
    expect((await client.user(token)).status).toBe(200)
    clock.advance(1)
    const refused = await client.user(token)
    expect([refused.status, await refused.json()]).toMatchObject([
      401,
      { title: 'Unauthorized', detail: 'header.authorization: access token expired' },
    ])
  })

  it('has a refresh token that nothing takes [A24]', async () => {
    const { client } = await scene()
    const { refresh_token } = await readSession(await client.login())
    const refreshed = await client.login({}, { grant_type: 'refresh_token', refresh_token })
    expect(refreshed.status).toBe(400)
    expect((await client.user(refresh_token)).status).toBe(401)
  })

  it('ends with its logout, which needs no header [A25]', async () => {
    const { assine, client } = await scene()
    const [first, second] = [await client.session(), await client.session()]
    const response = await client.signOut(first)
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect((await client.user(first)).status).toBe(401)
    expect((await client.user(second)).status).toBe(200)
    expect(assine.tokens).toMatchObject([
      { kind: 'session', id: '5320', family: 1, generation: 1, state: 'revoked' },
      { kind: 'session', id: '5321', family: 1, generation: 2, state: 'live' },
    ])
  })

  it('is the only thing that the logout ends, whatever it is sent', async () => {
    const { assine, client } = await scene()
    const { accessToken } = assine.createByPerson()
    for (const token of [accessToken, 'never-issued']) expect((await client.signOut(token)).status).toBe(200)
    expect((await client.user(accessToken)).status).toBe(200)
    const empty = await client.send('/oauth/revoke', undefined, { method: 'POST' })
    expect(empty.status).toBe(400)
  })

  it('ends at the server by kind, by account and by id', async () => {
    const { assine, client } = await scene()
    assine.register({ username: 'second@example.com', password: 'second' })
    await client.session()
    const second = await client.session({ username: 'second@example.com', password: 'second' })
    assine.createByPerson()
    expect(assine.expire({ username: 'second@example.com' })).toBe(1)
    expect((await client.user(second)).status).toBe(401)
    expect(assine.revoke({ kind: 'session' })).toBe(1)
    expect(assine.tokens.map(({ username, state }) => [username, state])).toEqual([
      [assine.credentials.username, 'revoked'],
      ['second@example.com', 'expired'],
      [assine.credentials.username, 'live'],
    ])
    expect([assine.revoke(), assine.revoke()]).toEqual([1, 0])
  })

  it('follows a change of the password, and lives through it', async () => {
    const { assine, client } = await scene()
    const token = await client.session()
    assine.register({ ...assine.credentials, password: 'changed' })
    expect((await client.login()).status).toBe(401)
    expect((await client.login({ password: 'changed' })).status).toBe(200)
    expect((await client.user(token)).status).toBe(200)
  })

  it.each([
    ['none', undefined, 'missing'],
    ['another scheme', 'Basic abc', 'missing'],
    ['one never issued', 'Bearer never-issued', 'unknown'],
  ])('is needed: %s is refused', async (__, authorization, why) => {
    const { client } = await scene()
    const headers = authorization === undefined ? {} : { authorization }
    const refused = await client.send('/v1/access-token', undefined, { headers })
    expect([refused.status, await refused.json()]).toMatchObject([
      401,
      { detail: `header.authorization: access token ${why}` },
    ])
  })
})

describe('an account that could not exist', () => {
  it.each([
    [{ username: '', password: 'x' }, 'username'],
    [{ username: 'x', password: '' }, 'password'],
  ])('is refused (%o)', (credentials, name) => {
    expect(() => simulateAssineOnline({ credentials })).toThrow(name)
  })

  it('nor a life that no date can express', () => {
    expect(() => simulateAssineOnline({ sessionLifetimeMs: Infinity })).toThrow('sessionLifetimeMs')
    expect(() => simulateAssineOnline().createByPerson({ lifetimeMs: Infinity })).toThrow('lifetimeMs')
    expect(() => simulateAssineOnline().createByPerson({ username: 'unknown' })).toThrow('no account unknown')
  })
})
