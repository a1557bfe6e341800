import { describe, expect, test } from 'vitest'
import { deferred } from '../support/deferred.ts'
import { SECOND, world } from '../support/engine-world.ts'
import { status, tokenAnswer } from '../support/scripted-issuer.ts'
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

  /** Signs out while a token is being stored. `reads`: how often the store then fails to read. */
  const signedOutWhileStoring = async (reads: number) => {
    const store = sharedStore()
    const { issuer, source, ask, until, heard } = world({ store, provider: { canRevoke: true } })
    const begun = deferred<void>()
    const pending = deferred<void>()
    store.beforeCommit = (_, next) => {
      if (next?.includes('"late"') !== true) return
      begun.resolve()
      return pending.promise
    }
    issuer.prepare(tokenAnswer('late'), status(200))
    const late = ask()
    await begun.promise
    await source.end({ revoke: 'skip' })
    let left = reads
    store.beforeRead = () => {
      left -= 1
      if (left >= 0) throw new Error('The store cannot be reached.')
    }
    pending.resolve()
    return { store, issuer, source, failed: await until(late), heard }
  }

  test('while its answer is being stored: it is not stored, and revoked', async () => {
    const { store, issuer, source, failed } = await signedOutWhileStoring(0)
    expect(failed).toBe('aborted')
    expect(await store.stored()).toMatchObject({ ended: true })
    expect(issuer.sent().at(-1)).toEqual({ revoke: 'late' })
    expect(await source.status()).toMatchObject({ state: 'absent' })
  })

  test('while its answer is being stored: where the store cannot even be read, the token is revoked anyway', async () => {
    const { issuer, failed, heard } = await signedOutWhileStoring(1)
    expect(failed).toBe('store')
    expect(issuer.sent().at(-1)).toEqual({ revoke: 'late' })
    expect(heard('persist.failed')[0]).toMatchObject({ code: 'store', generation: 1 })
  })

  /** Signs in while a token call is under way, and out again while its answer is being revoked. */
  const signedOutWhileRevoking = async (isShared: boolean) => {
    const made = world({ ...(isShared && { store: sharedStore() }), provider: { canRevoke: true } })
    const { issuer, source, ask, clock } = made
    const answer = issuer.hold()
    const late = ask()
    await answer.asked
    await source.seed({ accessToken: 'signed-in', expiresAt: clock.now() + 1_000 * SECOND })
    const revocation = issuer.hold()
    answer.give(tokenAnswer('late'))
    await revocation.asked
    await source.end({ revoke: 'skip' })
    return { ...made, late, revoked: () => revocation.give(status(200)) }
  }

  test.each([
    ['memory', false],
    ['a shared store', true],
  ])(
    'after a sign-in, while the late answer is being revoked: the ended token does not come back (%s)',
    async (_, isShared) => {
      const { issuer, source, ask, late, revoked } = await signedOutWhileRevoking(isShared)
      revoked()
      expect(await late).toBe('aborted')
      expect(issuer.sent().at(-1)).toEqual({ revoke: 'late' })
      expect(await source.status()).toMatchObject({ state: 'absent' })
      issuer.prepare(tokenAnswer('new'))
      expect(await ask()).toBe('new')
    },
  )

  test('and yet another sign-in, while the late answer is being revoked: the last one stands', async () => {
    const { issuer, source, clock, late, revoked } = await signedOutWhileRevoking(false)
    await source.seed({ accessToken: 'third', expiresAt: clock.now() + 1_000 * SECOND })
    revoked()
    expect(await late).toBe('third')
    expect(issuer.sent().filter((body) => JSON.stringify(body).includes('revoke'))).toEqual([{ revoke: 'late' }])
  })

  test('after a sign-in elsewhere, while the late answer is being compared with the store', async () => {
    const store = sharedStore()
    const { issuer, source, ask, clock } = world({ store, provider: { canRevoke: true } })
    const answer = issuer.hold()
    const late = ask()
    await answer.asked
    const elsewhere = world({ store, issuer, clock })
    await elsewhere.source.seed({ accessToken: 'signed-in', expiresAt: clock.now() + 1_000 * SECOND })
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
    const store = sharedStore()
    const { issuer, source, ask, askPatiently, background, clock } = world({ store })
    store.beforeCommit = (_, next) => {
      if (next?.includes('"one"')) throw new Error('The store cannot be reached.')
    }
    issuer.prepare(tokenAnswer('one'))
    expect(await askPatiently()).toBe('one')
    const begun = deferred<void>()
    const pending = deferred<void>()
    store.beforeCommit = (_, next) => {
      if (next?.includes('"one"') !== true) return
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
