import { memoryStore, type SharedStore, shared } from '@chaveiro/core/shared'
import { describe, expect, test } from 'vitest'
import { DAY, errorOf, HOUR, MINUTE, world } from './support/assine-at-simulator.ts'

/** A store that other processes may use too, and what was written to it. */
function watchedStore(): { store: SharedStore; written: string[] } {
  const memory = memoryStore()
  const written: string[] = []
  const store = shared({
    sealed: true,
    read: (key, options) => memory.read(key, options),
    commit(key, next, expect, options) {
      if (next !== null) written.push(next)
      return memory.commit(key, next, expect, options)
    },
    [Symbol.asyncDispose]: () => memory[Symbol.asyncDispose](),
  })
  return { store, written }
}

describe('an application token', () => {
  test('is made with a session that a login opened, and used for everything else (A01, A06, A21, A26) [PV03]', async () => {
    const { login, simulator, operations } = world()
    const assine = login()
    const response = await assine.fetch('/v1/workflow', { method: 'POST', body: '{}' })
    expect(response.status).toBe(201)
    expect(operations()).toEqual(['login', 'createApplicationToken', 'createWorkflow'])
    const [session, application] = simulator.tokens
    expect([session?.kind, application?.kind]).toEqual(['session', 'application'])
    const { id } = await assine.getToken()
    expect(id).toBe(application?.id)
  })

  test('is stored before it is used, as it is shown once, and the session is not stored at all (A11) [PV03]', async () => {
    const { store, written } = watchedStore()
    const { login, simulator, operations } = world()
    const assine = login({ store })
    const token = await assine.getToken()
    expect(written.at(-1)).toContain(token.reveal())
    expect(operations()).toEqual(['login', 'createApplicationToken'])
    const session = await assine.session.getToken()
    expect(simulator.count('login')).toBe(1)
    for (const record of written) {
      expect(record).not.toContain(session.reveal())
      expect(record).not.toContain(simulator.credentials.password)
    }
  })

  test('lives for 30 days, less up to an hour, as its answer says (A08, A09)', async () => {
    const { login, clock, simulator } = world()
    const { expiresAt = 0 } = await login().getToken()
    expect(expiresAt).toBe(simulator.tokens.at(-1)?.expiresAt)
    expect(expiresAt - clock.now()).toBeLessThanOrEqual(30 * DAY)
    expect(expiresAt - clock.now()).toBeGreaterThan(30 * DAY - HOUR)
  })

  test('lives as long as lifetimeMs asks for', async () => {
    const { login, clock } = world()
    const { expiresAt = 0 } = await login({ lifetimeMs: HOUR }).getToken()
    expect(expiresAt - clock.now()).toBeGreaterThan(57 * MINUTE)
    expect(expiresAt - clock.now()).toBeLessThanOrEqual(HOUR)
  })

  test('is replaced before it ends, and revoked after a grace; another session is opened for that [PV09]', async () => {
    const { login, clock, simulator, background, operations } = world()
    const assine = login()
    const first = await assine.getToken()
    await clock.advance(29 * DAY + HOUR)
    await assine.getToken()
    await background()
    const second = await assine.getToken()
    expect(second.id).not.toBe(first.id)
    await clock.advance(5 * MINUTE)
    await assine.getToken()
    await background()
    expect(operations()).toEqual([
      'login',
      'createApplicationToken',
      'login',
      'createApplicationToken',
      'revokeApplicationToken',
    ])
    const alive = simulator.tokens.filter(({ kind, state }) => kind === 'application' && state === 'live')
    expect(alive.map(({ id }) => id)).toEqual([second.id])
  })

  test('that is refused is replaced once, and the request sent again [PV06]', async () => {
    const { login, simulator, operations } = world()
    const assine = login()
    await assine.getToken()
    expect(simulator.revokeByPerson(simulator.tokens.at(-1)?.id ?? '')).toBe(true)
    const response = await assine.fetch('/v1/workflow', { method: 'POST', body: '{}' })
    expect(response.status).toBe(201)
    expect(operations()).toEqual([
      'login',
      'createApplicationToken',
      'createWorkflow',
      'createApplicationToken',
      'createWorkflow',
    ])
    expect(simulator.workflows).toHaveLength(1)
  })

  test('that is refused again and again is not replaced each time [PV06]', async () => {
    const { login, simulator } = world()
    const assine = login()
    await assine.getToken()
    for (let request = 0; request < 20; request += 1) {
      simulator.faults.next({ kind: 'status', status: 401, operation: 'createWorkflow', times: 2 })
      const response = await assine.fetch('/v1/workflow', { method: 'POST', body: '{}' })
      await response.text()
      expect(response.status).toBe(401)
      simulator.faults.clear()
    }
    expect(simulator.count('createApplicationToken')).toBe(2)
  })

  test('whose session has ended is made with a new one [PV08]', async () => {
    const { login, clock, simulator, operations } = world()
    const assine = login()
    await assine.session.getToken()
    // The server forgets it before its time; the client cannot know.
    simulator.revoke({ kind: 'session' })
    await clock.advance(MINUTE)
    await assine.getToken()
    expect(operations()).toEqual(['login', 'createApplicationToken', 'login', 'createApplicationToken'])
  })

  test.each(['UTC', '-03:00', 'America/Sao_Paulo'] as const)(
    'ends when its answer says so, in %s (A09)',
    async (timezone) => {
      const { login, simulator } = world({ timezone })
      const { expiresAt } = await login().getToken()
      expect(expiresAt).toBe(simulator.tokens.at(-1)?.expiresAt)
    },
  )

  test('whose end cannot be read ends when it was asked to', async () => {
    const { login, simulator } = world({ timezone: 'BRT' })
    const { expiresAt } = await login().getToken()
    expect(expiresAt).toBe(simulator.tokens.at(-1)?.expiresAt)
  })

  test('is revoked by end(), and the next use makes another (A18)', async () => {
    const { login, simulator } = world()
    const assine = login()
    const { id } = await assine.getToken()
    await assine.end({ revoke: 'require' })
    expect(simulator.tokens.find((token) => token.id === id)?.state).toBe('revoked')
    expect((await assine.getToken()).id).not.toBe(id)
  })
})

