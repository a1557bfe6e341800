import { describe, expect, test } from 'vitest'
import { DAY, errorOf, HOUR, world } from './support/assine-at-simulator.ts'

describe('the list of application tokens', () => {
  test('has all pages, says which one is in use, and which may be the session (A12, A14)', async () => {
    const { login, simulator } = world()
    const assine = login()
    const { id } = await assine.getToken()
    for (let made = 0; made < 30; made += 1) simulator.createByPerson({ lifetimeMs: (made + 2) * DAY })
    const tokens = await assine.applicationTokens.list()
    expect(tokens).toHaveLength(32)
    expect(tokens.filter(({ current }) => current).map((token) => token.id)).toEqual([id])
    const session = simulator.tokens.find(({ kind }) => kind === 'session')
    expect(tokens.filter(({ mayBeSession }) => mayBeSession).map((token) => token.id)).toEqual([session?.id])
    expect(tokens.map(({ expiresAt }) => expiresAt)).toEqual(simulator.tokens.map(({ expiresAt }) => expiresAt))
  })

  test('makes no application token for that', async () => {
    const { login, operations } = world()
    await login().applicationTokens.list()
    expect(operations()).toEqual(['login', 'listApplicationTokens'])
  })

  test('does not tell which one the session is where its end is unknown', async () => {
    const { withSession, simulator } = world()
    const assine = await withSession()
    const { id } = await assine.getToken()
    simulator.createByPerson()
    const tokens = await assine.applicationTokens.list()
    expect(tokens.filter(({ mayBeSession }) => !mayBeSession).map((token) => token.id)).toEqual([id])
  })

  test('never follows a link, and counts for itself (A15, A16)', async () => {
    const { login, simulator } = world({ linksTo: new URL('http://localhost'), unlistedTokens: 7 })
    for (let made = 0; made < 25; made += 1) simulator.createByPerson()
    expect(await login().applicationTokens.list()).toHaveLength(26)
    expect(simulator.requests.map(({ path }) => path)).toEqual([
      '/oauth',
      '/v1/access-token',
      '/v1/access-token?page=[redacted]',
    ])
  })

  test('shows tokens whose end cannot be read, without it', async () => {
    const { login, simulator } = world({ timezone: 'BRT' })
    simulator.createByPerson()
    const tokens = await login().applicationTokens.list()
    expect(tokens.map((token) => Object.hasOwn(token, 'expiresAt'))).toEqual([false, false])
  })

  test('is asked for again after a passing failure', async () => {
    const { login, simulator } = world()
    simulator.faults.next({ kind: 'status', status: 503, operation: 'listApplicationTokens' })
    expect(await login().applicationTokens.list()).toHaveLength(1)
  })

  test.each([
    [403, 'misconfigured'],
    [401, 'reauthorization-required'],
    [429, 'throttled'],
    [500, 'unavailable'],
  ] as const)('that is answered with %d is an error of code %s', async (status, code) => {
    const { login, simulator } = world()
    simulator.faults.next({ kind: 'status', status, operation: 'listApplicationTokens', times: 6 })
    const assine = login({ retry: false })
    const error = await errorOf(assine.applicationTokens.list())
    expect(error).toMatchObject({ code, status })
    expect(String(error)).toContain(`did not list tokens (answer ${status})`)
    simulator.faults.clear()
  })
})

describe('revoking an application token', () => {
  test('by its id answers with nothing, and once more is fine (A18)', async () => {
    const { login, simulator } = world()
    const assine = login()
    const { id } = simulator.createByPerson()
    await assine.applicationTokens.revoke(id)
    await assine.applicationTokens.revoke(id)
    expect(simulator.tokens.find((token) => token.id === id)?.state).toBe('revoked')
  })

  test('takes the id as it was made, with a query behind it (A10, A19)', async () => {
    const { login, simulator } = world()
    const { id } = simulator.createByPerson()
    await login().applicationTokens.revoke(`${id}?q=verify&sessionIndex=${'a'.repeat(40)}`)
    expect(simulator.tokens.find((token) => token.id === id)?.state).toBe('revoked')
  })

  test('that may be the session is refused, unless told so', async () => {
    const { login, simulator } = world()
    const assine = login()
    await assine.getToken()
    const session = simulator.tokens.find(({ kind }) => kind === 'session')?.id ?? ''
    const error = await errorOf(assine.applicationTokens.revoke(session))
    expect(error).toMatchObject({ code: 'misconfigured' })
    expect(String(error)).toContain('evenSession: true')
    expect(simulator.count('revokeApplicationToken')).toBe(0)
    await assine.applicationTokens.revoke(session, { evenSession: true })
    expect(simulator.tokens.find(({ id }) => id === session)?.state).toBe('revoked')
  })

  test('that is in use makes the next use get another', async () => {
    const { login } = world()
    const assine = login()
    const { id = '' } = await assine.getToken()
    await assine.applicationTokens.revoke(id)
    expect((await assine.getToken()).id).not.toBe(id)
  })

  test.each(['', '..', '?q=verify'])('named %j is not sent', async (id) => {
    const { login, simulator } = world()
    await errorOf(login().applicationTokens.revoke(id))
    expect(simulator.count('revokeApplicationToken')).toBe(0)
  })
})

