import { createTokenManager, type TokenSource } from '@chaveiro/core'
import { describe, expect, test } from 'vitest'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { countingProvider } from '../support/counting-provider.ts'
import { type SharedStore, sharedStore } from '../support/shared-store.ts'

const SERVER = new URL('https://api.example.com')
const HOUR = 3_600_000

const ANA = {
  accessToken: 'ana-access',
  refreshToken: 'ana-refresh',
  scopes: ['a'],
  id: 'ana-id',
  meta: { user: 'ana' },
}
const BIA = { accessToken: 'bia-access', meta: { user: 'bia' } }

/** A provider that refreshes on command. */
function account(store?: SharedStore) {
  const clock = new FakeClock()
  const refreshed: string[] = []
  const answers: (() => void)[] = []
  const provider = countingProvider(SERVER, () => 1, {
    refreshKind: 'single-use',
    refresh: async (io, { refreshToken = '' }) => {
      refreshed.push(refreshToken)
      await new Promise<void>((resolve) => answers.push(resolve))
      return { accessToken: `${refreshToken}-access`, refreshToken: `${refreshToken}-2`, expiresAt: io.now + HOUR }
    },
  })
  const manager = createTokenManager({ provider, credentials: () => ({}), store, clock })
  const called = async (): Promise<void> => {
    while (answers.length === 0) await clock.advance(0)
  }
  return { clock, source: manager.account('one'), refreshed, answers, called }
}

async function facts(source: TokenSource): Promise<object> {
  const token = await source.getToken()
  return { text: token.reveal(), scopes: token.scopes, id: token.id, meta: token.meta, generation: token.generation }
}

const BIA_WHOLE = { text: 'bia-access', scopes: undefined, id: undefined, meta: { user: 'bia' }, generation: 1 }

describe('seed() of another user', () => {
  test.each([
    ['in memory', false],
    ['in a shared store', true],
  ])('while a refresh of the first is in flight wins whole, %s [LG02]', async (_name, isShared) => {
    const store = isShared ? sharedStore() : undefined
    const { source, answers, called } = account(store)
    await source.seed(ANA)
    const waiting = source.getToken({ newerThan: await source.getToken() })
    await called()
    await source.seed(BIA)
    answers[0]?.()
    // A caller that waited for a newer token gets one of the current lineage.
    expect((await waiting).reveal()).toBe('bia-access')
    expect(await facts(source)).toEqual(BIA_WHOLE)
    if (!store) return
    const record = await store.stored()
    expect(record).toMatchObject({ generation: 1, token: { accessToken: 'bia-access' } })
    expect(JSON.stringify(record)).not.toContain('ana')
  })

  test.each(['before', 'after'])(
    'wins in memory too when the refresh’s commit is answered %s its own [LG02]',
    async (order) => {
      const store = sharedStore()
      const { source, answers, called, clock } = account(store)
      await source.seed(ANA)
      const waiting = source.getToken({ newerThan: await source.getToken() })
      await called()
      const held = new Map<string, () => void>()
      store.afterCommit = (_key, next) =>
        new Promise<void>(
          (resolve) => void held.set(next?.includes('ana-refresh-access') ? 'refresh' : 'seed', resolve),
        )
      answers[0]?.()
      while (!held.has('refresh')) await clock.advance(0)
      const seeding = source.seed(BIA)
      while (!held.has('seed')) await clock.advance(0)
      store.afterCommit = undefined
      for (const who of order === 'before' ? ['refresh', 'seed'] : ['seed', 'refresh']) {
        held.get(who)?.()
        await clock.advance(0)
      }
      await seeding
      await waiting
      expect(await facts(source)).toEqual(BIA_WHOLE)
    },
  )

  test('leaves a request of the first user’s alone: its refusal does not touch the second’s token', async () => {
    const { source } = account(sharedStore())
    await source.seed(ANA)
    const old = await source.getToken()
    await source.seed(BIA)
    expect(await source.reject(old)).toBe(false)
    expect(await facts(source)).toEqual(BIA_WHOLE)
  })
})

