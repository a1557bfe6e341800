import { ChaveiroError, createTokenManager } from '@chaveiro/core'
import { parentSchemes } from '@chaveiro/core/provider'
import { memoryStore, type SharedStore, shared } from '@chaveiro/core/shared'
import { describe, expect, test } from 'vitest'
import { countingProvider } from '../support/counting-provider.ts'
import { errorOf, HOUR, MINUTE, SECOND, world } from '../support/engine-world.ts'
import { offline, status, tokenAnswer } from '../support/scripted-issuer.ts'

const SERVER = new URL('https://api.example')
const whose = { provider: 'example', account: { tenant: 'seller' } }

/** A store that a provider knows nothing of: each operation ends in this error, always the same object. */
function failingStore(failure: Error): SharedStore {
  return shared({ ...memoryStore(), read: () => Promise.reject(failure), commit: () => Promise.reject(failure) })
}

describe('an error says whose token it is about, in its properties and its sentence', () => {
  test.each([
    ['a dead connection', offline()],
    ['a 500', status(500)],
    ['a 429', status(429, { 'retry-after': '60' })],
    ['denied credentials', status(401)],
    ['a redirect', status(302)],
  ])('after %s', async (_, answer) => {
    const { issuer, source } = world({ provider: { canRefresh: false } })
    issuer.always(() => (answer instanceof Error ? Promise.reject(answer) : answer))
    const error = await errorOf(source.getToken())
    expect(error).toMatchObject({ ...whose, message: expect.stringMatching(/^example, account "seller": /) })
    expect(JSON.parse(JSON.stringify(error))).toMatchObject(whose)
    // The next one is told the same, without a call.
    expect(await errorOf(source.getToken())).toMatchObject(whose)
    expect(await errorOf(source.fetch('/orders'))).toMatchObject(whose)
  })

  test.each([
    ['of the platform', new Error('ECONNREFUSED 10.0.0.1')],
    ['of the store', new ChaveiroError('store', 'The shelf is locked.')],
  ])('where the store fails with an error %s', async (_, failure) => {
    const { manager } = world({ store: failingStore(failure) })
    for (const tenant of ['one', 'two']) {
      const source = manager.account({ tenant, account: 'b' })
      const seed = () => source.seed({ accessToken: 'seed' })
      for (const work of [() => source.getToken(), () => source.end(), seed, () => source.status()]) {
        const error = await errorOf(work())
        expect(error).toMatchObject({ code: 'store', provider: 'example', account: { tenant, account: 'b' } })
        expect(String(error)).toContain(`example, account "${tenant}/b": `)
      }
    }
  })

  test('when the manager is closed', async () => {
    const { manager, source } = world()
    await manager.close()
    for (const work of [() => source.getToken(), () => source.fetch('/orders'), () => source.end()]) {
      expect(await errorOf(work())).toMatchObject({ code: 'closed', ...whose })
    }
    expect(() => manager.account('seller')).toThrow(expect.objectContaining(whose))
  })

  test('when a token must not go to an origin', async () => {
    const { source } = world()
    expect(await errorOf(source.fetch('https://elsewhere.example'))).toMatchObject({ code: 'origin', ...whose })
  })

  test('when tokens could not be saved before the end', async () => {
    const store = memoryStore()
    const commit: SharedStore['commit'] = async (key, next, expect) => {
      if (next?.includes('"token"')) throw new Error('full')
      return store.commit(key, next, expect)
    }
    const manager = createTokenManager({
      provider: countingProvider(SERVER, () => 1),
      credentials: () => ({}),
      store: shared({ ...store, commit }),
    })
    await manager.account('one').getToken()
    expect(await errorOf(manager.close())).toMatchObject({
      code: 'store',
      provider: 'counting',
      account: { tenant: 'one' },
      message: expect.stringContaining('"one"'),
    })
  })

  test('and keeps the name of the parent scheme that failed', async () => {
    const parent = countingProvider(SERVER, () => Promise.reject(new Error('broken')), { id: 'example/session' })
    const provider = countingProvider(SERVER, () => 1, {
      id: 'example/token',
      parents: parentSchemes({ session: parent }),
      acquire: async (io) => ({ accessToken: (await io.token('session')).reveal() }),
    })
    const source = createTokenManager({ provider, credentials: () => ({}) }).account('one')
    const error = await errorOf(source.getToken())
    expect(error).toMatchObject({ provider: 'example/session', account: { tenant: 'one' } })
    expect(error).toMatchObject({ nextAttemptAt: expect.any(Number) })
    expect(String(error).match(/account "one"/g)).toHaveLength(1)
  })

  test('quoted, so that a line break in a name cannot forge a line of a log', async () => {
    const { issuer, manager } = world()
    issuer.always(() => status(500))
    const error = await errorOf(manager.account('a\nERROR all is lost').getToken())
    expect(String(error)).not.toContain('\n')
  })
})

