import { createTokenManager } from '@chaveiro/core'
import { describe, expect, test } from 'vitest'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { countingProvider } from '../support/counting-provider.ts'
import { deferred } from '../support/deferred.ts'
import { SECOND, world } from '../support/engine-world.ts'
import { sharedStore } from '../support/shared-store.ts'
import { simulated } from '../support/simulated-bitize.ts'

describe('the abort of one caller', () => {
  test('that began the flight rejects with its reason, and another caller gets the token [CX01]', async () => {
    const { bitize, source } = await simulated()
    const hang = bitize.faults.next({ kind: 'hang', operation: 'authenticate' })
    const abort = new AbortController()
    const first = source.getToken({ signal: abort.signal }).catch((error: unknown) => error)
    const second = source.getToken()
    await hang.met
    const reason = { mine: true }
    abort.abort(reason)
    expect(await first).toBe(reason)
    hang.release()
    expect((await second).generation).toBe(1)
    expect(bitize.count('authenticate')).toBe(1)
  })

  test('before anything was sent leaves the flight to the others [CX01]', async () => {
    const store = sharedStore()
    const reading = deferred<void>()
    store.beforeRead = () => reading.promise
    const { bitize, source } = await simulated({ manager: { store } })
    const abort = new AbortController()
    const first = source.getToken({ signal: abort.signal }).catch((error: unknown) => error)
    const second = source.getToken()
    while (store.reads === 0) await new Promise((resolve) => setImmediate(resolve))
    abort.abort('gone')
    expect(await first).toBe('gone')
    reading.resolve()
    expect((await second).generation).toBe(1)
    expect(bitize.count('authenticate')).toBe(1)
  })

  test('before the call rejects at once, even with a token in memory, and sends nothing [CX04]', async () => {
    const { bitize, source } = await simulated()
    const reason = new Error('enough')
    const signal = AbortSignal.abort(reason)
    expect(await source.getToken({ signal }).catch((error: unknown) => error)).toBe(reason)
    expect(bitize.requests).toEqual([])
    await source.getToken()
    expect(await source.getToken({ signal }).catch((error: unknown) => error)).toBe(reason)
    expect(await source.fetch('/vendors', { signal }).catch((error: unknown) => error)).toBe(reason)
    expect(bitize.requests).toHaveLength(1)
  })
})

describe('when every caller has gone', () => {
  test('before anything was sent the flight ends, and nothing else has changed [CX02]', async () => {
    const clock = new FakeClock()
    const store = sharedStore()
    const answers: (() => void)[] = []
    const next = (): Promise<number> => new Promise((resolve) => void answers.push(() => resolve(answers.length)))
    const manager = createTokenManager({
      provider: countingProvider(new URL('https://api.example.com'), next),
      credentials: () => ({}),
      store,
      clock,
      // The second account waits for its slot.
      tokenCallsAtOnce: 1,
    })
    const busy = manager.account('busy').getToken()
    while (answers.length === 0) await clock.advance(0)
    const source = manager.account('one')
    const abort = new AbortController()
    const callers = [1, 2].map(() => source.getToken({ signal: abort.signal }).catch((error: unknown) => error))
    while (store.reads < 2) await clock.advance(0)
    await clock.advance(0)
    // A waiter in line holds no claim, so that a long line does not look like a dead process [E7].
    const claims = (): number => [...store.records.values()].filter(({ value }) => value?.includes('"claim"')).length
    expect(claims()).toBe(1)
    abort.abort('gone')
    expect(await Promise.all(callers)).toEqual(['gone', 'gone'])
    expect([claims(), store.commits]).toEqual([1, 1])
    expect(answers).toHaveLength(1)
    // The failure is not held against the account: the next caller is served.
    expect(await source.status()).toEqual({ state: 'absent', persisted: false })
    const later = source.getToken()
    answers[0]?.()
    await busy
    while (answers.length === 1) await clock.advance(0)
    answers[1]?.()
    expect((await later).reveal()).toBe('token-2')
  })

  test('after it was sent the flight runs on, and its answer is stored [CX03]', async () => {
    const { bitize, source } = await simulated()
    await source.getToken()
    bitize.revoke()
    const old = await source.getToken()
    const hang = bitize.faults.next({ kind: 'hang', processed: true, operation: 'refreshAccessToken' })
    const abort = new AbortController()
    const only = source.getToken({ newerThan: old, signal: abort.signal }).catch((error: unknown) => error)
    await hang.met
    abort.abort('gone')
    expect(await only).toBe('gone')
    hang.release()
    expect((await source.getToken({ newerThan: old })).generation).toBe(2)
    expect(bitize.count('refreshAccessToken')).toBe(1)
    expect(bitize.reuses).toBe(0)
  })
})

test('a flight that everybody leaves while it writes its label waits for that, and gives the claim back', async () => {
  const store = sharedStore()
  const labelling = deferred<void>()
  const written = deferred<void>()
  const { issuer, source, manager, clock } = world({
    store,
    provider: {
      canRefresh: false,
      canRevoke: true,
      list: async () => [],
      async acquire(io) {
        await io.noteRequestedExpiry(io.now + 1_000 * SECOND)
        return { accessToken: await (await io.fetch('https://issuer.example/token')).text() }
      },
    },
  })
  store.beforeCommit = (_, next) => {
    if (next?.includes('"requested"') !== true) return
    labelling.resolve()
    return written.promise
  }
  const abort = new AbortController()
  const left = source.getToken({ signal: abort.signal }).catch((error: unknown) => error)
  await labelling.promise
  abort.abort('gone')
  expect(await left).toBe('gone')
  written.resolve()
  await manager.close()
  expect(clock.pending).toBe(0)
  expect(store.records.size).toBe(0)
  expect(issuer.requests).toEqual([])
})
