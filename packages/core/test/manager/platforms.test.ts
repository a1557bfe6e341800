import { createTokenManager, type TokenManagerOptions, type TokenStore } from '@chaveiro/core'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { countingProvider } from '../support/api-server.ts'
import { sharedStore } from '../support/shared-store.ts'

const SERVER = new URL('https://api.example.com')
const HOUR = 3_600_000

/** An issuer with single-use refresh tokens, for several managers. Its calls wait while they are held. */
function issuer() {
  const spent: string[] = []
  const held: (() => void)[] = []
  let calls = 0
  let isHeld = false
  const issue = async (): Promise<{ accessToken: string; refreshToken: string }> => {
    calls += 1
    const number = calls
    if (isHeld) await new Promise<void>((resolve) => void held.push(resolve))
    return { accessToken: `access-${number}`, refreshToken: `refresh-${number}` }
  }
  const provider = countingProvider(SERVER, () => 0, {
    refreshKind: 'single-use',
    acquire: async (io) => ({ ...(await issue()), expiresAt: io.now + HOUR }),
    refresh: async (io, { refreshToken = '' }) => {
      spent.push(refreshToken)
      return { ...(await issue()), expiresAt: io.now + HOUR }
    },
  })
  return { provider, spent, held, calls: () => calls, hold: (now: boolean) => (isHeld = now) }
}

function managerOf(
  provider: TokenManagerOptions<object>['provider'],
  store: TokenStore,
  clock: FakeClock,
  more: Partial<TokenManagerOptions<object>> = {},
  create: typeof createTokenManager = createTokenManager,
) {
  return create({ provider, credentials: () => ({}), store, clock, random: () => 0, ...more })
}

/** Notes which of the platform's functions our own code calls: the test runner lives in the same world. */
function watchPlatform(): string[] {
  const touched: string[] = []
  const watch = (owner: object, name: string): void => {
    const original: unknown = Reflect.get(owner, name)
    if (typeof original !== 'function') throw new TypeError(`${name} is no function`)
    const before = Object.getOwnPropertyDescriptor(owner, name)
    const watched = (...args: unknown[]): unknown => {
      if (/core\/src\//.test(new Error('where').stack ?? '')) touched.push(name)
      return Reflect.apply(original, owner, args)
    }
    Object.defineProperty(owner, name, { configurable: true, writable: true, value: watched })
    onTestFinished(() => {
      Reflect.deleteProperty(owner, name)
      if (before) Object.defineProperty(owner, name, before)
    })
  }
  for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'fetch']) watch(globalThis, name)
  for (const name of ['getRandomValues', 'randomUUID']) watch(crypto, name)
  watch(crypto.subtle, 'digest')
  watch(performance, 'now')
  watch(Date, 'now')
  watch(Math, 'random')
  return touched
}

describe('importing', () => {
  test('does nothing: no timer, no randomness, no clock, no I/O, no global [ED01]', async () => {
    vi.resetModules()
    const globals = Object.getOwnPropertyNames(globalThis)
    const touched = watchPlatform()
    const core = await import('@chaveiro/core')
    await Promise.all([
      import('@chaveiro/core/provider'),
      import('@chaveiro/core/retry'),
      import('@chaveiro/core/testing'),
    ])
    expect(touched).toEqual([])
    expect(Object.getOwnPropertyNames(globalThis)).toEqual(globals)
    // The watch is awake: a use of what was imported is seen.
    await core
      .createTokenManager({ provider: issuer().provider, credentials: () => ({}) })
      .account('one')
      .getToken()
    expect(new Set(touched)).toEqual(new Set(['now', 'setTimeout', 'digest', 'getRandomValues', 'random']))
  })
})

