import { setImmediate } from 'node:timers/promises'
import { type AccountRef, createTokenManager, type TokenManagerOptions } from '@chaveiro/core'
import { describe, expect, test } from 'vitest'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { countingProvider } from '../support/counting-provider.ts'
import { sharedStore } from '../support/shared-store.ts'

const SERVER = new URL('https://api.example.com')

function manager(options: Partial<TokenManagerOptions<{ hang: boolean; fail: boolean }>> = {}) {
  const clock = new FakeClock()
  let calls = 0
  let atOnce = 0
  let most = 0
  const { hung, go } = gate()
  const tokens = createTokenManager<{ hang: boolean; fail: boolean }>({
    provider: {
      ...countingProvider(SERVER, () => 0),
      async acquire(io, { hang, fail }) {
        calls += 1
        atOnce += 1
        most = Math.max(most, atOnce)
        if (hang) await hung
        await setImmediate()
        atOnce -= 1
        if (fail) throw new TypeError('no')
        return { accessToken: `token-${calls}`, expiresAt: io.now + 3_600_000 }
      },
    },
    credentials: ({ tenant }) => ({ hang: tenant.startsWith('hang'), fail: tenant.startsWith('fail') }),
    clock,
    ...options,
  })
  return { tokens, clock, calls: () => calls, most: () => most, go }
}

function gate(): { hung: Promise<void>; go: () => void } {
  let go = (): void => {}
  const hung = new Promise<void>((resolve) => {
    go = resolve
  })
  return { hung, go: () => go() }
}

function* names(count: number, prefix = 'seller'): Generator<string> {
  for (let index = 0; index < count; index += 1) yield `${prefix}-${index}`
}

describe('a manager of very many accounts', () => {
  test('remembers no more of them than it was told, and forgets no flight and no token that is nowhere else [MT01]', async () => {
    const { tokens, calls, go } = manager({ maxAccounts: 1_000 })
    const hanging = tokens.account('hang').getToken()
    while (calls() === 0) await setImmediate()
    for (const name of names(100_000)) tokens.account(name)
    const known = tokens.accounts()
    expect(known).toHaveLength(1_000)
    expect(known.map(({ account }) => account)).toContainEqual({ tenant: 'hang' })
    go()
    expect((await hanging).reveal()).toBe('token-1')
    expect((await tokens.account('hang').getToken()).reveal()).toBe('token-1')
  })

  test('serves them all again after they were evicted, from the store [MT01]', async () => {
    const store = sharedStore()
    const { tokens, calls } = manager({ maxAccounts: 10, store })
    const sources = [...names(100)].map((name) => tokens.account(name))
    const first = await Promise.all(sources.map((source) => source.getToken()))
    expect(calls()).toBe(100)
    const again = await Promise.all(sources.map((source) => source.getToken()))
    expect(again.map((token) => token.reveal())).toEqual(first.map((token) => token.reveal()))
    expect(calls()).toBe(100)
  })

  test('gives a source that was evicted the account’s present state, not its own memory [MT01]', async () => {
    const { tokens } = manager({ maxAccounts: 1 })
    const old = tokens.account('one')
    await old.getToken()
    await tokens.account('two').getToken()
    await tokens.account('one').seed({ accessToken: 'seeded' })
    expect((await old.getToken()).reveal()).toBe('seeded')
    await old.end()
    expect(await tokens.account('one').status()).toMatchObject({ state: 'absent' })
  })

  test('does not evict an account that is being signed in', async () => {
    const store = sharedStore()
    const { tokens } = manager({ maxAccounts: 1, store })
    const { hung, go } = gate()
    store.afterCommit = () => hung
    const old = tokens.account('one')
    const seeding = old.seed({ accessToken: 'seeded' })
    tokens.account('two')
    tokens.account('three')
    store.afterCommit = undefined
    go()
    await seeding
    await tokens.account('one').end()
    await expect(old.status()).resolves.toMatchObject({ state: 'absent' })
    expect((await old.getToken()).reveal()).toBe('token-1')
  })

  test.each([0, -1, Number.NaN])('is not made for %d accounts', (maxAccounts) => {
    expect(() => manager({ maxAccounts })).toThrow(TypeError)
  })
})

