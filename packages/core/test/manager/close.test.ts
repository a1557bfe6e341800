import { createTokenManager, type TokenManager } from '@chaveiro/core'
import { describe, expect, test, vi } from 'vitest'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { countingProvider } from '../support/counting-provider.ts'
import { deferred } from '../support/deferred.ts'
import { world } from '../support/engine-world.ts'
import { rotating } from '../support/rotating-world.ts'
import { status, tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'
import { simulated } from '../support/simulated-bitize.ts'

const CLOSED = { name: 'ChaveiroError', code: 'closed', action: 'none' }

describe('close() while flights run', () => {
  test('waits until the answer is stored, and those who waited for it get it [CX07]', async () => {
    const store = sharedStore()
    const { bitize, source, manager } = await simulated({ manager: { store } })
    const hang = bitize.faults.next({ kind: 'hang', operation: 'authenticate' })
    const waiting = source.getToken()
    await hang.met
    let isClosed = false
    const closing = manager.close().then(() => (isClosed = true))
    await expect(source.getToken()).rejects.toMatchObject(CLOSED)
    expect(isClosed).toBe(false)
    hang.release()
    expect((await waiting).generation).toBe(1)
    await closing
    expect([...store.records.values()].map(({ value }) => value)).toEqual([expect.stringContaining('"token"')])
  })

  test('while a claim is being written: nothing is written after that is given back, and no timer is left', async () => {
    const store = sharedStore()
    const { mint, source, manager, clock } = rotating({ store })
    const begun = deferred<void>()
    const pending = deferred<void>()
    const written: boolean[] = []
    store.beforeCommit = async (_key, next) => {
      written.push(next !== null)
      // The second one says when the token is to end.
      if (written.length !== 2) return
      begun.resolve()
      await pending.promise
    }
    const waiting = source.getToken().catch((error: unknown) => error)
    await begun.promise
    // So long that the claim would be made again before anything is sent.
    clock.setNow(clock.now() + 30_000)
    const closing = manager.close()
    await clock.advance(0)
    pending.resolve()
    await closing
    expect(await waiting).toMatchObject(CLOSED)
    await clock.advance(0)
    expect(written).toEqual([true, true, false])
    expect(store.records.size).toBe(0)
    expect(clock.pending).toBe(0)
    expect(mint.log).toEqual([])
  })

  test('is closed at once for accounts with a token in memory [CX07]', async () => {
    const { bitize, manager } = await simulated()
    const idle = manager.account('idle')
    await idle.getToken()
    const hang = bitize.faults.next({ kind: 'hang', operation: 'authenticate' })
    const busy = manager.account('busy').getToken()
    await hang.met
    const closing = manager.close()
    await expect(idle.getToken()).rejects.toMatchObject(CLOSED)
    await expect(idle.fetch('/vendors')).rejects.toMatchObject(CLOSED)
    hang.release()
    await Promise.all([busy, closing])
  })

  test('ends those that only wait for another process: polling stops [CX07]', async () => {
    const store = sharedStore()
    const there = await simulated({ manager: { store } })
    const here = await simulated({ manager: { store } })
    const hang = there.bitize.faults.next({ kind: 'hang', operation: 'authenticate' })
    const claimed = there.source.getToken()
    await hang.met
    const waiting = here.source.getToken().catch((error: unknown) => error)
    while (here.clock.nextTimerMs !== 50) await here.clock.advance(0)
    await here.manager.close()
    expect(await waiting).toMatchObject(CLOSED)
    expect(here.clock.pending).toBe(0)
    const reads = store.reads
    await here.clock.advance(600_000)
    expect(store.reads).toBe(reads)
    hang.release()
    await claimed
  })

  test('ends those that wait for their next try: nothing outlives it [CX07]', async () => {
    const { bitize, source, manager, clock } = await simulated()
    bitize.faults.next({ kind: 'status', status: 503, retryAfter: 20, operation: 'authenticate', times: 3 })
    const waiting = source.getToken().catch((error: unknown) => error)
    while (clock.nextTimerMs !== 20_000) await clock.advance(0)
    await manager.close()
    expect(await waiting).toMatchObject(CLOSED)
    expect(clock.pending).toBe(0)
    expect(bitize.count('authenticate')).toBe(1)
    bitize.faults.clear()
  })

  test('waits for a sign-out, the revocation included, and for a sign-in [CX07]', async () => {
    const store = sharedStore()
    const { issuer, manager, source } = world({ store, provider: { canRevoke: true } })
    await source.seed({ accessToken: 'one' })
    const revocation = issuer.hold()
    const ending = source.end()
    await revocation.asked
    const reading = deferred<void>()
    store.beforeRead = () => reading.promise
    const beginning = manager.account('another').seed({ accessToken: 'two' })
    let isClosed = false
    const closing = manager.close().then(() => (isClosed = true))
    reading.resolve()
    await beginning
    expect(isClosed).toBe(false)
    revocation.give(status(200))
    await closing
    await ending
    expect([...store.records.values()].map(({ value }) => value)).toEqual([
      expect.stringContaining('"ended"'),
      expect.stringContaining('"two"'),
    ])
  })

  test('starts no flight for those who wait for the end of another one [CX07]', async () => {
    const { issuer, manager, source, ask, clock } = world({ provider: { canRevoke: true } })
    const answer = issuer.hold()
    const first = ask()
    await answer.asked
    await source.end()
    const second = ask()
    const closing = manager.close()
    issuer.prepare(status(200))
    answer.give(tokenAnswer('late'))
    await closing
    expect(await Promise.all([first, second])).toEqual(['aborted', 'closed'])
    expect(issuer.sent()).toEqual([{ key: 'key-1' }, { revoke: 'late' }])
    expect(clock.pending).toBe(0)
  })

  test('waits for a sign-in alone [CX07]', async () => {
    const store = sharedStore()
    const { manager, source, clock } = world({ store })
    const reading = deferred<void>()
    store.beforeRead = () => reading.promise
    const beginning = source.seed({ accessToken: 'one' })
    const closing = manager.close()
    reading.resolve()
    await closing
    expect(clock.pending).toBe(0)
    expect(store.records.size).toBe(1)
    await beginning
  })

  test('leaves a call that was refused by the API its 401', async () => {
    const { bitize, source, manager } = await simulated()
    await source.getToken()
    bitize.revoke()
    const hang = bitize.faults.next({ kind: 'hang', operation: 'listVendors' })
    const call = source.fetch('/vendors')
    await hang.met
    await manager.close()
    hang.release()
    expect((await call).status).toBe(401)
  })

  test('in mid-replay leaves the call its response', async () => {
    const { bitize, source, manager } = await simulated()
    await source.getToken()
    bitize.revoke()
    bitize.faults.next({ kind: 'status', status: 401, operation: 'listVendors' })
    const hang = bitize.faults.next({ kind: 'hang', operation: 'listVendors' })
    const call = source.fetch('/vendors')
    await hang.met
    await manager.close()
    hang.release()
    expect((await call).status).toBe(200)
  })
})

describe('a closed manager', () => {
  const everything: [string, (manager: TokenManager) => unknown][] = [
    ['account()', (manager) => manager.account('new')],
    ['warm()', (manager) => manager.warm(['new'])],
  ]

  test.each(everything)('does no new work: %s', async (_name, use) => {
    const { manager } = await simulated()
    await manager.close()
    await expect((async () => use(manager))()).rejects.toMatchObject(CLOSED)
  })

  test('rejects, and does not throw, where a promise is due, through a source from before too', async () => {
    const { manager, source } = await simulated()
    const token = await source.getToken()
    await manager.close()
    const calls: (() => Promise<unknown>)[] = [
      () => source.getToken(),
      () => source.getToken({}),
      () => source.fetch('/vendors'),
      () => source.fetch.with({ retry: false })('/vendors'),
      () => source.reject(token),
      () => source.seed({ accessToken: 'x' }),
      () => source.end(),
      () => source.status(),
      () => manager.warm(['one']),
    ]
    for (const call of calls) {
      const promise = call()
      expect(promise).toBeInstanceOf(Promise)
      await expect(promise).rejects.toMatchObject(CLOSED)
    }
  })

  test('may be closed again, at once or later [CX07]', async () => {
    const { manager, source } = await simulated()
    await source.getToken()
    await Promise.all([manager.close(), manager.close()])
    await expect(manager.close()).resolves.toBeUndefined()
  })

  test('is what `await using` leaves behind [CX08]', async () => {
    let escaped: TokenManager | undefined
    const dispose = vi.fn<() => void>()
    const store = Object.assign(sharedStore(), { [Symbol.asyncDispose]: async () => dispose() })
    {
      await using manager = createTokenManager({
        provider: countingProvider(new URL('https://api.example.com'), () => 1),
        credentials: () => ({}),
        store,
      })
      escaped = manager
      await manager.account('one').getToken()
    }
    expect(() => escaped?.account('one')).toThrow(expect.objectContaining(CLOSED))
    // The caller that passed the store disposes of it.
    expect(dispose).not.toHaveBeenCalled()
  })

  test('says how many tokens no store took, each time it is asked', async () => {
    const clock = new FakeClock()
    const store = sharedStore({
      beforeCommit: (_, next) => (next?.includes('"token"') ? Promise.reject(new Error('disk full')) : undefined),
    })
    const provider = countingProvider(new URL('https://api.example.com'), () => 1)
    const manager = createTokenManager({ provider, credentials: () => ({}), store, clock })
    await clock.run(Promise.all([manager.account('one').getToken(), manager.account('two').getToken()]))
    await expect(manager.close()).rejects.toMatchObject({ code: 'store', message: expect.stringContaining('2 tokens') })
    await expect(manager.close()).rejects.toMatchObject({ code: 'store' })
  })
})
