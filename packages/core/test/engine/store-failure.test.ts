import { describe, expect, test } from 'vitest'
import { MINUTE, SECOND, type World, type WorldOptions, world } from '../support/engine-world.ts'
import { status, tokenAnswer } from '../support/scripted-issuer.ts'
import { type SharedStore, sharedStore } from '../support/shared-store.ts'

/** An account whose token has ended, with the refresh token `r1`, at a store that does not answer any more. */
async function withoutStore(options: WorldOptions = {}): Promise<World & { readonly store: SharedStore }> {
  const store = sharedStore()
  const made = world({ store, ...options })
  await made.source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: made.clock.now() + 1_000 * SECOND })
  await made.clock.advance(1_000 * SECOND)
  store.beforeRead = () => Promise.reject(new Error('ECONNREFUSED'))
  return { ...made, store }
}

describe('while the store does not answer', () => {
  test('going on acquires a token for this process alone, and leaves the record as it is [RP09]', async () => {
    const { issuer, store, ask, clock } = await withoutStore({ manager: { storeFailure: 'go-on' } })
    const before = [...store.records]
    issuer.prepare(tokenAnswer('alone'))
    expect(await ask()).toBe('alone')
    expect(await ask()).toBe('alone')
    expect(issuer.sent()).toEqual([{ key: 'key-1' }])
    expect([...store.records]).toEqual(before)

    store.beforeRead = undefined
    await clock.advance(1_000 * SECOND)
    issuer.prepare(tokenAnswer('two'))
    expect(await ask()).toBe('two')
    expect(issuer.sent().at(-1)).toEqual({ refresh: 'r1' })
  })

  test.each<[string, WorldOptions]>([
    ['the documents leave a second acquire open', {}],
    ['a second acquire ends the first token', { provider: { repeat: 'ends-previous' } }],
    ['a second acquire leaves a token behind', { provider: { repeat: 'leaves-token' } }],
    ['wrong keys lock the account', { provider: { repeat: 'free', probeRejected: false } }],
  ])('nothing is sent where %s [RP09]', async (name, options) => {
    const isOpen = name.startsWith('the documents')
    const manager = isOpen ? undefined : ({ storeFailure: 'go-on' } as const)
    const { issuer, ask } = await withoutStore({ ...options, ...(manager && { manager }) })
    expect(await ask()).toBe('store')
    expect(issuer.requests).toHaveLength(0)
  })

  test('going on is the default where a second acquire is known to be harmless [RP09]', async () => {
    const { issuer, ask } = await withoutStore({ provider: { repeat: 'free' } })
    issuer.prepare(tokenAnswer('alone'))
    expect(await ask()).toBe('alone')
  })

  test('keys that are denied are not sent again by the next caller [E14, E15]', async () => {
    const { issuer, ask, clock } = await withoutStore({ manager: { storeFailure: 'go-on' } })
    issuer.prepare(status(401))
    for (let use = 0; use < 3; use += 1) {
      expect(await ask()).toBe('credentials-rejected')
      await clock.advance(MINUTE)
    }
    expect(issuer.requests).toHaveLength(1)
  })

  test('keys that were denied before are not sent again for want of the record [E14, E15]', async () => {
    const store = sharedStore()
    const provider = { canRefresh: false }
    const { issuer, ask } = world({ store, provider, manager: { storeFailure: 'go-on' } })
    issuer.prepare(status(401))
    expect(await ask()).toBe('credentials-rejected')
    store.beforeRead = () => Promise.reject(new Error('ECONNREFUSED'))
    expect(await ask()).toBe('credentials-rejected')
    expect(issuer.requests).toHaveLength(1)
  })
})
