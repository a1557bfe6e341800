import { describe, expect, test } from 'vitest'
import { DAY, errorOf, HOUR, MINUTE, SECOND, type World, type WorldOptions, world } from '../support/engine-world.ts'
import { status, tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

/** An account with an expired token and the refresh token `r1`. */
async function expired(options: WorldOptions = {}): Promise<World & { lineage: string }> {
  const made = world(options)
  await made.source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: made.clock.now() + 1_000 * SECOND })
  const { lineage } = await made.source.getToken()
  await made.clock.advance(1_000 * SECOND)
  return { ...made, lineage }
}

describe('a refresh token that the provider refuses', () => {
  test('without another way in, needs a person: one call, one event, one probe after six hours [FA06]', async () => {
    const { issuer, ask, clock, source, heard } = await expired({ provider: { canAcquire: false } })
    issuer.prepare(status(400))
    for (let use = 0; use < 10; use += 1) {
      expect(await ask()).toBe('reauthorization-required')
      await clock.advance(6 * MINUTE)
    }
    expect(issuer.requests).toHaveLength(1)
    expect(await errorOf(source.getToken())).toMatchObject({ action: 'reauthorize', status: 400 })
    expect(await source.status()).toMatchObject({ state: 'reauthorization-required', generation: 1 })
    expect(heard('reauthorization.required')).toHaveLength(1)
    expect(heard('refresh.failed')).toHaveLength(1)
    await clock.advance(5 * HOUR)
    issuer.prepare(status(400))
    expect(await ask()).toBe('reauthorization-required')
    await clock.advance(23 * HOUR)
    expect(await ask()).toBe('reauthorization-required')
    expect(issuer.requests).toHaveLength(2)
    await clock.advance(HOUR)
    issuer.prepare(tokenAnswer('two'))
    expect(await ask()).toBe('two')
  })

  test('is replaced by acquiring where the inputs can: the caller sees a success [FA07]', async () => {
    const { issuer, ask, source, heard, lineage } = await expired()
    issuer.prepare(status(401), tokenAnswer('two', { refresh_token: 'r2' }))
    expect(await ask()).toBe('two')
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { key: 'key-1' }])
    expect(await source.getToken()).toMatchObject({ lineage, generation: 2 })
    expect(heard('refresh.failed')).toEqual([])
  })

  test('is not sent again when acquiring fails too [FA07]', async () => {
    const { issuer, ask, clock } = await expired()
    issuer.prepare(status(401), status(500))
    expect(await ask()).toBe('unavailable')
    await clock.advance(MINUTE)
    issuer.prepare(tokenAnswer('two'))
    expect(await ask()).toBe('two')
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { key: 'key-1' }, { key: 'key-1' }])
  })

  test('in the window: the old token is served, and acquiring happens behind it [FA07]', async () => {
    const { issuer, ask, clock, source, background } = world()
    await source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: clock.now() + 1_000 * SECOND })
    await clock.advance(850 * SECOND)
    issuer.prepare(status(400), tokenAnswer('two'))
    expect(await ask()).toBe('one')
    await background()
    expect(await ask()).toBe('two')
  })

  test('is tried at once with other credentials, and forgotten after a sign-in', async () => {
    let key = 'wrong'
    const { issuer, ask, source, clock } = await expired({
      provider: { canAcquire: false },
      manager: { credentials: () => ({ key }) },
    })
    issuer.prepare(status(400))
    expect(await ask()).toBe('reauthorization-required')
    key = 'right'
    issuer.prepare(status(400))
    expect(await ask()).toBe('reauthorization-required')
    await source.seed({ accessToken: 'two', refreshToken: 'r2', expiresAt: clock.now() + MINUTE })
    await clock.advance(MINUTE)
    issuer.prepare(tokenAnswer('three'))
    expect(await ask()).toBe('three')
  })

  test('holds nothing against a sign-in elsewhere that has the same generation', async () => {
    const store = sharedStore()
    const { issuer, ask, clock } = await expired({ store, provider: { canAcquire: false } })
    issuer.prepare(status(400))
    expect(await ask()).toBe('reauthorization-required')
    const elsewhere = world({ store, issuer, clock, provider: { canAcquire: false } })
    await elsewhere.source.seed({ accessToken: 'two', refreshToken: 'r2', expiresAt: clock.now() })
    issuer.prepare(tokenAnswer('three'))
    expect(await ask()).toBe('three')
    expect(issuer.sent().at(-1)).toEqual({ refresh: 'r2' })
  })
})

