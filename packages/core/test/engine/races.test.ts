import { describe, expect, test } from 'vitest'
import { errorOf, outcome, SECOND, world } from '../support/engine-world.ts'
import { fleet } from '../support/fleet.ts'
import { offline, reset, status, tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

test.each([true, false])(
  'a call that was never sent is not repeated after a sign-out: its refresh token has ended (shared store: %s)',
  async (isShared) => {
    const store = isShared ? sharedStore() : undefined
    const options = { ...(store && { store }), provider: { canAcquire: false }, manager: { random: () => 0.5 } }
    const { issuer, source, ask, clock } = world(options)
    await source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: clock.now() })
    issuer.prepare(offline())
    const late = ask()
    while (clock.nextTimerMs !== 25) await clock.advance(0)
    await source.end({ revoke: 'skip' })
    await clock.advance(25)
    expect(await late).toBe('reauthorization-required')
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }])
    expect(await (store?.stored() ?? { ended: true })).toMatchObject({ ended: true })
  },
)

test('a flight that fails after a sign-in holds nothing against the new token', async () => {
  const { issuer, source, ask, clock } = world({ provider: { canAcquire: false } })
  await source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: clock.now() })
  const answer = issuer.hold()
  const late = ask()
  await answer.asked
  await source.seed({ accessToken: 'two', refreshToken: 'r2', expiresAt: clock.now() })
  answer.give(reset())
  expect(await late).toBe('unavailable')
  expect((await source.status()).lastFailure).toBeUndefined()
  issuer.prepare(tokenAnswer('three'))
  expect(await ask()).toBe('three')
})

test('a caller that wants a token newer than an old one does not get one refused in the meantime', async () => {
  const { issuer, source, ask, clock } = world()
  issuer.prepare(tokenAnswer('one'), tokenAnswer('two'))
  const one = await source.getToken()
  await clock.advance(1_000 * SECOND)
  const two = await source.getToken()
  expect(await source.reject(two)).toBe(true)
  issuer.prepare(tokenAnswer('three'))
  expect(await ask({ newerThan: one })).toBe('three')
})

test('a lost acquire is repeated once, not twice', async () => {
  const { issuer, askPatiently } = world()
  issuer.prepare(reset(), reset())
  expect(await askPatiently()).toBe('unavailable')
})

test('a lost acquire that may have left a token is not repeated', async () => {
  const { issuer, ask } = world({ provider: { repeat: 'leaves-token' } })
  issuer.prepare(reset())
  expect(await ask()).toBe('unavailable')
})

describe('in a shared store', () => {
  test('a claim whose answer was lost is recognised by its owner', async () => {
    const { issuer, join, store } = await fleet()
    store.afterCommit = () => {
      store.afterCommit = undefined
      throw new Error('connection lost')
    }
    issuer.prepare(tokenAnswer('two'))
    expect(await join().ask()).toBe('two')
  })

  test('who took a claim over leaves it until there is a result, and what it learned beside it', async () => {
    const { issuer, join, store, value } = await fleet()
    const [key = ''] = store.records.keys()
    const claim = { owner: 'dead', generation: 2, ttlMs: 1_000 }
    store.records.set(key, { version: 'v', value: JSON.stringify({ ...(await value()), claim }) })
    issuer.prepare(status(429, { 'retry-after': '600' }))
    expect(await join().askPatiently()).toBe('throttled')
    expect(await value()).toMatchObject({ claim: { generation: 3 }, notes: { notBefore: expect.any(Number) } })
  })

  test('a token that could not be stored does not bring back an account that was ended elsewhere', async () => {
    const { issuer, join, store } = await fleet({ canAcquire: false })
    const [a, b] = [join(), join()]
    store.beforeCommit = (_, next) => {
      if (next?.includes('"two"') === true) throw new Error('disk full')
    }
    issuer.prepare(tokenAnswer('two'))
    expect(await a.askPatiently()).toBe('two')
    store.beforeCommit = undefined
    await b.source.end()
    await a.clock.advance(2 * SECOND)
    expect(await a.ask()).toBe('two')
    await a.background()
    expect(await store.stored()).toMatchObject({ ended: true })
    expect(await outcome(a.source.getToken())).toBe('reauthorization-required')
    expect(await errorOf(a.source.getToken())).toMatchObject({ action: 'reauthorize' })
  })
})
