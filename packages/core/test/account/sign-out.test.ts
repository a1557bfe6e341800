import { createTokenManager, type EndOptions, type TokenEvent } from '@chaveiro/core'
import { describe, expect, test } from 'vitest'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { countingProvider } from '../support/counting-provider.ts'
import type { ProviderChanges } from '../support/provider-changes.ts'
import { type SharedStore, sharedStore } from '../support/shared-store.ts'

const SERVER = new URL('https://api.example.com')

/** A provider whose calls wait until they are let go, and that revokes. */
function account(
  options: {
    store?: SharedStore
    isInMemory?: boolean
    provider?: ProviderChanges<object>
    credentials?: () => object
  } = {},
) {
  const clock = new FakeClock()
  const revoked: string[] = []
  const calls: (() => void)[] = []
  let held = false
  const provider = countingProvider(
    SERVER,
    async () => {
      const number = calls.length + 1
      await new Promise<void>((go) => {
        calls.push(go)
        if (!held) go()
      })
      return number
    },
    { revoke: async (_io, { accessToken = '' }) => void revoked.push(accessToken), ...options.provider },
  )
  const events: TokenEvent[] = []
  const { store = sharedStore(), isInMemory } = options
  const manager = createTokenManager({
    provider,
    credentials: options.credentials ?? (() => ({})),
    store: isInMemory ? undefined : store,
    clock,
  })
  manager.on((event) => void events.push(event))
  return {
    clock,
    calls,
    revoked,
    events,
    store,
    manager,
    source: manager.account('one'),
    hold: () => {
      held = true
    },
    /** The token call of that number has begun. */
    called: async (count: number) => {
      while (calls.length < count) await clock.advance(0)
    },
    ended: () => events.filter(({ type }) => type === 'ended'),
  }
}

describe('end() while a token is in flight', () => {
  test.each([
    ['the first token, in memory', false, false],
    ['the first token, in a shared store', true, false],
    ['a refresh, in memory', false, true],
    ['a refresh, in a shared store', true, true],
  ])('%s: the late answer is not stored, and is revoked [LG01]', async (_name, isShared, refresh) => {
    const { source, store, calls, called, hold, revoked, clock } = account({ isInMemory: !isShared })
    const first = refresh ? await source.getToken() : undefined
    hold()
    const waiting = source.getToken(first ? { newerThan: first } : {}).catch((error: unknown) => error)
    await called(refresh ? 2 : 1)
    await source.end()
    const kept = { ended: isShared }
    const expectKept = async () => expect({ ended: false, ...(await store.stored()) }).toMatchObject(kept)
    await expectKept()
    calls.at(-1)?.()
    expect(await waiting).toMatchObject({ code: 'aborted' })
    await clock.advance(0)
    await expectKept()
    expect(await source.status()).toMatchObject({ state: 'absent' })
    expect(revoked).toEqual(refresh ? ['token-1', 'token-2'] : ['token-1'])
  })

  test('does not take a later caller down with the flight that was under way', async () => {
    const { source, calls, called, hold } = account()
    hold()
    const waiting = source.getToken().catch((error: unknown) => error)
    await called(1)
    await source.end()
    const later = source.getToken()
    calls[0]?.()
    expect(await waiting).toMatchObject({ code: 'aborted' })
    await called(2)
    calls[1]?.()
    expect((await later).reveal()).toBe('token-2')
  })

  test('wins against a commit whose answer comes late', async () => {
    const { source, store, clock } = account({ store: sharedStore() })
    let answer = (): void => {}
    let isToken = false
    store.afterCommit = (_key, next) => {
      isToken = next?.includes('token-1') ?? false
      return isToken ? new Promise<void>((resolve) => (answer = resolve)) : undefined
    }
    const waiting = source.getToken().catch((error: unknown) => error)
    while (!isToken) await clock.advance(0)
    await source.end({ revoke: 'skip' })
    answer()
    expect(await waiting).toMatchObject({ code: 'aborted' })
    expect(await source.status()).toMatchObject({ state: 'absent' })
  })

  test('wins against a read whose answer comes late', async () => {
    const store = sharedStore()
    const first = account({ store })
    await first.source.getToken()
    const second = account({ store })
    let answer = (): void => {}
    let isRead = false
    let isHeld = true
    const read = store.read.bind(store)
    store.read = async (key) => {
      const found = await read(key)
      if (isHeld) {
        isHeld = false
        await new Promise<void>((resolve) => {
          answer = resolve
          isRead = true
        })
      }
      return found
    }
    const waiting = second.source.getToken()
    while (!isRead) await second.clock.advance(0)
    await second.source.end({ revoke: 'skip' })
    answer()
    expect((await waiting).lineage).not.toBe((await first.source.getToken()).lineage)
  })
})

