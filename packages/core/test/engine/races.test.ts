import { describe, expect, test } from 'vitest'
import { deferred } from '../support/deferred.ts'
import { errorOf, outcome, SECOND, world } from '../support/engine-world.ts'
import { fleet } from '../support/fleet.ts'
import { offline, reset, status, tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

describe('a sign-out during a flight', () => {
  test.each([
    ['no record yet', false],
    ['a record', true],
  ])('with %s: the late answer is revoked and not stored', async (_, hasRecord) => {
    const { issuer, source, ask, clock } = world({ provider: { canRevoke: true } })
    if (hasRecord) await source.seed({ accessToken: 'one', expiresAt: clock.now() })
    const answer = issuer.hold()
    const late = ask()
    await answer.asked
    await source.end({ revoke: 'skip' })
    issuer.prepare(status(200))
    answer.give(tokenAnswer('late'))
    expect(await late).toBe('aborted')
    expect(issuer.sent().at(-1)).toEqual({ revoke: 'late' })
    expect(await source.status()).toMatchObject({ state: 'absent', persisted: false })
    issuer.prepare(tokenAnswer('new'))
    expect(await ask()).toBe('new')
  })

  test('and a new beginning under the same name: the old answer comes last and changes nothing [MT03]', async () => {
    const { issuer, source, ask, clock } = world({ provider: { canRevoke: true } })
    await source.seed({ accessToken: 'one', expiresAt: clock.now() })
    const answer = issuer.hold()
    const late = ask()
    await answer.asked
    await source.end({ revoke: 'skip' })
    await source.seed({ accessToken: 'new', expiresAt: clock.now() + 600 * SECOND })
    issuer.prepare(status(200))
    answer.give(tokenAnswer('late'))
    expect(await late).toBe('new')
    expect(await ask()).toBe('new')
    expect(issuer.sent().at(-1)).toEqual({ revoke: 'late' })
    expect(await source.status()).toMatchObject({ state: 'fresh', generation: 1, persisted: true })
  })

  /** Signs out while a token is being stored; then the store fails as often as it is told. */
  const signedOutWhileStoring = async (failures: { commit: number; read: number }) => {
    const store = sharedStore({ durable: false })
    const { issuer, source, ask, until, heard } = world({ store, provider: { canRevoke: true } })
    const begun = deferred<void>()
    const pending = deferred<void>()
    store.beforeCommit = () => {
      begun.resolve()
      return pending.promise
    }
    issuer.prepare(tokenAnswer('late'), status(200))
    const late = ask()
    await begun.promise
    await source.end({ revoke: 'skip' })
    const fail = (kind: 'commit' | 'read') => () => {
      failures[kind] -= 1
      if (failures[kind] >= 0) throw new Error('The store cannot be reached.')
    }
    store.beforeCommit = fail('commit')
    store.beforeRead = fail('read')
    pending.resolve()
    return { store, issuer, source, failed: await until(late), heard }
  }

  test('while its answer is being stored: what was stored is taken back, and revoked', async () => {
    const { store, issuer, source, failed } = await signedOutWhileStoring({ commit: 0, read: 0 })
    expect(failed).toBe('aborted')
    expect(store.records.size).toBe(0)
    expect(issuer.sent().at(-1)).toEqual({ revoke: 'late' })
    expect(await source.status()).toMatchObject({ state: 'absent' })
  })

  test('while its answer is being stored: a store that fails for a moment loses nothing of that', async () => {
    const { store, issuer, failed, heard } = await signedOutWhileStoring({ commit: 2, read: 0 })
    expect(failed).toBe('aborted')
    expect(store.records.size).toBe(0)
    expect(issuer.sent().at(-1)).toEqual({ revoke: 'late' })
    expect(heard('persist.failed')).toEqual([])
  })

  test.each([
    ['keeps it', 'aborted', { commit: 9, read: 0 }],
    ['cannot even be read', 'store', { commit: 9, read: 1 }],
  ])(
    'while its answer is being stored: where the store %s, the token is revoked all the same',
    async (_, code, failures) => {
      const { issuer, failed, heard } = await signedOutWhileStoring(failures)
      expect(failed).toBe(code)
      expect(issuer.sent().at(-1)).toEqual({ revoke: 'late' })
      expect(heard('persist.failed')[0]).toMatchObject({ code: 'store', generation: 1 })
    },
  )

  test.each([
    ['memory', false],
    ['a shared store', true],
  ])(
    'after a sign-in, while the late answer is being revoked: the ended token does not come back (%s)',
    async (_, durable) => {
      const { issuer, source, ask, clock } = world({ store: sharedStore({ durable }), provider: { canRevoke: true } })
      const answer = issuer.hold()
      const late = ask()
      await answer.asked
      await source.seed({ accessToken: 'signed-in', expiresAt: clock.now() + 1_000 * SECOND })
      const revocation = issuer.hold()
      answer.give(tokenAnswer('late'))
      await revocation.asked
      await source.end({ revoke: 'skip' })
      revocation.give(status(200))
      expect(await late).toBe('aborted')
      expect(issuer.sent().at(-1)).toEqual({ revoke: 'late' })
      expect(await source.status()).toMatchObject({ state: 'absent' })
      issuer.prepare(tokenAnswer('new'))
      expect(await ask()).toBe('new')
    },
  )

  test('and yet another sign-in, while the late answer is being revoked: the last one stands', async () => {
    const { issuer, source, ask, clock } = world({ provider: { canRevoke: true } })
    const answer = issuer.hold()
    const late = ask()
    await answer.asked
    await source.seed({ accessToken: 'second', expiresAt: clock.now() + 1_000 * SECOND })
    const revocation = issuer.hold()
    answer.give(tokenAnswer('late'))
    await revocation.asked
    await source.end({ revoke: 'skip' })
    await source.seed({ accessToken: 'third', expiresAt: clock.now() + 1_000 * SECOND })
    revocation.give(status(200))
    expect(await late).toBe('third')
    expect(issuer.sent().filter((body) => JSON.stringify(body).includes('revoke'))).toEqual([{ revoke: 'late' }])
  })

  test('after a sign-in, while the late answer is being compared with the store', async () => {
    const store = sharedStore()
    const { issuer, source, ask, clock } = world({ store, provider: { canRevoke: true } })
    const answer = issuer.hold()
    const late = ask()
    await answer.asked
    await source.seed({ accessToken: 'signed-in', expiresAt: clock.now() + 1_000 * SECOND })
    const read = deferred<void>()
    const answered = deferred<void>()
    store.afterRead = () => {
      store.afterRead = undefined
      read.resolve()
      return answered.promise
    }
    issuer.prepare(status(200))
    answer.give(tokenAnswer('late'))
    await read.promise
    await source.end({ revoke: 'skip' })
    answered.resolve()
    expect(await late).toBe('aborted')
    expect(await source.status()).toMatchObject({ state: 'absent' })
  })

  test('while a token that the store refused before is offered again: it is not left there', async () => {
    const store = sharedStore({ durable: false })
    const { issuer, source, ask, askPatiently, background, clock } = world({ store })
    store.beforeCommit = () => {
      throw new Error('The store cannot be reached.')
    }
    issuer.prepare(tokenAnswer('one'))
    expect(await askPatiently()).toBe('one')
    const begun = deferred<void>()
    const pending = deferred<void>()
    store.beforeCommit = () => {
      begun.resolve()
      return pending.promise
    }
    await clock.advance(SECOND)
    expect(await ask()).toBe('one')
    await begun.promise
    await source.end()
    store.beforeCommit = undefined
    issuer.prepare(tokenAnswer('two'))
    pending.resolve()
    await background()
    expect(await ask()).toBe('two')
    expect(await store.stored()).toMatchObject({ token: { accessToken: 'two' } })
  })

  test('while the record is being read: what was read is not remembered', async () => {
    const store = sharedStore()
    const first = world({ store })
    await first.source.seed({ accessToken: 'one', expiresAt: first.clock.now() + 1_000 * SECOND })
    const { issuer, source, ask, clock } = world({ store })
    await source.status()
    const answered = deferred<void>()
    const read = deferred<void>()
    store.afterRead = () => {
      store.afterRead = undefined
      read.resolve()
      return answered.promise
    }
    const late = ask()
    await read.promise
    await source.end({ revoke: 'skip' })
    issuer.prepare(tokenAnswer('new'))
    answered.resolve()
    expect(await late).toBe('new')
    expect(clock.pending).toBe(0)
  })
})

test.each([true, false])(
  'a call that was never sent is not repeated after a sign-out: its refresh token has ended (shared store: %s)',
  async (durable) => {
    const store = sharedStore({ durable })
    const options = { store, provider: { canAcquire: false }, manager: { random: () => 0.5 } }
    const { issuer, source, ask, clock } = world(options)
    await source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: clock.now() })
    issuer.prepare(offline())
    const late = ask()
    while (clock.nextTimerMs !== 25) await clock.advance(0)
    await source.end({ revoke: 'skip' })
    await clock.advance(25)
    expect(await late).toBe('reauthorization-required')
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }])
    expect(store.records.size).toBe(0)
  },
)

