import { describe, expect, test } from 'vitest'
import { DAY, MINUTE, patiently, SECOND, world } from '../support/engine-world.ts'
import { stopped } from '../support/fleet.ts'
import { mintingIssuer } from '../support/minting-issuer.ts'
import { rotating } from '../support/rotating-world.ts'
import { reset, tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

const person = { canAcquire: false }

describe('a claim of this process', () => {
  test('that stayed in the store although nothing was sent under it is taken back at once [E8]', async () => {
    const store = sharedStore()
    const { issuer, source, clock, askPatiently, heard } = world({ store, provider: person })
    await source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: clock.now() })
    // The claim is written, and after that the store is heard of no more.
    store.afterCommit = () => {
      store.beforeRead = () => {
        throw new Error('connection lost')
      }
      throw new Error('connection lost')
    }
    expect(await askPatiently()).toBe('store')
    expect(issuer.requests).toEqual([])
    store.afterCommit = undefined
    store.beforeRead = undefined
    expect(await store.stored()).toHaveProperty('claim')
    await clock.advance(SECOND)
    const before = clock.monotonic()
    issuer.prepare(tokenAnswer('two'))
    expect(await askPatiently()).toBe('two')
    expect(clock.monotonic() - before).toBeLessThan(SECOND)
    expect(heard('refresh.resent')).toEqual([])
  })

  test('whose answer was lost is waited for from its beginning, as every other process does', async () => {
    const store = sharedStore()
    const { issuer, source, clock, ask, askPatiently } = world({
      store,
      provider: person,
      manager: { tokenCallTimeoutMs: 55 * SECOND },
    })
    await source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: clock.now() })
    const answer = issuer.hold()
    const lost = ask()
    await answer.asked
    await clock.advance(50 * SECOND)
    answer.give(reset())
    expect(await lost).toBe('unavailable')
    await clock.advance(30 * SECOND)
    const before = clock.monotonic()
    issuer.prepare(tokenAnswer('two'))
    expect(await askPatiently()).toBe('two')
    expect(clock.monotonic() - before).toBeLessThan(SECOND)
  })
})

test('a claim that another process has written is not taken for an own one whose answer was lost', async () => {
  const store = sharedStore()
  const { issuer, source, clock, askPatiently } = world({ store })
  await source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: clock.now() })
  store.beforeCommit = (key) => {
    store.beforeCommit = undefined
    const record = JSON.parse(store.records.get(key)?.value ?? '')
    const claim = { owner: 'another process', generation: 2, ttlMs: 25 * SECOND }
    store.records.set(key, { version: 'claimed', value: JSON.stringify({ ...record, claim }) })
    throw new Error('no answer in time')
  }
  issuer.prepare(tokenAnswer('two'))
  const before = clock.monotonic()
  expect(await askPatiently()).toBe('two')
  expect(clock.monotonic() - before).toBeGreaterThanOrEqual(25 * SECOND)
  expect(issuer.sent()).toEqual([{ key: 'key-1' }])
})

test('a claim that another process took over while it was written again is not sent under', async () => {
  const store = sharedStore()
  const { shape, reached, go } = stopped()
  const { issuer, source, clock, ask, until } = world({ store, provider: shape })
  await source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: clock.now() })
  const asked = ask()
  await reached
  // The claim has aged, so it is written again before the request leaves. The machine sleeps during that.
  await clock.advance(12 * SECOND)
  store.afterCommit = (key) => {
    store.afterCommit = undefined
    const record = JSON.parse(store.records.get(key)?.value ?? '')
    const value = JSON.stringify({ ...record, claim: { ...record.claim, owner: 'another process' } })
    store.records.set(key, { version: 'taken over', value })
    clock.setNow(clock.now() + MINUTE)
  }
  go()
  issuer.prepare(tokenAnswer('two'))
  const before = clock.monotonic()
  expect(await until(asked)).toBe('two')
  expect(clock.monotonic() - before).toBeGreaterThanOrEqual(25 * SECOND)
  expect(issuer.sent()).toEqual([{ key: 'key-1' }])
})

test('a retired token is revoked by no process while another one holds the claim', async () => {
  const store = sharedStore()
  const mint = mintingIssuer()
  const one = rotating({ store, manager: { fetch: mint.fetch } })
  const { clock } = one
  const two = rotating({ store, clock, manager: { fetch: mint.fetch } })
  expect(await one.askPatiently()).toBe('token-1')
  await clock.advance(30 * DAY - MINUTE)
  expect(await one.askPatiently()).toBe('token-2')
  expect(await two.askPatiently()).toBe('token-2')
  await clock.advance(2 * DAY)

  let answer = (): void => {}
  mint.beforeAnswer = () => new Promise<void>((resolve) => (answer = resolve))
  const third = one.source.getToken({ newerThan: await one.source.getToken() })
  while (mint.live.size < 3) await new Promise((resolve) => setImmediate(resolve))
  mint.beforeAnswer = undefined
  expect(await two.ask()).toBe('token-2')
  await two.background()
  expect(mint.log.filter((entry) => entry.startsWith('revoke'))).toEqual([])
  answer()
  expect((await patiently(clock, third)).reveal()).toBe('token-3')
})