describe('one tenant whose issuer hangs', () => {
  test('keeps no other tenant waiting [MT02]', async () => {
    const { tokens, go } = manager()
    const hanging = tokens.account('hang').getToken()
    const others = await Promise.all([...names(100)].map((name) => tokens.account(name).getToken()))
    expect(others).toHaveLength(100)
    go()
    await hanging
  })

  test('or eight of them, which take all places, gives them back when the attempt’s time is over [MT02]', async () => {
    const { tokens, clock, calls } = manager()
    const hanging = [...names(8, 'hang')].map((name) =>
      tokens
        .account(name)
        .getToken()
        .catch(() => {}),
    )
    while (calls() < 8) await clock.advance(0)
    const other = tokens.account('other').getToken()
    await clock.advance(14_999)
    expect(calls()).toBe(8)
    await clock.advance(1)
    // A waiting call gets its slot before calls that retry.
    expect((await other).expiresAt).toBeGreaterThan(clock.now())
    expect(hanging).toHaveLength(8)
  })
})

describe('warm()', () => {
  test('gets ten thousand tokens a few at a time, of which a tenth fails [MT04]', async () => {
    const { tokens, most, calls } = manager({ tokenCallsAtOnce: 1_000 })
    const refs = [...names(10_000)].map((name, index) => (index % 10 === 0 ? `fail-${name}` : name))
    const seen: number[] = []
    const report = await tokens.warm(refs, {
      concurrency: 5,
      onProgress: ({ ready, skipped, failed }) => void seen.push(ready + skipped + failed.length),
    })
    expect([report.ready, report.skipped, report.failed.length]).toEqual([9_000, 0, 1_000])
    expect(report.failed[0]).toEqual({ account: { tenant: 'fail-seller-0' }, code: 'misconfigured' })
    expect(seen).toEqual(Array.from({ length: 10_000 }, (_, index) => index + 1))
    expect(most()).toBe(5)
    expect(calls()).toBe(10_000)
    expect(await tokens.warm(refs.slice(1, 10))).toMatchObject({ ready: 9, failed: [] })
    expect(calls()).toBe(10_000)
  })

  test('ends early when it is aborted, and counts the rest as skipped [MT04]', async () => {
    const { tokens, calls } = manager()
    const abort = new AbortController()
    const onProgress = ({ ready }: { ready: number }): void => {
      if (ready === 10) abort.abort('enough')
    }
    const report = await tokens.warm(names(1_000), { signal: abort.signal, onProgress, concurrency: 2 })
    expect(report.ready + report.skipped).toBe(1_000)
    expect(report.ready).toBeLessThanOrEqual(12)
    expect(report.failed).toEqual([])
    expect(calls()).toBeLessThanOrEqual(12)
  })

  test('an abort ends the wait for what hangs [MT04]', async () => {
    const { tokens, clock } = manager()
    const abort = new AbortController()
    const warming = tokens.warm(['hang-1', 'one'], { signal: abort.signal, concurrency: 1 })
    await clock.whenPending(1)
    abort.abort()
    expect(await warming).toEqual({ ready: 0, skipped: 2, failed: [] })
  })

  test('reads its accounts as it goes, and takes none at all too', async () => {
    const { tokens } = manager()
    let read = 0
    function* lazily(): Generator<string> {
      for (const name of names(100)) {
        read += 1
        yield name
      }
    }
    const seen: number[] = []
    await tokens.warm(lazily(), { concurrency: 2, onProgress: () => void seen.push(read) })
    expect(seen[0]).toBeLessThan(5)
    expect(await tokens.warm([])).toEqual({ ready: 0, skipped: 0, failed: [] })
    expect(await tokens.warm(names(20), { concurrency: Infinity })).toMatchObject({ ready: 20 })
  })

  test('rejects for what cannot be meant, and then does no more', async () => {
    const { tokens, calls } = manager()
    await expect(tokens.warm(names(10), { concurrency: 0 })).rejects.toThrow(TypeError)
    await expect(tokens.warm(names(10), { concurrency: Number.NaN })).rejects.toThrow(TypeError)
    await expect(tokens.warm(['a', '', 'b'])).rejects.toThrow(TypeError)
    const before = calls()
    const onProgress = (): never => {
      throw new Error('mine')
    }
    await expect(tokens.warm(names(100, 'new'), { concurrency: 2, onProgress })).rejects.toThrow('mine')
    await tokens.account('a').getToken()
    expect(calls() - before).toBeLessThanOrEqual(3)
  })
})

