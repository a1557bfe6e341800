import { describe, expect, test } from 'vitest'
import { MINUTE, outcome, SECOND, type WorldOptions, world } from '../support/engine-world.ts'
import { tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

const free = { canRefresh: false, repeat: 'free' } as const

/** An account in a store that can be made unreachable. */
function stored(options: WorldOptions = {}) {
  const store = sharedStore()
  const made = world({ store, provider: free, ...options })
  const down = (isDown: boolean): void => {
    store.beforeRead = isDown
      ? () => {
          throw new Error('connection refused')
        }
      : undefined
  }
  return { ...made, store, down }
}

describe('while the store does not answer [E14]', () => {
  test('a caller without a token gets one that is not shared, where a second acquire is harmless', async () => {
    const { issuer, askPatiently, source, down, store } = stored()
    down(true)
    issuer.prepare(tokenAnswer('alone'))
    expect(await askPatiently()).toBe('alone')
    expect(await source.status()).toMatchObject({ state: 'fresh', persisted: false })
    expect(store.records.size).toBe(0)
  })

  test.each<[string, WorldOptions]>([
    ['it is not documented that it is', { provider: { ...free, repeat: 'unknown' } }],
    ['the user says so', { manager: { storeFailure: 'fail' } }],
    [
      'it ends the token of another process',
      { provider: { ...free, repeat: 'ends-previous' }, manager: { storeFailure: 'go-on' } },
    ],
    [
      'the provider documents a lock-out',
      { provider: { ...free, probeRejected: false }, manager: { storeFailure: 'go-on' } },
    ],
  ])('an error is the answer where %s', async (_, options) => {
    const { askPatiently, down, issuer } = stored(options)
    down(true)
    expect(await askPatiently()).toBe('store')
    expect(issuer.requests).toEqual([])
  })

  test('a token that serves is used on, whatever validity a caller asks for', async () => {
    const { issuer, askPatiently, background, clock, source, down } = stored()
    await source.seed({ accessToken: 'one', expiresAt: clock.now() + 1_000 * SECOND })
    await clock.advance(850 * SECOND)
    down(true)
    expect(await askPatiently()).toBe('one')
    await background()
    await clock.advance(MINUTE)
    expect(await askPatiently({ minValidityMs: 500 * SECOND })).toBe('store')
    expect(issuer.requests).toEqual([])
  })

  test('nothing is acquired when no caller waits', async () => {
    const { issuer, ask, background, clock, source, store } = stored({ manager: { expiryMarginMs: 0 } })
    await source.seed({ accessToken: 'one', expiresAt: clock.now() + 1_000 * SECOND })
    await clock.advance(998 * SECOND)
    store.beforeRead = () => new Promise(() => {})
    expect(await ask()).toBe('one')
    // The token ends before the store is given up.
    await clock.advance(10 * SECOND)
    await background()
    expect(issuer.requests).toEqual([])
  })

  test('one call is made in a flight, also where its token could not be stored', async () => {
    const { issuer, askPatiently, store } = stored({ manager: { persistFailure: 'fail' } })
    store.beforeCommit = (_, next) => {
      if (next?.includes('"one"') === true) throw new Error('disk full')
    }
    issuer.prepare(tokenAnswer('one'))
    expect(await askPatiently()).toBe('store')
    expect(issuer.requests).toHaveLength(1)
  })

  test('and after that the store counts: what was obtained alone is never written there', async () => {
    const { issuer, askPatiently, background, clock, down, store, join } = withOther()
    down(true)
    issuer.prepare(tokenAnswer('alone'))
    expect(await askPatiently()).toBe('alone')
    down(false)
    const written: string[] = []
    store.afterCommit = (_, next) => void written.push(next ?? '')
    await clock.advance(850 * SECOND)
    issuer.prepare(tokenAnswer('shared'))
    expect(await askPatiently()).toBe('alone')
    await background()
    expect(await askPatiently()).toBe('shared')
    expect(written.filter((text) => text.includes('"alone"'))).toEqual([])
    expect(await outcome(join().source.getToken())).toBe('shared')
  })

  function withOther() {
    const made = stored()
    const { store, issuer, clock } = made
    return { ...made, join: () => world({ store, issuer, clock, provider: free }) }
  }
})