describe('making an application token for another program', () => {
  test('gives it once, and keeps nothing of it (A11)', async () => {
    const { login, simulator, clock } = world()
    const assine = login()
    const made = await assine.applicationTokens.create({ lifetimeMs: HOUR })
    expect(made.id).toBe(simulator.tokens.at(-1)?.id)
    expect(made.expiresAt).toBe(simulator.tokens.at(-1)?.expiresAt)
    expect((made.expiresAt ?? 0) - clock.now()).toBeLessThanOrEqual(HOUR)
    expect(JSON.stringify(made)).not.toContain(made.token.reveal())
    expect((await assine.getToken()).id).not.toBe(made.id)
    await assine.close()
    expect(simulator.tokens.find(({ id }) => id === made.id)?.state).toBe('live')
  })

  test('that is refused says what may be wrong', async () => {
    const { login, simulator } = world({ notPjStatus: 403 })
    simulator.register({ ...simulator.credentials, pj: false })
    expect(await errorOf(login().applicationTokens.create())).toMatchObject({ code: 'misconfigured', status: 403 })
  })
})

describe('the user', () => {
  test('is asked for with the literal $USER_ID, and shown whole (A02, A03, A05)', async () => {
    const { login, simulator, clock } = world()
    const asked: string[] = []
    const assine = login({
      fetch(input, init) {
        const request = new Request(input, init)
        asked.push(request.url)
        return simulator.fetch(request)
      },
      clock,
    })
    expect((await assine.user()).username).toBe(simulator.credentials.username)
    expect(asked.at(-1)).toContain('filter[0][field]=id&filter[0][type]=eq&filter[0][value]=$USER_ID')
  })

  test.each(['missing', 'null', 'empty'] as const)(
    'of an account that is not PJ may have none (%s, A04)',
    async (absent) => {
      const { login, simulator } = world({ absentBusinessUnit: absent })
      const assine = login()
      expect(await assine.canIssueApplicationTokens()).toBe(true)
      simulator.register({ ...simulator.credentials, pj: false })
      expect(await assine.canIssueApplicationTokens()).toBe(false)
    },
  )
})

describe('the session', () => {
  test('is one for all that needs it', async () => {
    const { login, simulator } = world()
    const assine = login()
    await Promise.all([assine.getToken(), assine.applicationTokens.list(), assine.user(), assine.session.getToken()])
    expect(simulator.count('login')).toBe(1)
  })

  test('is put on the raw calls that want it', async () => {
    const { login, simulator } = world()
    const { data, response } = await login().api.GET('/v1/access-token')
    expect(response.status).toBe(200)
    expect(data?._embedded?.access_token).toHaveLength(1)
    expect(simulator.count('createApplicationToken')).toBe(0)
  })

  test('ends with signOut(), and the application token lives on (A25)', async () => {
    const { login, simulator, operations } = world()
    const assine = login()
    const { id } = await assine.getToken()
    await assine.signOut()
    const states = simulator.tokens.map(({ kind, state }) => `${kind} ${state}`)
    expect(states).toEqual(['session revoked', 'application live'])
    expect((await assine.getToken()).id).toBe(id)
    await assine.signOut()
    expect(operations()).toEqual(['login', 'createApplicationToken', 'revokeToken'])
  })

  test('that was given ends with signOut() too', async () => {
    const { withSession, simulator } = world()
    const assine = await withSession()
    await assine.signOut()
    expect(simulator.tokens.map(({ state }) => state)).toEqual(['revoked'])
  })

  test('that could not be ended is an error, unless told otherwise', async () => {
    const { login, simulator } = world()
    const assine = login()
    await assine.session.getToken()
    simulator.faults.next({ kind: 'status', status: 500, operation: 'revokeToken' })
    expect(await errorOf(assine.signOut())).toMatchObject({ code: 'unavailable' })
    await assine.signOut({ revoke: 'skip' })
    expect(simulator.tokens.map(({ state }) => state)).toEqual(['live'])
  })
})
