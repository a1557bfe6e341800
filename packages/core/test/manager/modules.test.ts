import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { managerOf, numberedIssuer } from '../support/numbered-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

const HOUR = 3_600_000

/** Notes which of the platform's functions our own code calls: the test runner lives in the same world. */
function watchPlatform(): string[] {
  const touched: string[] = []
  const watch = (owner: object, name: string): void => {
    const original: unknown = Reflect.get(owner, name)
    if (typeof original !== 'function') throw new TypeError(`${name} is not a function`)
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
      import('@chaveiro/core/shared'),
      import('@chaveiro/core/old-tokens'),
      import('@chaveiro/core/consent'),
      import('@chaveiro/core/assertion'),
      import('@chaveiro/core/certificate'),
      import('@chaveiro/core/log'),
      import('@chaveiro/core/testing'),
    ])
    expect(touched).toEqual([])
    expect(Object.getOwnPropertyNames(globalThis)).toEqual(globals)
    // The watch is awake: a use of what was imported is seen.
    await core
      .createTokenManager({ provider: numberedIssuer().provider, credentials: () => ({}) })
      .account('one')
      .getToken()
    expect(new Set(touched)).toEqual(new Set(['now', 'setTimeout', 'getRandomValues', 'random']))
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
    const { provider, calls, spent } = numberedIssuer()
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
    const error = new one.ChaveiroError('conflict', 'Already changed.')
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
