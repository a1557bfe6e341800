import { describe, expect, test } from 'vitest'
import { SECOND, type WorldOptions, world } from '../support/engine-world.ts'
import { scriptedIssuer, tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

const LIFE = 1_000 * SECOND

/** A process that holds `one` and the single-use `r1`, both in a store. `join`: another one, on the same clock. */
async function stored() {
  const store = sharedStore()
  const issuer = scriptedIssuer()
  const provider = { canAcquire: false }
  const first = world({ store, issuer, provider })
  const { clock } = first
  await first.source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: clock.now() + LIFE })
  const join = (options: WorldOptions = {}) => world({ store, issuer, clock, provider, ...options })
  /** The use of a token whose refresh window has opened. */
  const useInWindow = async (made = first): Promise<string> => {
    const token = await made.ask()
    await made.background()
    return token
  }
  return { ...first, store, join, useInWindow }
}

describe('a store that lost its data [E10]', () => {
  test('gets the token back, which is served to its end; its refresh token is then sent once', async () => {
    const { store, clock, issuer, ask, useInWindow, heard } = await stored()
    store.records.clear()
    await clock.advance(850 * SECOND)
    expect(await useInWindow()).toBe('one')
    expect(await store.stored()).toMatchObject({ token: { accessToken: 'one' }, mayBeSpent: 'maybe' })
    expect(issuer.requests).toEqual([])
    await clock.advance(150 * SECOND)
    issuer.prepare(tokenAnswer('two'))
    expect(await ask()).toBe('two')
    expect(heard('refresh.resent')).toHaveLength(1)
  })

  test('before any process can have used the refresh token, nothing is in doubt', async () => {
    const { store, clock, issuer, ask, heard } = await stored()
    await clock.advance(100 * SECOND)
    store.records.clear()
    issuer.prepare(tokenAnswer('two'))
    expect(await ask({ minValidityMs: 950 * SECOND })).toBe('two')
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }])
    expect(heard('refresh.resent')).toEqual([])
  })

  test('with an older generation in it gets the newer one back', async () => {
    const { store, clock, issuer, useInWindow } = await stored()
    const [[key, snapshot] = ['', undefined]] = store.records
    await clock.advance(850 * SECOND)
    issuer.prepare(tokenAnswer('two', { refresh_token: 'r2' }))
    expect(await useInWindow()).toBe('one')
    if (snapshot) store.records.set(key, { ...snapshot, version: 'restored' })
    await clock.advance(850 * SECOND)
    expect(await useInWindow()).toBe('two')
    expect(await store.stored()).toMatchObject({ generation: 2, token: { refreshToken: 'r2' } })
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }])
  })

  test('and has the claim of another process in the meantime is left to that one', async () => {
    const { store, clock, issuer, ask, join } = await stored()
    store.records.clear()
    await clock.advance(850 * SECOND)
    const newcomer = join({ provider: { canAcquire: true } })
    const answer = issuer.hold()
    const acquired = newcomer.ask()
    await answer.asked
    expect(await ask()).toBe('one')
    for (let turn = 0; turn < 20; turn += 1) await clock.advance(0)
    const record = await store.stored()
    expect(record).toHaveProperty('claim')
    expect(record).not.toHaveProperty('token')
    answer.give(tokenAnswer('new'))
    expect(await acquired).toBe('new')
  })
})

describe('what another process did in the meantime is not undone', () => {
  test('an end', async () => {
    const { store, clock, join, ask, useInWindow, source } = await stored()
    await join().source.end({ revoke: 'skip' })
    await clock.advance(850 * SECOND)
    await useInWindow()
    expect(await ask()).toBe('reauthorization-required')
    expect(await source.status()).toMatchObject({ state: 'reauthorization-required' })
    expect(await store.stored()).toMatchObject({ ended: true })
  })

  test('a sign-in, whose token is not refreshed before the process has learned of it', async () => {
    const { clock, join, useInWindow, issuer } = await stored()
    await clock.advance(850 * SECOND)
    await join().source.seed({ accessToken: 'theirs', refreshToken: 'r-theirs', expiresAt: clock.now() })
    await useInWindow()
    expect(issuer.requests).toEqual([])
  })
})