test('a process that holds the token in memory sees at its next store read that another one ended it [LG03]', async () => {
  const store = sharedStore()
  const here = account({
    store,
    provider: { acquire: undefined, refresh: () => Promise.reject(new Error('unused')), refreshKind: 'reusable' },
  })
  const there = account({
    store,
    provider: { acquire: undefined, refresh: () => Promise.reject(new Error('unused')), refreshKind: 'reusable' },
  })
  await here.source.seed({ accessToken: 'seeded', expiresAt: here.clock.now() + 3_600_000 })
  expect((await there.source.getToken()).reveal()).toBe('seeded')
  await here.source.end()
  expect((await there.source.getToken()).reveal()).toBe('seeded') // memory, without a read
  await there.clock.advance(3_100_000) // the refresh window: the read is in the background
  await there.source.getToken()
  await there.clock.advance(0)
  await expect(there.source.getToken()).rejects.toMatchObject({ code: 'reauthorization-required' })
  expect(await store.stored()).toMatchObject({ ended: true })
})

describe('end() and the provider’s revocation', () => {
  const down = { revoke: () => Promise.reject(new Error('down')) }

  test('best-effort ends here whatever the provider does, and the event says what it did [LG04]', async () => {
    const { source, store, ended } = account({ provider: down })
    await source.getToken()
    await source.end()
    expect(await store.stored()).toMatchObject({ ended: true })
    expect(ended()).toMatchObject([
      { generation: 1, code: 'unavailable', provider: 'counting', account: { tenant: 'one' } },
    ])
  })

  test('best-effort ends here too when the credentials cannot be read [LG04]', async () => {
    let broken = false
    const credentials = (): object => {
      if (broken) throw new Error('vault is sealed')
      return {}
    }
    const { source, store, ended } = account({ credentials })
    await source.getToken()
    broken = true
    await source.end()
    expect(await store.stored()).toMatchObject({ ended: true })
    expect(ended()).toMatchObject([{ code: 'unavailable' }])
  })

  test('best-effort waits no longer than a token call may take, and does not block a sign-in in the meantime', async () => {
    const { source, clock, ended } = account({ provider: { revoke: () => new Promise(() => {}) } })
    await source.getToken()
    const ending = source.end()
    await clock.advance(0)
    await source.seed({ accessToken: 'next-user' })
    expect((await source.getToken()).reveal()).toBe('next-user')
    await clock.advance(15_000)
    await ending
    expect(ended()).toMatchObject([{ code: 'unavailable' }])
    expect((await source.getToken()).reveal()).toBe('next-user')
  })

  test.each<[string, ProviderChanges<object>, string]>([
    ['is down', down, 'unavailable'],
    ['documents none', { revoke: undefined }, 'misconfigured'],
  ])('require fails and keeps the record when it %s [LG04]', async (_name, provider, code) => {
    const { source, store, ended } = account({ provider })
    const token = await source.getToken()
    await expect(source.end({ revoke: 'require' })).rejects.toMatchObject({ code })
    expect(store.records.size).toBe(1)
    expect(await source.getToken()).toBe(token)
    expect(ended()).toEqual([])
  })

  test('require revokes before it forgets, skip makes no call', async () => {
    const { source, store, revoked } = account()
    await source.getToken()
    await source.end({ revoke: 'require' })
    expect(revoked).toEqual(['token-1'])
    expect(await store.stored()).toMatchObject({ ended: true })
    await source.getToken()
    await source.end({ revoke: 'skip' })
    expect(revoked).toEqual(['token-1'])
    expect(await store.stored()).toMatchObject({ ended: true })
  })

  test('revokes the latest token, even one that arrived during the sign-out', async () => {
    const store = sharedStore()
    const { source, revoked } = account({ store })
    await source.getToken()
    const other = account({ store })
    store.beforeCommit = async (_key, next) => {
      if (next?.includes('"ended"') !== true) return
      store.beforeCommit = undefined
      await other.source.seed({ accessToken: 'came-in' })
    }
    await source.end()
    expect(revoked).toEqual(['came-in'])
    expect(await store.stored()).toMatchObject({ ended: true })
  })

  test('a mode that does not exist is a TypeError, and ends nothing', async () => {
    const { source, store } = account()
    await source.getToken()
    const options: EndOptions = JSON.parse('{"revoke":"requires"}')
    await expect(source.end(options)).rejects.toThrow(TypeError)
    expect(store.records.size).toBe(1)
  })
})

describe('end() where there is little to end', () => {
  test('twice, at once, or on an account that never had a token, is fine [LG05]', async () => {
    const { source, store, calls } = account()
    await source.end()
    await source.getToken()
    await Promise.all([source.end(), source.end()])
    await source.end()
    expect(await store.stored()).toMatchObject({ ended: true })
    expect(calls).toHaveLength(1)
    expect((await source.getToken()).generation).toBe(1)
  })

  test.each<EndOptions['revoke']>(['best-effort', 'skip'])('overwrites a torn record, with %s', async (revoke) => {
    const store = sharedStore()
    const { source } = account({ store })
    await source.getToken()
    for (const key of store.records.keys()) store.records.set(key, { version: 'torn', value: undefined })
    await source.end({ revoke })
    expect(await store.stored()).toMatchObject({ ended: true })
  })

  test('leaves a torn record where its token must be revoked', async () => {
    const store = sharedStore()
    const { source } = account({ store })
    await source.getToken()
    for (const key of store.records.keys()) store.records.set(key, { version: 'torn', value: '{"v":1' })
    await expect(source.end({ revoke: 'require' })).rejects.toMatchObject({ code: 'store' })
    expect(store.records.size).toBe(1)
  })
})
