import { describe, expect, test } from 'vitest'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { deferred } from '../support/deferred.ts'
import { MINUTE, type ProviderShape, SECOND, world } from '../support/engine-world.ts'
import { type Fleet, fleetOn, stopped } from '../support/fleet.ts'
import { status, tokenAnswer } from '../support/scripted-issuer.ts'
import type { WatchedStore } from '../support/watched-store.ts'

/**
 * What several processes owe each other, for any store that they share: each `newStore()` is an empty place. The
 * processes are managers with clocks of their own; the store is the real one.
 */
export function processScenarios(newStore: () => WatchedStore | Promise<WatchedStore>): void {
  const fleet = async (provider?: ProviderShape, lifeMs?: number): Promise<Fleet<WatchedStore>> =>
    fleetOn(await newStore(), provider, lifeMs)

  describe('a claim', () => {
    test('lets one of two processes refresh, and the other adopt what it got [MP07]', async () => {
      const { issuer, join, store } = await fleet()
      const [a, b] = [join(), join()]
      const answer = issuer.hold()
      const first = a.ask()
      await answer.asked
      const reads = store.reads
      const second = b.ask()
      while (store.reads === reads) await new Promise((resolve) => setImmediate(resolve))
      answer.give(tokenAnswer('two'))
      expect(await first).toBe('two')
      expect(await b.until(second)).toBe('two')
      expect(issuer.requests).toHaveLength(1)
      expect(b.heard('refresh.done')).toMatchObject([{ generation: 2, source: 'peer' }])
    })

    test.each<[string, (clock: FakeClock) => void, Record<string, string>[]]>([
      ['on its wall clock, because its machine slept', (clock) => clock.setNow(clock.now() + MINUTE), []],
      [
        'on its monotonic clock, its wall clock being set back',
        (clock) => clock.setMonotonic(clock.monotonic() + MINUTE),
        // By A's wall clock, B's token is from the future, so A renews it soon.
        [{ refresh: 'r2' }],
      ],
    ])(
      'is claimed again before sending by a holder who sees %s, that much time went by [MP03]',
      async (_, wake, later) => {
        const { issuer, join, value } = await fleet()
        const { shape, reached, go } = stopped()
        const [a, b] = [join({ provider: shape }), join()]
        const first = a.ask()
        await reached
        issuer.prepare(tokenAnswer('of-b', { refresh_token: 'r2' }))
        expect(await b.askPatiently()).toBe('of-b')
        wake(a.clock)
        issuer.prepare(...later.map(() => tokenAnswer('of-a')))
        go()
        expect(await first).toBe('of-b')
        await a.background()
        // B acquired, because the refresh token might have been spent; A sent nothing for its first caller.
        expect(issuer.sent()).toEqual([{ key: 'key-1' }, ...later])
        expect(await value()).toMatchObject({ token: { accessToken: later.length > 0 ? 'of-a' : 'of-b' } })
      },
    )

    test('that no other process took over is simply renewed by its holder [MP03]', async () => {
      const { issuer, join, store } = await fleet()
      const { shape, reached, go } = stopped()
      const a = join({ provider: shape })
      const first = a.ask()
      await reached
      const { commits } = store
      a.clock.setNow(a.clock.now() + MINUTE)
      issuer.prepare(tokenAnswer('two'))
      go()
      expect(await first).toBe('two')
      expect(store.commits).toBe(commits + 2)
      expect(issuer.sent()).toEqual([{ refresh: 'r1' }])
    })

    test('whose commit was not answered, and that another process took over, is given up: its holder reads again [MP03]', async () => {
      const { issuer, join, store } = await fleet()
      const [a, b] = [join(), join()]
      store.afterCommit = async () => {
        store.afterCommit = undefined
        // A is suspended before it hears that its claim stands; when it wakes, its time-out is due first.
        issuer.prepare(tokenAnswer('of-b'))
        expect(await b.askPatiently()).toBe('of-b')
        throw new Error('no answer in time')
      }
      expect(await a.ask()).toBe('of-b')
      expect(issuer.sent()).toEqual([{ key: 'key-1' }])
    })

    test('is claimed again for all attempts at once: none sends while another one is still asking the store [MP03]', async () => {
      const { issuer, join, store } = await fleet({ canAcquire: false })
      const { shape, reached, go } = stopped()
      const [a, b] = [join({ provider: shape }), join()]
      const first = a.ask()
      await reached
      issuer.prepare(tokenAnswer('of-b', { refresh_token: 'r2' }))
      expect(await b.askPatiently()).toBe('of-b')
      // A wakes after its attempt's time: the provider's code goes on with that one, and the engine begins another.
      const answer = deferred<void>()
      store.beforeCommit = () => answer.promise
      a.clock.setMonotonic(a.clock.monotonic() + MINUTE / 2)
      go()
      await a.clock.advance(SECOND)
      answer.resolve()
      expect(await first).toBe('of-b')
      expect(issuer.sent()).toEqual([{ refresh: 'r1' }])
    })

    test('of a process that died before sending is waited out [MP04]', async () => {
      const { issuer, join } = await fleet()
      const { shape, reached } = stopped()
      void join({ provider: shape }).ask()
      await reached
      const b = join()
      issuer.prepare(tokenAnswer('of-b'))
      const before = b.clock.monotonic()
      expect(await b.askPatiently()).toBe('of-b')
      expect(b.clock.monotonic() - before).toBeGreaterThanOrEqual(25 * SECOND)
      expect(issuer.sent()).toEqual([{ key: 'key-1' }])
    })

    test('of a process that died after sending is waited out; with nothing else left the token is sent once more [MP04]', async () => {
      const { issuer, join } = await fleet({ canAcquire: false })
      const answer = issuer.hold()
      void join().ask()
      await answer.asked
      const b = join()
      issuer.prepare(tokenAnswer('of-b'))
      expect(await b.askPatiently()).toBe('of-b')
      expect(b.heard('refresh.resent')).toHaveLength(1)
      expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { refresh: 'r1' }])
    })

    test('is gone after a commit: the process that comes next adopts [MP04]', async () => {
      const { issuer, join, value } = await fleet()
      issuer.prepare(tokenAnswer('of-a'))
      expect(await join().ask()).toBe('of-a')
      expect((await value())['claim']).toBeUndefined()
      expect(await join().ask()).toBe('of-a')
      expect(issuer.requests).toHaveLength(1)
    })
  })

  describe('a process that waits for another one [MP08]', () => {
    test('gives up after a minute, without a call of its own', async () => {
      const { issuer, join } = await fleet()
      const answer = issuer.hold()
      void join({ manager: { tokenCallTimeoutMs: 2 * MINUTE } }).ask()
      await answer.asked
      const b = join()
      expect(await b.askPatiently()).toBe('unavailable')
      expect(issuer.requests).toHaveLength(1)
      expect(b.heard('refresh.failed')).toEqual([])
    })

    test('serves what is still valid when its caller has no more time', async () => {
      const { issuer, join } = await fleet({}, 1_000 * SECOND)
      const answer = issuer.hold()
      const [a, b] = [join(), join()]
      await a.clock.advance(950 * SECOND)
      await b.clock.advance(950 * SECOND)
      void a.ask()
      await answer.asked
      expect(await b.source.status()).toMatchObject({ state: 'in-window' })
      expect(await b.askPatiently({ timeoutMs: 3 * SECOND })).toBe('one')
      expect(await b.askPatiently({ timeoutMs: 3 * SECOND, staleIfError: false })).toBe('timeout')
      expect(issuer.requests).toHaveLength(1)
    })
  })

  test('an old token that the API refuses is replaced from the store, without a call [MP11]', async () => {
    const { issuer, join } = await fleet({}, 1_000 * SECOND)
    const [a, b] = [join(), join()]
    const old = await a.source.getToken()
    await b.clock.advance(950 * SECOND)
    issuer.prepare(tokenAnswer('two'))
    expect(await b.ask()).toBe('two')
    expect(await a.source.reject(old)).toBe(true)
    expect(await a.ask()).toBe('two')
    expect(await a.source.reject(old)).toBe(false)
    expect(issuer.requests).toHaveLength(1)
  })

  describe('a refresh token that the provider refuses', () => {
    test('because another process has used it: its token is adopted [MP12]', async () => {
      const { issuer, join, value } = await fleet()
      const [a, b] = [join(), join()]
      const toA = issuer.hold()
      const first = a.ask()
      await toA.asked
      issuer.prepare(tokenAnswer('of-b', { refresh_token: 'r2' }))
      expect(await b.askPatiently()).toBe('of-b')
      a.clock.setNow(b.clock.now())
      toA.give(status(400))
      expect(await first).toBe('of-b')
      expect(a.heard('refresh.done')).toMatchObject([{ source: 'peer' }])
      expect(a.heard('refresh.failed')).toEqual([])
      expect((await value())['notes']).toBeUndefined()
    })

    test('is marked in the record, for that generation [MP13]', async () => {
      const { issuer, join, value } = await fleet({ canAcquire: false })
      issuer.prepare(status(400))
      expect(await join().ask()).toBe('reauthorization-required')
      expect(await value()).toMatchObject({
        generation: 1,
        notes: { denials: { 'refresh-rejected': { generation: 1, probes: 0 } } },
      })
      expect((await value())['claim']).toBeUndefined()
      const b = join()
      expect(await b.ask()).toBe('reauthorization-required')
      expect(issuer.requests).toHaveLength(1)
    })

    test('marks nothing if an account signs in at that moment [MP13]', async () => {
      const { issuer, join, store, value } = await fleet({ canAcquire: false })
      const [a, b] = [join(), join()]
      issuer.prepare(status(400))
      store.beforeCommit = async (_, next) => {
        if (next?.includes('"denials"') !== true) return
        store.beforeCommit = undefined
        await b.source.seed({ accessToken: 'new-login', expiresAt: b.clock.now() + 1_000 * SECOND })
      }
      expect(await a.ask()).toBe('reauthorization-required')
      expect(await value()).toMatchObject({ token: { accessToken: 'new-login' } })
      expect((await value())['notes']).toBeUndefined()
      expect(await a.ask()).toBe('new-login')
    })
  })

  test('a pause that the provider asks for is kept by all processes', async () => {
    const { issuer, join } = await fleet()
    const clock = new FakeClock()
    const [a, b] = [join({ clock }), join({ clock })]
    issuer.prepare(status(429, { 'retry-after': '600' }))
    expect(await a.ask()).toBe('throttled')
    expect(await b.ask()).toBe('throttled')
    await clock.advance(599 * SECOND)
    expect(await b.ask()).toBe('throttled')
    await clock.advance(SECOND)
    issuer.prepare(tokenAnswer('two'))
    expect(await b.ask()).toBe('two')
  })

  test('an account evicted from memory comes back from the store, for the old source too [MP22]', async () => {
    const store = await newStore()
    const { issuer, manager, source, ask, askPatiently } = world({ store, manager: { maxAccounts: 1 } })
    issuer.prepare(tokenAnswer('one'))
    expect(await ask()).toBe('one')
    manager.account('another')
    expect(await askPatiently()).toBe('one')
    expect(await source.status()).toMatchObject({ generation: 1 })
    expect(issuer.requests).toHaveLength(1)
  })
}