describe('an answer with a new token that gets lost', () => {
  test('is found in the list by its end, and revoked, before another one is made (A13, A19) [PV04]', async () => {
    const { login, simulator, operations, clock } = world()
    simulator.faults.next({ kind: 'reset', processed: true, operation: 'createApplicationToken' })
    const assine = login()
    const token = assine.getToken()
    await clock.advance(100)
    for (let turn = 0; turn < 50; turn += 1) await clock.advance(1)
    const { id } = await token
    expect(operations()).toEqual([
      'login',
      'createApplicationToken',
      'listApplicationTokens',
      'revokeApplicationToken',
      'createApplicationToken',
    ])
    const alive = simulator.tokens.filter(({ kind, state }) => kind === 'application' && state === 'live')
    expect(alive.map((one) => one.id)).toEqual([id])
  })

  test('is found on the second page too [PV04]', async () => {
    const { login, simulator, clock } = world()
    for (let made = 0; made < 30; made += 1) simulator.createByPerson()
    simulator.faults.next({ kind: 'reset', processed: true, operation: 'createApplicationToken' })
    const token = login().getToken()
    for (let turn = 0; turn < 100; turn += 1) await clock.advance(2)
    await token
    expect(simulator.count('listApplicationTokens')).toBe(2)
    expect(simulator.count('revokeApplicationToken')).toBe(1)
    expect(simulator.tokens.filter(({ state }) => state === 'live')).toHaveLength(32)
  })

  test('is reported where dates cannot be read, and nothing is revoked [PV04]', async () => {
    const { login, simulator, clock, events } = world({ timezone: 'BRT' })
    simulator.createByPerson()
    simulator.faults.next({ kind: 'reset', processed: true, operation: 'createApplicationToken' })
    const token = login().getToken()
    for (let turn = 0; turn < 100; turn += 1) await clock.advance(2)
    await token
    expect(events.filter(({ type }) => type === 'revoke.failed')).toMatchObject([{ code: 'malformed-response' }])
    expect(simulator.count('revokeApplicationToken')).toBe(0)
  })
})

describe('what is refused', () => {
  test('a wrong password is sent once, and remembered (A23) [PV07]', async () => {
    const { login, simulator, clock } = world()
    const assine = login({ password: 'not-the-password' })
    for (let caller = 0; caller < 5; caller += 1) {
      expect(await errorOf(assine.getToken())).toMatchObject({ code: 'credentials-rejected', action: 'reauthorize' })
      await clock.advance(MINUTE)
    }
    expect(simulator.wrongPasswords()).toBe(1)
    expect(simulator.requests).toHaveLength(1)
  })

  test.each([401, 403, 422] as const)(
    'an account that is not PJ is told so (%d), after one more login (A01, A07)',
    async (status) => {
      const { simulator, login, operations } = world({ notPjStatus: status })
      simulator.register({ ...simulator.credentials, pj: false })
      const error = await errorOf(login().getToken())
      expect(error).toMatchObject({ code: 'misconfigured', action: 'fix-configuration', status })
      expect(String(error)).toContain('organisation (PJ)')
      const once = ['login', 'createApplicationToken']
      expect(operations()).toEqual(status === 401 ? [...once, ...once] : once)
    },
  )

  test('no error and no event shows the password or a token', async () => {
    const { simulator, login, withSession, events, clock } = world()
    simulator.register({ ...simulator.credentials, pj: false })
    const errors = [
      await errorOf(login().getToken()),
      await errorOf((await withSession()).getToken()),
      await errorOf(login({ password: 'another-password' }).getToken()),
    ]
    await clock.advance(MINUTE)
    const shown = [...errors.map((error) => `${String(error)} ${JSON.stringify(error)}`), JSON.stringify(events)].join()
    for (const secret of [...simulator.revealSecrets(), 'another-password']) expect(shown).not.toContain(secret)
  })
})