test('a flight that fails after a sign-in holds nothing against the new token', async () => {
  const { issuer, source, ask, clock } = world({ provider: { canAcquire: false } })
  await source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: clock.now() })
  const answer = issuer.hold()
  const late = ask()
  await answer.asked
  await source.seed({ accessToken: 'two', refreshToken: 'r2', expiresAt: clock.now() })
  answer.give(reset())
  expect(await late).toBe('unavailable')
  expect((await source.status()).lastFailure).toBeUndefined()
  issuer.prepare(tokenAnswer('three'))
  expect(await ask()).toBe('three')
})

test('who wants a token newer than an old one does not get one that was refused meanwhile', async () => {
  const { issuer, source, ask, clock } = world()
  issuer.prepare(tokenAnswer('one'), tokenAnswer('two'))
  const one = await source.getToken()
  await clock.advance(1_000 * SECOND)
  const two = await source.getToken()
  expect(await source.reject(two)).toBe(true)
  issuer.prepare(tokenAnswer('three'))
  expect(await ask({ newerThan: one })).toBe('three')
})

test('a lost acquire is repeated once, not twice', async () => {
  const { issuer, askPatiently } = world()
  issuer.prepare(reset(), reset())
  expect(await askPatiently()).toBe('unavailable')
})

test('a lost acquire that may have left a token is not repeated', async () => {
  const { issuer, ask } = world({ provider: { repeat: 'leaves-token' } })
  issuer.prepare(reset())
  expect(await ask()).toBe('unavailable')
})