describe('a manager for each request over one store', () => {
  test('lets no promise cross requests: both get a token, and one call is made [ED02]', async () => {
    const store = sharedStore()
    const clock = new FakeClock()
    const { provider, held, hold, calls } = issuer()
    hold(true)
    const first = managerOf(provider, store, clock).account('one').getToken()
    while (held.length === 0) await clock.advance(0)
    const second = managerOf(provider, store, clock).account('one').getToken()
    // The second waits by reading the store, on timers of its own.
    while (clock.nextTimerMs !== 50) await clock.advance(0)
    held[0]?.()
    expect((await first).reveal()).toBe('access-1')
    await clock.advance(50)
    expect((await second).reveal()).toBe('access-1')
    expect(calls()).toBe(1)
  })

  test('where the first request’s world stops in mid-refresh, the next one recovers when the claim is abandoned [ED04]', async () => {
    const store = sharedStore()
    const { provider, held, hold, calls, spent } = issuer()
    const frozen = new FakeClock()
    const before = managerOf(provider, store, frozen).account('one')
    await before.getToken()
    hold(true)
    await frozen.advance(HOUR - 60_000)
    const lost = before.getToken().catch(() => {})
    while (held.length === 0) await frozen.advance(0)
    // From here on its clock, its timers and its call stand still.
    hold(false)
    const clock = new FakeClock({ now: frozen.now() })
    const next = managerOf(provider, store, clock).account('one').getToken({ minValidityMs: 120_000 })
    let isDone = false
    void next.then(() => (isDone = true))
    // It has seen the claim, and looks again in 50 ms.
    while (clock.nextTimerMs !== 50) await clock.advance(0)
    let waited = 0
    while (!isDone && waited < 120_000) {
      await clock.advance(1_000)
      waited += 1_000
    }
    // The attempt's time-out and 10 s; the refresh token may be spent, so the account signs in again.
    expect(waited).toBeGreaterThanOrEqual(25_000)
    expect(waited).toBeLessThan(40_000)
    expect((await next).reveal()).toBe('access-3')
    expect(spent).toEqual(['refresh-1'])
    expect(calls()).toBe(3)
    // It wakes up with its answer: too late, and nobody gets it.
    held[0]?.()
    await lost
    const [record] = [...store.records.values()].map(({ value = '' }) => JSON.parse(value))
    expect(record.token.accessToken).toBe('access-3')
  })
})

describe('waitUntil', () => {
  async function inWindow(waitUntil: TokenManagerOptions<object>['waitUntil']) {
    const clock = new FakeClock()
    const { provider, held, hold } = issuer()
    const source = managerOf(provider, sharedStore(), clock, { waitUntil }).account('one')
    const old = await source.getToken()
    hold(true)
    await clock.advance(HOUR * 0.9)
    return { clock, source, old, held }
  }

  test('gets the refresh of the window, which keeps no caller waiting [ED03]', async () => {
    const promises: Promise<unknown>[] = []
    const { clock, source, old, held } = await inWindow((promise) => void promises.push(promise))
    expect(await source.getToken()).toBe(old)
    expect(await source.getToken()).toBe(old)
    expect(promises).toHaveLength(1)
    let isOver = false
    void promises[0]?.then(() => (isOver = true))
    while (held.length === 0) await clock.advance(0)
    expect(isOver).toBe(false)
    held[0]?.()
    await promises[0]
    expect((await source.getToken()).generation).toBe(2)
  })

  test('that throws, as platforms do when the response has gone out, harms nobody', async () => {
    const { clock, source, old, held } = await inWindow(() => {
      throw new TypeError('Illegal invocation')
    })
    expect(await source.getToken()).toBe(old)
    while (held.length === 0) await clock.advance(0)
    held[0]?.()
    expect((await source.getToken({ newerThan: old })).generation).toBe(2)
  })
})

describe('two copies of this package in one process', () => {
  async function twoCopies() {
    vi.resetModules()
    const one = await import('@chaveiro/core')
    vi.resetModules()
    const two = await import('@chaveiro/core')
    expect(one.ChaveiroError).not.toBe(two.ChaveiroError)
    return [one, two] as const
  }

  test('over one store make one refresh: they meet in the store [ED06]', async () => {
    const [one, two] = await twoCopies()
    const store = sharedStore()
    const clock = new FakeClock()
    const { provider, calls, spent } = issuer()
    const sources = [one, two].map((core) =>
      managerOf(provider, store, clock, {}, core.createTokenManager).account('a'),
    )
    for (const source of sources) await source.getToken()
    await clock.advance(HOUR)
    const tokens = Promise.all(sources.map((source) => source.getToken()))
    let isDone = false
    void tokens.then(() => (isDone = true))
    while (!isDone) await clock.advance(50)
    expect((await tokens).map((token) => token.reveal())).toEqual(['access-2', 'access-2'])
    expect([calls(), spent]).toEqual([2, ['refresh-1']])
  })

  test('recognise each other’s errors, and a store’s conflict of the other copy', async () => {
    const [one, two] = await twoCopies()
    const error = new one.ChaveiroError('conflict', 'Changed meanwhile.')
    expect(error).not.toBeInstanceOf(two.ChaveiroError)
    expect([one.isChaveiroError(error), two.isChaveiroError(error)]).toEqual([true, true])
    const strangers: unknown[] = [
      new Error('x'),
      { code: 'conflict', name: 'ChaveiroError' },
      null,
      undefined,
      'text',
      7,
    ]
    expect(strangers.filter((value) => two.isChaveiroError(value))).toEqual([])
  })

  test('recognise each other’s secrets and symbols', async () => {
    const [one, two] = await twoCopies()
    expect(one.allowInsecureHttp).toBe(two.allowInsecureHttp)
    expect(one.storeUnsealed).toBe(two.storeUnsealed)
  })
})
