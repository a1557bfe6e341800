import { expiry, type ProviderIo, rfc3339 } from '@chaveiro/core/provider'
import { describe, expect, test } from 'vitest'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import {
  DAY,
  HOUR,
  MINUTE,
  type ProviderShape,
  SECOND,
  type World,
  type WorldOptions,
  world,
} from '../support/engine-world.ts'
import { status, tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

async function holding(options: WorldOptions = {}, fields: Record<string, unknown> = {}): Promise<World> {
  const made = world(options)
  made.issuer.prepare(tokenAnswer('one', { refresh_token: 'r1', ...fields }))
  expect(await made.ask()).toBe('one')
  return made
}

const absolute: ProviderShape = {
  canRefresh: false,
  read: (io: ProviderIo, answer) => ({
    accessToken: answer['access_token'],
    expiresAt: expiry(io, rfc3339(answer['expires_at'])),
  }),
}

describe('a server whose clock is wrong', () => {
  test.each([
    ['ten minutes ahead [WN13]', 10 * MINUTE],
    ['ten minutes behind [WN14]', -10 * MINUTE],
  ])('%s: its dates are read on our clock, with an event and without a loop', async (_, offset) => {
    const { issuer, ask, source, clock, heard } = world({ provider: absolute })
    const theirs = clock.now() + offset
    const date = new Date(theirs).toUTCString()
    issuer.prepare(tokenAnswer('one', { expires_at: new Date(theirs + 5 * MINUTE).toISOString() }, { date }))
    const { expiresAt = 0 } = await source.getToken()
    expect(Math.abs(expiresAt - clock.now() - 5 * MINUTE)).toBeLessThanOrEqual(SECOND)
    expect(heard('clock.skew')).toHaveLength(1)
    await clock.advance(3 * MINUTE)
    expect(await ask()).toBe('one')
    expect(issuer.requests).toHaveLength(1)
  })

  test('by less than its Date header can tell is taken at its word', async () => {
    const { issuer, source, clock, heard } = world({ provider: absolute })
    const date = new Date(clock.now() - SECOND).toUTCString()
    issuer.prepare(tokenAnswer('one', { expires_at: new Date(clock.now() + 5 * MINUTE).toISOString() }, { date }))
    expect((await source.getToken()).expiresAt).toBe(clock.now() + 5 * MINUTE)
    expect(heard('clock.skew')).toEqual([])
  })
})

describe('our clock set back', () => {
  test('does not make a token live longer [WN15]', async () => {
    const { issuer, ask, clock, source } = await holding()
    await clock.advance(700 * SECOND)
    expect(await ask()).toBe('one')
    clock.setNow(clock.now() - 2 * HOUR)
    expect(await ask()).toBe('one')
    await clock.advance(300 * SECOND)
    expect(await source.status()).toMatchObject({ state: 'expired' })
    issuer.prepare(tokenAnswer('two'))
    expect(await ask()).toBe('two')
    expect(await ask()).toBe('two')
    expect(await source.status()).toMatchObject({ state: 'fresh' })
    expect(issuer.requests).toHaveLength(2)
  })

  test('is not forgotten when the store takes an unpersisted token at last [WN15]', async () => {
    const store = sharedStore()
    let isDown = false
    store.beforeCommit = (_, next) => {
      if (isDown && next?.includes('"two"') === true) throw new Error('down')
    }
    const { issuer, ask, clock, background, askPatiently } = await holding({ store })
    await clock.advance(1_000 * SECOND)
    isDown = true
    issuer.prepare(tokenAnswer('two'))
    expect(await askPatiently()).toBe('two')
    await clock.advance(700 * SECOND)
    clock.setNow(clock.now() - 2 * HOUR)
    isDown = false
    expect(await ask()).toBe('two')
    await background()
    await clock.advance(300 * SECOND)
    issuer.prepare(tokenAnswer('three'))
    expect(await ask()).toBe('three')
  })

  test('hidden by a longer idle time ends in one ordinary refusal and refresh [WN15]', async () => {
    const { issuer, ask, clock, source } = await holding()
    clock.setNow(clock.now() - 2 * HOUR)
    await clock.advance(2 * HOUR + 100 * SECOND)
    expect(await ask()).toBe('one')
    issuer.prepare(tokenAnswer('two'))
    await source.reject(await source.getToken())
    expect(await ask()).toBe('two')
    expect(issuer.requests).toHaveLength(2)
  })

  test('does not keep an account from a provider that asked for a pause before', async () => {
    const clock = new FakeClock({ now: Date.UTC(2036, 0, 1) })
    const store = sharedStore()
    const { issuer, askPatiently } = world({ store, clock })
    issuer.prepare(status(429, { 'retry-after': '600' }))
    expect(await askPatiently()).toBe('throttled')
    const corrected = world({ store, issuer, clock: new FakeClock() })
    issuer.prepare(tokenAnswer('one'))
    expect(await corrected.ask()).toBe('one')
  })

  test('does not lengthen what was refused', async () => {
    const clock = new FakeClock({ now: Date.UTC(2036, 0, 1) })
    const store = sharedStore()
    const { issuer, ask } = world({ store, clock })
    issuer.prepare(status(401))
    expect(await ask()).toBe('credentials-rejected')
    const corrected = world({ store, issuer, clock: new FakeClock() })
    issuer.prepare(tokenAnswer('one'))
    expect(await corrected.ask()).toBe('one')
  })
})

describe('our clock set forward', () => {
  test('causes one refresh, and is stable afterwards [WN16]', async () => {
    const { issuer, ask, clock } = await holding()
    clock.setNow(clock.now() + 2 * HOUR)
    issuer.prepare(tokenAnswer('two'))
    expect(await ask()).toBe('two')
    for (let use = 0; use < 5; use += 1) {
      await clock.advance(MINUTE)
      expect(await ask()).toBe('two')
    }
    expect(issuer.requests).toHaveLength(2)
  })

  test('asks for the accounts one after the other, not all at once [WN16]', async () => {
    const { issuer, manager, clock } = world()
    let running = 0
    let most = 0
    issuer.always(async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setImmediate(resolve))
      running -= 1
      return tokenAnswer('fresh')
    })
    const accounts = Array.from({ length: 40 }, (_, index) => manager.account(`seller-${index}`))
    await Promise.all(accounts.map((account) => account.getToken()))
    clock.setNow(clock.now() + 2 * HOUR)
    await Promise.all(accounts.map((account) => account.getToken()))
    expect(issuer.requests).toHaveLength(80)
    expect(most).toBe(8)
  })
})

test('a machine that slept over the expiry sees it at once [WN17]', async () => {
  const { issuer, ask, clock } = await holding()
  clock.setNow(clock.now() + DAY) // the monotonic clock stood still
  issuer.prepare(tokenAnswer('two'))
  expect(await ask()).toBe('two')
})

test('a clock set forward while a call is under way costs no refresh token: the answer is kept, and refreshed', async () => {
  const { issuer, source, ask, clock } = world({ provider: { canAcquire: false } })
  await source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: clock.now() })
  const answer = issuer.hold()
  const asked = ask()
  await answer.asked
  clock.setNow(clock.now() + 2 * HOUR)
  answer.give(tokenAnswer('two', { refresh_token: 'r2' }))
  issuer.prepare(tokenAnswer('three'))
  expect(await asked).toBe('three')
  expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { refresh: 'r2' }])
})