describe('in a shared store', () => {
  test('a claim whose answer was lost is recognised by its owner', async () => {
    const { issuer, join, store } = await fleet()
    store.afterCommit = () => {
      store.afterCommit = undefined
      throw new Error('connection lost')
    }
    issuer.prepare(tokenAnswer('two'))
    expect(await join().ask()).toBe('two')
  })

  test('who took a claim over leaves it until there is a result, and what it learned beside it', async () => {
    const { issuer, join, store, value } = await fleet()
    const [key = ''] = store.records.keys()
    const claim = { owner: 'dead', generation: 2, ttlMs: 1_000 }
    store.records.set(key, { version: 'v', value: JSON.stringify({ ...(await value()), claim }) })
    issuer.prepare(status(429, { 'retry-after': '600' }))
    expect(await join().askPatiently()).toBe('throttled')
    expect(await value()).toMatchObject({ claim: { generation: 3 }, notBefore: expect.any(Number) })
  })

  test('a token that could not be stored does not bring back an account that was ended elsewhere', async () => {
    const { issuer, join, store } = await fleet({ canAcquire: false })
    const [a, b] = [join(), join()]
    store.beforeCommit = (_, next) => {
      if (next?.includes('"two"') === true) throw new Error('disk full')
    }
    issuer.prepare(tokenAnswer('two'))
    expect(await a.askPatiently()).toBe('two')
    store.beforeCommit = undefined
    await b.source.end()
    await a.clock.advance(2 * SECOND)
    expect(await a.ask()).toBe('two')
    await a.background()
    expect(store.records.size).toBe(0)
    expect(await outcome(a.source.getToken())).toBe('reauthorization-required')
    expect(await errorOf(a.source.getToken())).toMatchObject({ action: 'reauthorize' })
  })
})
