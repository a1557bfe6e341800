import { ChaveiroError } from '@chaveiro/core'
import { describe, expect, test } from 'vitest'
import { errorOf, SECOND, type World, type WorldOptions, world } from '../support/engine-world.ts'
import { tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

/** An account with an expired token and the refresh token `r1`, and the text that the store holds of it. */
async function expired(
  options: WorldOptions = {},
): Promise<World & { stored: () => { token: unknown; generation: unknown } }> {
  const store = sharedStore()
  const made = world({ store, ...options })
  await made.source.seed({
    accessToken: 'one',
    refreshToken: 'r1',
    expiresAt: made.clock.now() + 1_000 * SECOND,
    scopes: ['read', 'write'],
    id: 'handle-1',
    meta: { account: 'ana' },
  })
  await made.clock.advance(1_000 * SECOND)
  return {
    ...made,
    stored: () => {
      const [record] = [...store.records.values()]
      return JSON.parse(record?.value ?? 'null')
    },
  }
}

const SECRET = 'super-secret-token-0123456789'
const page = `<html><body>${SECRET}</body></html>`

describe('an answer of status 200', () => {
  test.each<[string, () => Response]>([
    ['an error body', () => Response.json({ error: 'busy', token: SECRET })],
    ['an HTML body', () => new Response(page, { headers: { 'content-type': 'text/html' } })],
    ['an empty body', () => new Response(null)],
    ['a body of 5 MB', () => new Response(SECRET.repeat(180_000))],
    ['JSON of another kind', () => Response.json([SECRET])],
  ])('with %s is classified, and nothing of it is quoted [FA09]', async (_, answer) => {
    const { issuer, source, stored } = await expired({ provider: { canAcquire: false } })
    const { token, generation } = stored()
    issuer.prepare(answer())
    const error = await errorOf(source.getToken())
    expect(error).toMatchObject({ code: 'malformed-response', action: 'fix-configuration' })
    expect(JSON.stringify(error) + String(error)).not.toContain(SECRET)
    expect(stored()).toMatchObject({ token, generation })
  })

  test.each<[string, unknown]>([
    ['no access token', undefined],
    ['an empty one', ''],
    ['null', null],
    ['one that is not a string', 42],
    ['one that no header can carry', 'a b'],
  ])('with %s leaves the stored token as it is [FA10]', async (_, token) => {
    const { issuer, source, stored } = await expired({ provider: { canAcquire: false } })
    const { token: before, generation } = stored()
    issuer.prepare(Response.json({ access_token: token, expires_in: 1_000 }))
    expect(await errorOf(source.getToken())).toMatchObject({ code: 'malformed-response' })
    expect(stored()).toMatchObject({ token: before, generation })
    expect(await source.status()).toMatchObject({ state: 'misconfigured', generation: 1 })
  })

  test('with a token type that the provider does not take changes nothing; its case does not matter [FA11]', async () => {
    const read: NonNullable<NonNullable<WorldOptions['provider']>['read']> = (_, answer) => {
      if (String(answer['token_type']).toLowerCase() !== 'bearer')
        throw new ChaveiroError('misconfigured', 'Not a bearer token.')
      return { accessToken: answer['access_token'] }
    }
    const { issuer, source, stored, ask, clock } = await expired({ provider: { read } })
    const before = stored()
    issuer.prepare(tokenAnswer('two', { token_type: 'mac' }))
    expect(await errorOf(source.getToken())).toMatchObject({
      code: 'misconfigured',
      message: 'example, account "seller": Not a bearer token.',
    })
    expect(stored()).toMatchObject(before)
    await clock.advance(300 * SECOND)
    issuer.prepare(tokenAnswer('two', { token_type: 'bEaReR' }))
    expect(await ask()).toBe('two')
  })
})

describe('a refreshed token set', () => {
  test.each([
    ['no refresh token [RP01]', {}],
    ['null [RP03]', { refresh_token: null }],
    ['an empty one [RP03]', { refresh_token: '' }],
  ])('whose answer has %s keeps the old one', async (_, fields) => {
    const { issuer, ask, clock } = await expired()
    issuer.prepare(tokenAnswer('two', fields))
    expect(await ask()).toBe('two')
    await clock.advance(1_000 * SECOND)
    issuer.prepare(tokenAnswer('three', fields))
    expect(await ask()).toBe('three')
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { refresh: 'r1' }])
  })

  test('sends the new refresh token from then on, and never the old one again [RP02]', async () => {
    const { issuer, ask, clock } = await expired()
    for (const next of [2, 3, 4]) {
      issuer.prepare(tokenAnswer(`token-${next}`, { refresh_token: `r${next}` }))
      expect(await ask()).toBe(`token-${next}`)
      await clock.advance(1_000 * SECOND)
    }
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { refresh: 'r2' }, { refresh: 'r3' }])
  })

  test('shows the scopes that were granted, and keeps them where the answer is silent [RP15]', async () => {
    const { issuer, source, stored, clock } = await expired()
    issuer.prepare(tokenAnswer('two', { scope: 'read' }))
    expect((await source.getToken()).scopes).toEqual(['read'])
    expect(stored()).toMatchObject({ token: { scopes: ['read'], id: 'handle-1', meta: { account: 'ana' } } })
    await clock.advance(1_000 * SECOND)
    issuer.prepare(tokenAnswer('three'))
    expect(await source.getToken()).toMatchObject({ scopes: ['read'], id: 'handle-1', meta: { account: 'ana' } })
  })

  test('with an empty scope is stored in a way that can be read again', async () => {
    const { issuer, source, stored, ask, clock } = await expired()
    issuer.prepare(tokenAnswer('two', { scope: '' }))
    expect((await source.getToken()).scopes).toEqual([])
    expect(stored()).toMatchObject({ token: { scopes: [] } })
    await clock.advance(1_000 * SECOND)
    issuer.prepare(tokenAnswer('three'))
    expect(await ask()).toBe('three')
  })

  test('of another account is not stored, because the provider says so [RP16]', async () => {
    const { issuer, source, stored } = await expired({
      provider: {
        async refresh(io, { meta }) {
          await io.fetch('https://issuer.example/token', { method: 'POST', body: '{}' })
          throw new ChaveiroError('misconfigured', `This is the token of another account than ${JSON.stringify(meta)}.`)
        },
      },
    })
    const before = stored()
    issuer.prepare(tokenAnswer('of-rui'))
    expect(await errorOf(source.getToken())).toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining('"ana"'),
    })
    expect(stored()).toMatchObject(before)
  })
})