describe('accounts with names that an attacker chose', () => {
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '\u0000', '4:x,-', 'ação€', '../../etc', ' '])(
    '%j is data [SC07]',
    async (name) => {
      const store = sharedStore()
      const { tokens } = manager({ store })
      await tokens.account('other').getToken()
      expect(await tokens.account(name).status()).toEqual({ state: 'absent', persisted: false })
      expect((await tokens.account(name).getToken()).reveal()).toBe('token-2')
      expect((await tokens.account({ tenant: name }).getToken()).reveal()).toBe('token-2')
      expect([...store.records.keys()].every((key) => /^[0-9a-f]{64}$/.test(key))).toBe(true)
    },
  )

  test('never share a key, however their fields are put together [SC07]', async () => {
    const { tokens } = manager()
    const refs = [
      { tenant: 'a', account: 'b' },
      { tenant: 'ab' },
      { tenant: 'a,1:b' },
      { tenant: 'a', audience: 'b' },
      { tenant: 'a', scopes: ['b'] },
      { tenant: 'a', scopes: [] },
      { tenant: 'a', scopes: ['b', 'c'] },
      { tenant: 'a', scopes: ['b,c'] },
      { tenant: 'a', account: '-' },
      { tenant: 'a' },
    ]
    const found = await Promise.all(refs.map(async (ref) => (await tokens.account(ref).getToken()).lineage))
    expect(new Set(found).size).toBe(refs.length)
  })

  test.each<[string, unknown]>([
    ['a name of 1 MB', 'x'.repeat(2 ** 20)],
    ['no name', ''],
    ['nothing', undefined],
    ['a number', 7],
    ['an object without a tenant', { account: 'x' }],
    ['scopes that are one string', { tenant: 'x', scopes: 'read write' }],
    ['a scope of 1 MB', { tenant: 'x', scopes: ['x'.repeat(2 ** 20)] }],
    ['a million scopes', { tenant: 'x', scopes: Array.from({ length: 2 ** 20 }, (_, index) => String(index)) }],
  ])('%s is refused with a TypeError that does not repeat it [SC07]', (_name, ref) => {
    const { tokens } = manager()
    const open = (given: AccountRef): unknown => tokens.account(given)
    const error = thrownBy(() => Reflect.apply(open, undefined, [ref]))
    expect(error).toBeInstanceOf(TypeError)
    expect(String(error).length).toBeLessThan(200)
  })

  test('cannot be changed by the provider that gets them', async () => {
    const seen: unknown[] = []
    const { tokens } = manager({
      credentials: (account) => {
        seen.push(account)
        expect(() => Object.assign(account, { tenant: 'other' })).toThrow(TypeError)
        return { hang: false, fail: false }
      },
    })
    const ref = { tenant: 'one', scopes: ['b', 'a', 'b'] }
    const source = tokens.account(ref)
    ref.tenant = 'changed'
    await source.getToken()
    expect(seen).toEqual([{ tenant: 'one', scopes: ['a', 'b'] }])
  })
})

function thrownBy(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  return undefined
}