describe('a client that the provider does not know', () => {
  test('is misconfigured: the refresh token is kept, nothing is acquired, nothing deleted [FA08]', async () => {
    const { issuer, ask, clock, source } = await expired({
      provider: {
        classify: ({ body }) =>
          typeof body === 'object' && body !== null && 'error' in body && body.error === 'invalid_client'
            ? { kind: 'misconfigured' }
            : undefined,
      },
    })
    issuer.prepare(Response.json({ error: 'invalid_client' }, { status: 401 }))
    expect(await errorOf(source.getToken())).toMatchObject({
      code: 'misconfigured',
      title: 'invalid_client',
      status: 401,
    })
    expect(await source.status()).toMatchObject({ state: 'misconfigured', generation: 1, persisted: true })
    await clock.advance(5 * MINUTE)
    issuer.prepare(tokenAnswer('two'))
    expect(await ask()).toBe('two')
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { refresh: 'r1' }])
  })
})

describe('credentials that the provider refuses', () => {
  test('are probed once after six hours, and everything goes on without a person [FA18]', async () => {
    const { issuer, ask, clock, source, heard } = world()
    issuer.prepare(status(403))
    expect(await ask()).toBe('credentials-rejected')
    for (let hour = 0; hour < 5; hour += 1) {
      await clock.advance(HOUR)
      expect(await ask()).toBe('credentials-rejected')
    }
    expect(await source.status()).toMatchObject({ state: 'credentials-rejected', persisted: false })
    expect(issuer.requests).toHaveLength(1)
    expect(heard('refresh.failed')).toHaveLength(1)
    await clock.advance(HOUR)
    issuer.prepare(tokenAnswer('one'))
    expect(await ask()).toBe('one')
    expect(await source.status()).toMatchObject({ state: 'fresh' })
    expect((await source.status()).lastFailure).toBeUndefined()
  })

  test('are probed once a day after the first probe failed [FA18]', async () => {
    const { issuer, ask, clock } = world()
    issuer.prepare(status(401), status(401), status(401))
    for (const pause of [0, 6 * HOUR, 24 * HOUR]) {
      await clock.advance(pause)
      expect(await ask()).toBe('credentials-rejected')
      await clock.advance(pause === 0 ? 0 : 1)
      expect(await ask()).toBe('credentials-rejected')
    }
    expect(issuer.requests).toHaveLength(3)
  })

  test('are never probed where that could lock the account', async () => {
    const { issuer, ask, clock } = world({ provider: { probeRejected: false } })
    issuer.prepare(status(401))
    for (let day = 0; day < 5; day += 1) {
      expect(await ask()).toBe('credentials-rejected')
      await clock.advance(DAY)
    }
    expect(issuer.requests).toHaveLength(1)
  })

  test('are tried again at once when they change', async () => {
    let key = 'wrong'
    const { issuer, ask } = world({ provider: { probeRejected: false }, manager: { credentials: () => ({ key }) } })
    issuer.prepare(status(401), tokenAnswer('one'))
    expect(await ask()).toBe('credentials-rejected')
    key = 'right'
    expect(await ask()).toBe('one')
  })

  test('are remembered for the other processes in a sealed store, with a mark that shows nothing', async () => {
    const store = sharedStore()
    const { issuer, ask, clock } = world({ store })
    issuer.prepare(status(401))
    expect(await ask()).toBe('credentials-rejected')
    const other = world({ store, issuer, clock })
    expect(await other.source.status()).toMatchObject({ state: 'credentials-rejected' })
    expect(await other.ask()).toBe('credentials-rejected')
    const changed = world({ store, issuer, clock, manager: { credentials: () => ({ key: 'key-2' }) } })
    issuer.prepare(tokenAnswer('one'))
    expect(await changed.ask()).toBe('one')
    expect(await ask()).toBe('one')
    expect(issuer.requests).toHaveLength(2)
  })

  test('are probed by one process for all of them', async () => {
    const store = sharedStore()
    const { issuer, ask, clock } = world({ store })
    const other = world({ store, issuer, clock })
    issuer.prepare(status(401))
    expect(await ask()).toBe('credentials-rejected')
    await clock.advance(6 * HOUR)
    issuer.prepare(status(401))
    expect(await other.ask()).toBe('credentials-rejected')
    expect(await ask()).toBe('credentials-rejected')
    expect(issuer.requests).toHaveLength(2)
  })

  test('cost no write of the store while they are known to be refused', async () => {
    const store = sharedStore()
    const { issuer, ask } = world({ store })
    issuer.prepare(status(401))
    await ask()
    const { commits } = store
    for (let use = 0; use < 5; use += 1) await ask()
    expect(store.commits).toBe(commits)
  })
})