describe('nextAttemptAt', () => {
  test('is the end of the cool-down after a failure, and a call leaves then', async () => {
    const { issuer, source, clock, ask } = world({ provider: { canRefresh: false } })
    issuer.always(() => status(500))
    const start = clock.now()
    expect(await errorOf(source.getToken())).toMatchObject({ nextAttemptAt: start + 30 * SECOND })
    expect(await source.status()).toMatchObject({ nextAttemptAt: start + 30 * SECOND })
    const before = issuer.requests.length
    await clock.advance(30 * SECOND - 1)
    await ask()
    expect(issuer.requests).toHaveLength(before)
    await clock.advance(1)
    await ask()
    expect(issuer.requests.length).toBeGreaterThan(before)
  })

  test('is the end of the pause that the provider asked for', async () => {
    const { issuer, source, clock } = world({ provider: { canRefresh: false } })
    issuer.always(() => status(429, { 'retry-after': '1200' }))
    expect(await errorOf(source.getToken())).toMatchObject({ nextAttemptAt: clock.now() + 20 * MINUTE })
  })

  test.each([true, false])('of denied credentials is their first probe (probeRejected: %s)', async (probeRejected) => {
    const { issuer, source, clock, ask } = world({ provider: { canRefresh: false, probeRejected } })
    issuer.always(() => status(401))
    const next = probeRejected ? clock.now() + 6 * HOUR : undefined
    expect(await errorOf(source.getToken())).toMatchObject({ nextAttemptAt: next })
    expect((await source.status()).nextAttemptAt).toBe(next)
    await clock.advance(6 * HOUR - 1)
    await ask()
    expect(issuer.requests).toHaveLength(1)
    await clock.advance(1)
    await ask()
    expect(issuer.requests).toHaveLength(probeRejected ? 2 : 1)
    // From the second on it is a day.
    expect((await source.status()).nextAttemptAt).toBe(probeRejected ? clock.now() + 24 * HOUR : undefined)
  })

  test('is not named where only a person helps', async () => {
    const { clock, source } = world({ provider: { canAcquire: false } })
    expect(await errorOf(source.getToken())).toMatchObject({ code: 'reauthorization-required' })
    await source.seed({ accessToken: 'one', refreshToken: 'r', expiresAt: clock.now(), refreshExpiresAt: clock.now() })
    expect((await source.status()).nextAttemptAt).toBeUndefined()
    expect(await errorOf(source.getToken())).toMatchObject({ nextAttemptAt: undefined })
  })

  test('after a lost answer is the end of the token in hand', async () => {
    const { issuer, source, clock, ask, background } = world({ provider: { canAcquire: false } })
    const end = clock.now() + HOUR
    await source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: end })
    await clock.advance(50 * MINUTE)
    issuer.prepare(status(500))
    expect(await ask()).toBe('one')
    await background()
    expect((await source.status()).nextAttemptAt).toBe(end)
    await clock.advance(MINUTE)
    expect(await ask()).toBe('one')
    await background()
    await clock.advance(9 * MINUTE - 1)
    expect(await ask({ staleIfError: false, timeoutMs: 1 })).toBe('unavailable')
    expect(issuer.requests).toHaveLength(1)
    issuer.prepare(tokenAnswer('two'))
    await clock.advance(1)
    expect(await ask()).toBe('two')
    expect((await source.status()).nextAttemptAt).toBeUndefined()
  })

  test('includes the closing of the endpoint, also for an account that never called', async () => {
    const { issuer, manager, clock } = world({ provider: { canRefresh: false } })
    issuer.always(() => Promise.reject(offline()))
    for (const name of ['a', 'b']) await errorOf(manager.account(name).getToken({ timeoutMs: 1 }))
    const healthy = manager.account('healthy')
    expect(await healthy.status()).toMatchObject({ state: 'absent', nextAttemptAt: clock.now() + 30 * SECOND })
    expect(await errorOf(healthy.getToken())).toMatchObject({ nextAttemptAt: clock.now() + 30 * SECOND })
  })
})
