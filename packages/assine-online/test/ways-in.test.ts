import { type AssineOnlineOptions, createAssineOnline } from '@chaveiro/assine-online'
import { simulateAssineOnline } from '@chaveiro/simulator'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { DAY, errorOf, HOUR, MINUTE, world } from './support/assine-at-simulator.ts'

describe('with a session that was opened elsewhere', () => {
  test('application tokens are made without a login (A06, A07)', async () => {
    const { withSession, operations } = world()
    await (await withSession()).getToken()
    expect(operations()).toEqual(['login', 'createApplicationToken'])
  })

  test('its end needs a person, and the error names both causes', async () => {
    const { withSession, simulator, operations, clock } = world()
    const assine = await withSession()
    simulator.expire({ kind: 'session' })
    for (let caller = 0; caller < 5; caller += 1) {
      const error = await errorOf(assine.getToken())
      expect(error).toMatchObject({ code: 'reauthorization-required', action: 'reauthorize' })
      expect(String(error)).toContain('the session has ended')
      expect(String(error)).toContain('organisation (PJ)')
      await clock.advance(MINUTE)
    }
    expect(operations()).toEqual(['login', 'createApplicationToken'])
  })

  test('a new one is used as soon as it is there (A20)', async () => {
    const { simulator, openSession, login, clock } = world()
    let sessionToken = await openSession()
    const { password } = simulator.credentials
    const assine = createAssineOnline({
      server: simulator.url,
      fetch: simulator.fetch,
      clock,
      sessionToken: () => sessionToken,
      password,
    })
    simulator.expire({ kind: 'session' })
    expect(await errorOf(assine.getToken())).toMatchObject({ code: 'reauthorization-required' })
    sessionToken = await openSession()
    expect((await assine.getToken()).reveal()).toMatch(/^[0-9a-f]{40}$/)
    await assine.close()
    await login().close()
  })
})

describe('with an application token that was made elsewhere', () => {
  test('it is used, and nothing else is called (A26, A27)', async () => {
    const { withToken, simulator, operations } = world()
    const { accessToken, expiresAt, id } = simulator.createByPerson()
    const assine = withToken({ applicationToken: accessToken, expiresAt, id })
    expect((await assine.fetch('/v1/workflow', { method: 'POST', body: '{}' })).status).toBe(201)
    expect(operations()).toEqual(['createWorkflow'])
    expect(await assine.status()).toMatchObject({ id, expiresAt, state: 'fresh' })
  })

  test('a warning comes before it ends, and an error when it has', async () => {
    const { withToken, simulator, clock, events, background } = world()
    const { accessToken, expiresAt } = simulator.createByPerson()
    const assine = withToken({ applicationToken: accessToken, expiresAt })
    await assine.getToken()
    await clock.advance(29 * DAY + HOUR)
    await assine.getToken()
    await background()
    expect(events.map(({ type }) => type)).toContain('reauthorization.required')
    expect((await assine.getToken()).reveal()).toBe(accessToken)
    await clock.advance(DAY)
    const error = await errorOf(assine.getToken())
    expect(error).toMatchObject({ code: 'reauthorization-required' })
    expect(String(error)).toContain('applicationToken')
    expect(simulator.requests).toEqual([])
  })

  test('that is refused it is returned as refused, and is never revoked on its own', async () => {
    const { withToken, simulator, operations } = world()
    const { accessToken, id } = simulator.createByPerson()
    simulator.revokeByPerson(id)
    const assine = withToken({ applicationToken: accessToken, id })
    expect((await assine.fetch('/v1/workflow', { method: 'POST', body: '{}' })).status).toBe(401)
    expect(await errorOf(assine.getToken())).toMatchObject({ code: 'reauthorization-required' })
    await assine.close()
    expect(operations()).toEqual(['createWorkflow'])
  })

  test('another one takes its place as soon as it is there, and the old one lives on', async () => {
    const { simulator, clock } = world()
    let made = simulator.createByPerson()
    const assine = createAssineOnline({
      server: simulator.url,
      fetch: simulator.fetch,
      clock,
      applicationToken: () => made.accessToken,
      expiresAt: made.expiresAt,
      id: made.id,
    })
    const first = await assine.getToken()
    made = simulator.createByPerson()
    await assine.reject(first)
    expect((await assine.getToken()).reveal()).toBe(made.accessToken)
    await assine.close()
    expect(simulator.tokens.map(({ state }) => state)).toEqual(['live', 'live'])
    expect(simulator.requests).toEqual([])
  })

  test('the user is shown with it, and there is nothing to list or make', async () => {
    const { withToken, simulator } = world()
    const assine = withToken({ applicationToken: simulator.createByPerson().accessToken })
    expect((await assine.user()).username).toBe(simulator.credentials.username)
    expect(await assine.canIssueApplicationTokens()).toBe(true)
    expect(assine).not.toHaveProperty('applicationTokens')
    expect(assine).not.toHaveProperty('session')
  })
})

describe('the inputs', () => {
  const { url } = simulateAssineOnline()

  test('of two ways cannot be mixed, says TypeScript', () => {
    type Options = AssineOnlineOptions
    expectTypeOf<{ server: URL; username: string; password: string }>().toExtend<Options>()
    expectTypeOf<{ server: URL; sessionToken: string; password: string }>().toExtend<Options>()
    expectTypeOf<{ server: URL; applicationToken: string; expiresAt: number }>().toExtend<Options>()
    expectTypeOf<{ server: URL; username: string; password: string; sessionToken: string }>().not.toExtend<Options>()
    expectTypeOf<{ server: URL; applicationToken: string; password: string }>().not.toExtend<Options>()
    expectTypeOf<{ server: URL; applicationToken: string; lifetimeMs: number }>().not.toExtend<Options>()
    expectTypeOf<{ server: URL; username: string }>().not.toExtend<Options>()
    expectTypeOf<{ server: URL; password: string }>().not.toExtend<Options>()
  })

  test.each<[string, object, RegExp]>([
    [
      'none',
      {},
      /incomplete.*username: process\.env\.ASSINE_ONLINE_USERNAME, password: process\.env\.ASSINE_ONLINE_PASSWORD/,
    ],
    ['a user name alone', { username: 'a@b.example' }, /incomplete/],
    ['an empty password', { username: 'a@b.example', password: '' }, /incomplete/],
    ['a password alone', { password: 'p' }, /incomplete/],
    ['two ways', { username: 'a', password: 'p', sessionToken: 's' }, /username and sessionToken are two ways in/],
    ['a token with a password', { applicationToken: 't', password: 'p' }, /do not fit/],
  ])('that are %s are a TypeError that says what to pass', (_, inputs, sentence) => {
    const create: (options: never) => unknown = createAssineOnline
    // What JavaScript may pass, and TypeScript would refuse.
    const call = (): unknown => Reflect.apply(create, undefined, [{ server: url, ...inputs }])
    expect(call).toThrow(TypeError)
    expect(call).toThrow(sentence)
  })

  test('a server that no document names is a TypeError', () => {
    const create = (): unknown =>
      Reflect.apply(createAssineOnline, undefined, [{ server: 'sandbox', username: 'a', password: 'p' }])
    expect(create).toThrow("'production', 'homologation', 'legacy'")
  })
})
