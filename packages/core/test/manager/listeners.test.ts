import { setImmediate } from 'node:timers/promises'
import type { TokenEvent } from '@chaveiro/core'
import { describe, expect, test } from 'vitest'
import { type SharedStore, sharedStore } from '../support/shared-store.ts'
import { simulated } from '../support/simulated-bitize.ts'
import { unhandledRejections } from '../support/unhandled-rejections.ts'

describe('a listener', () => {
  test.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('mine')
      },
    ],
    [
      'throws nothing at all',
      () => {
        throw undefined
      },
    ],
    ['rejects', () => Promise.reject(new Error('mine'))],
    ['never comes back', () => new Promise(() => {})],
    ['gives a thenable that throws', () => thenable()],
  ])(
    'that %s affects neither the engine nor the next listener, and leaves no unhandled rejection [RE01]',
    async (_name, trouble) => {
      const unhandled = unhandledRejections()
      const { manager, source, heard } = await simulated()
      let calls = 0
      manager.on(() => {
        calls += 1
        return trouble()
      })
      const later: string[] = []
      manager.on(({ type }) => void later.push(type))
      expect((await source.getToken()).generation).toBe(1)
      await setImmediate()
      expect(heard()).toEqual(['refresh.started', 'refresh.done'])
      expect(later).toEqual(heard())
      expect(calls).toBe(2)
      expect(unhandled).toEqual([])
    },
  )

  test.each<[string, (source: Awaited<ReturnType<typeof simulated>>['source']) => Promise<unknown>]>([
    ['getToken()', (source) => source.getToken()],
    ['getToken() for a newer one', async (source) => source.getToken({ newerThan: await source.getToken() })],
    ['fetch()', (source) => source.fetch('/vendors')],
    ['status()', (source) => source.status()],
    ['end()', (source) => source.end()],
  ])('may call %s without a deadlock [RE02]', async (_name, call) => {
    const { manager, source } = await simulated()
    const settled: unknown[] = []
    const stop = manager.on(async ({ type }) => {
      if (type !== 'refresh.done') return
      stop()
      settled.push(await call(source))
    })
    await source.getToken()
    while (settled.length === 0) await setImmediate()
    expect((await source.getToken()).generation).toBeGreaterThan(0)
  })

  test('runs outside the call that caused the event', async () => {
    const { manager, source } = await simulated()
    let isInside = false
    const seen: boolean[] = []
    manager.on(() => void seen.push(isInside))
    const token = await source.getToken()
    isInside = true
    const rejecting = source.reject(token)
    isInside = false
    await rejecting
    await setImmediate()
    expect(seen).toEqual([false, false, false])
  })

  test('gets its own copy of the event: no other listener sees its changes', async () => {
    const { manager, source, events } = await simulated()
    const second: TokenEvent[] = []
    manager.on((event) => {
      Object.assign(event, { provider: 'spoilt' })
      Object.assign(event.account, { tenant: 'spoilt' })
    })
    manager.on((event) => void second.push(event))
    await source.getToken()
    await setImmediate()
    expect([...events, ...second].map(({ provider, account }) => `${provider} ${account.tenant}`)).toEqual(
      Array(4).fill('bitize-by-hand seller-1'),
    )
  })

  test('that was added by another one hears what happens from then on', async () => {
    const { manager, source } = await simulated()
    const late: string[] = []
    const join = (): void =>
      void manager.on(({ type }) => {
        late.push(type)
        join()
      })
    const stop = manager.on(() => {
      stop()
      join()
    })
    await source.getToken()
    await setImmediate()
    expect(late).toEqual(['refresh.done'])
  })

  test('that listens twice hears twice, and each ending ends one', async () => {
    const { manager, source } = await simulated()
    const heard: string[] = []
    const listener = ({ type }: TokenEvent): void => void heard.push(type)
    const [stopFirst] = [manager.on(listener), manager.on(listener)]
    stopFirst()
    stopFirst()
    await source.getToken()
    await setImmediate()
    expect(heard).toEqual(['refresh.started', 'refresh.done'])
  })

  test('is a function, or that is said at once', async () => {
    const { manager } = await simulated()
    expect(() => manager.on(JSON.parse('null'))).toThrow(TypeError)
  })
})

describe('a store that calls the engine', () => {
  test.each<[string, (store: SharedStore, call: () => Promise<unknown>) => void]>([
    [
      'read',
      (store, call) => {
        store.beforeRead = () => void call()
      },
    ],
    [
      'commit',
      (store, call) => {
        store.beforeCommit = () => void call()
      },
    ],
    [
      'an answered commit',
      (store, call) => {
        store.afterCommit = () => void call()
      },
    ],
  ])('from %s finds no deadlock [RE05]', async (_name, hook) => {
    const store = sharedStore()
    const { source } = await simulated({ manager: { store } })
    const outcomes: Promise<unknown>[] = []
    hook(store, async () => {
      if (outcomes.length > 3) return
      outcomes.push(source.getToken(), source.status())
    })
    expect((await source.getToken()).generation).toBe(1)
    expect((await Promise.allSettled(outcomes)).filter(({ status }) => status === 'rejected')).toEqual([])
  })

  test('and waits for an answer that needs itself is given up after 5 s [RE05]', async () => {
    const store = sharedStore()
    const { source, clock } = await simulated({ manager: { store } })
    store.beforeRead = () => {
      store.beforeRead = undefined
      return source.getToken()
    }
    const waiting = source.getToken().catch((error: unknown) => error)
    await clock.whenPending(1)
    await clock.advance(5_000)
    expect(await waiting).toMatchObject({ code: 'store' })
  })
})

/** Checking whether it is a promise throws. */
function thenable(): object {
  return new Proxy(
    {},
    {
      get() {
        throw new Error('mine')
      },
    },
  )
}