describe('a refresh token with an end of its own', () => {
  const person = { provider: { canAcquire: false } }

  test('that has passed is not sent: a person is needed [RP17]', async () => {
    const { source, clock, ask } = world(person)
    const expiresAt = clock.now() + 1_000 * SECOND
    await source.seed({ accessToken: 'one', expiresAt, refreshToken: 'r1', refreshExpiresAt: expiresAt })
    await clock.advance(1_000 * SECOND)
    expect(await ask()).toBe('reauthorization-required')
  })

  test('that has passed does not matter if the inputs can acquire [RP17]', async () => {
    const { issuer, source, clock, ask, heard } = world()
    const expiresAt = clock.now() + 1_000 * SECOND
    await source.seed({ accessToken: 'one', expiresAt, refreshToken: 'r1', refreshExpiresAt: expiresAt })
    await clock.advance(1_000 * SECOND)
    issuer.prepare(tokenAnswer('two'))
    expect(await ask()).toBe('two')
    expect(issuer.sent()).toEqual([{ key: 'key-1' }])
    expect(heard('refresh-token.expiring')).toEqual([])
  })

  test.each([
    ['thirty days', 30 * 86_400, 24 * 86_400],
    ['a year', 365 * 86_400, 358 * 86_400],
    ['ten hours', 36_000, 28_800],
  ])('of %s is announced ahead of time, once [RP17]', async (_, life, noticeFrom) => {
    const { issuer, source, clock, ask, heard, background } = world(person)
    const start = clock.now()
    const end = { expiresAt: start + 3_600 * SECOND, refreshExpiresAt: start + life * SECOND }
    await source.seed({ accessToken: 'one', refreshToken: 'r1', ...end })
    const refreshAt = async (seconds: number) => {
      await clock.advance(start + seconds * SECOND - clock.now())
      issuer.prepare(tokenAnswer(`at-${seconds}`, { expires_in: 60 }))
      expect(await ask()).toBe(`at-${seconds}`)
      await background()
    }
    await refreshAt(noticeFrom - 1)
    expect(heard('refresh-token.expiring')).toEqual([])
    await refreshAt(noticeFrom + 60)
    expect(heard('refresh-token.expiring')).toMatchObject([{ generation: 3, provider: 'example' }])
    await refreshAt(noticeFrom + 120)
    expect(heard('refresh-token.expiring')).toHaveLength(1)
    expect(await source.status()).toMatchObject({ refreshExpiresAt: end.refreshExpiresAt })
  })

  test('that each refresh prolongs is never announced [RP17]', async () => {
    const { issuer, source, clock, ask, heard } = world(person)
    const end = { expiresAt: clock.now() + SECOND, refreshExpiresAt: clock.now() + 1_000 * SECOND }
    await source.seed({ accessToken: 'one', refreshToken: 'r1', ...end })
    for (let use = 0; use < 5; use += 1) {
      await clock.advance(900 * SECOND)
      issuer.prepare(tokenAnswer(`token-${use}`, { expires_in: 60, refresh_token: 'r1', refresh_expires_in: 1_000 }))
      expect(await ask()).toBe(`token-${use}`)
    }
    expect(heard('refresh-token.expiring')).toEqual([])
  })
})