describe('seed()', () => {
  test('begins a new lineage, which wins over a newer token of the old one [LG06]', async () => {
    const store = sharedStore()
    const { source, clock } = account(store)
    await source.seed({ ...ANA, expiresAt: clock.now() + HOUR })
    const before = await source.getToken()
    await source.seed({ ...BIA, expiresAt: clock.now() + 60_000 })
    const after = await source.getToken()
    expect(after.lineage).not.toBe(before.lineage)
    expect(after.reveal()).toBe('bia-access')
  })

  test.each([
    ['one source', false],
    ['two processes', true],
  ])('twice at once through %s: one wins whole, in store and memory alike [LG06]', async (_name, apart) => {
    const store = sharedStore()
    const first = account(store)
    const second = apart ? account(store) : first
    await Promise.all([first.source.seed(ANA), second.source.seed(BIA)])
    const [record] = [...store.records.values()].map(({ value = '' }) => JSON.parse(value))
    const fresh = account(store)
    expect(await facts(fresh.source)).toMatchObject({ text: record.token.accessToken, meta: record.token.meta })
    expect(record.token.accessToken === 'ana-access').toBe('refreshToken' in record.token)
    const own = apart ? account(store) : first
    expect(await facts(own.source)).toEqual(await facts(fresh.source))
  })

  test('and end() at once happen in the order in which they were called', async () => {
    const store = sharedStore()
    const { source } = account(store)
    await Promise.all([source.seed(ANA), source.end(), source.seed(BIA)])
    expect(await facts(source)).toEqual(BIA_WHOLE)
    await Promise.all([source.seed(ANA), source.end()])
    expect(await store.stored()).toMatchObject({ ended: true })
  })

  test('whose commit is answered in the wrong order leaves memory as the store is', async () => {
    const store = sharedStore()
    const { source, clock } = account(store)
    const answers: (() => void)[] = []
    store.afterCommit = () => new Promise<void>((resolve) => void answers.push(resolve))
    const seeding = Promise.all([source.seed(ANA), source.seed(BIA)])
    for (let answered = 0; answered < 2; answered += 1) {
      while (answers.length === 0) await clock.advance(0)
      answers.pop()?.()
    }
    await seeding
    store.afterCommit = undefined
    const [record] = [...store.records.values()].map(({ value = '' }) => JSON.parse(value))
    expect((await source.getToken()).reveal()).toBe(record.token.accessToken)
  })

  test('that the store does not take changes nothing, and the next one is not held up', async () => {
    const store = sharedStore()
    const { source } = account(store)
    await source.seed(ANA)
    store.beforeCommit = () => Promise.reject(new Error('disk full'))
    await expect(source.seed(BIA)).rejects.toMatchObject({ code: 'store' })
    expect((await source.getToken()).reveal()).toBe('ana-access')
    store.beforeCommit = undefined
    await source.seed(BIA)
    expect(await facts(source)).toEqual(BIA_WHOLE)
  })

  test('overwrites a record that cannot be read', async () => {
    const store = sharedStore()
    const { source } = account(store)
    await source.seed(ANA)
    for (const key of store.records.keys()) store.records.set(key, { version: 'torn', value: 'not json' })
    await source.seed(BIA)
    expect(await facts(account(store).source)).toEqual(BIA_WHOLE)
  })

  test.each([
    [{ accessToken: '' }, 'The grant given to seed() has no access token.'],
    [
      { accessToken: 'good', expiresAt: Number.NaN },
      'The grant given to seed() has an expiry that is not a valid date.',
    ],
    [
      { accessToken: 'sneaky-token', meta: { copy: 'sneaky-token' } },
      'The grant given to seed() has a token in `id`, `scopes` or `meta`.',
    ],
  ])('of an invalid grant says what is wrong, and changes nothing: %j', async (grant, message) => {
    const store = sharedStore()
    const { source } = account(store)
    const error = await source.seed(grant).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'ChaveiroError', message: `counting, account "one": ${message}` })
    expect(String(error)).not.toContain('sneaky')
    expect(store.commits).toBe(0)
  })
})
