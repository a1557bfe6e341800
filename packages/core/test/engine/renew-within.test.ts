import { describe, expect, test } from 'vitest'
import { MINUTE, SECOND, type WorldOptions, world } from '../support/engine-world.ts'
import { tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

/** Tokens of an hour, which the provider replaces in their last five minutes. */
function late(options: WorldOptions = {}) {
  const made = world({ ...options, provider: { renewWithinMs: 5 * MINUTE, canRefresh: false, ...options.provider } })
  const hour = (access: string, leftSeconds = 3_600) => tokenAnswer(access, { expires_in: leftSeconds })
  return { ...made, hour }
}

describe('a provider that issues a new token only close to the end', () => {
  test('is not asked before', async () => {
    const { issuer, ask, clock, background, hour } = late()
    issuer.prepare(hour('one'))
    await ask()
    await clock.advance(55 * MINUTE - 1)
    expect(await ask()).toBe('one')
    await background()
    expect(issuer.requests).toHaveLength(1)
    await clock.advance(1)
    issuer.prepare(hour('two'))
    expect(await ask()).toBe('one')
    await background()
    expect(await ask()).toBe('two')
  })

  test('is not asked again before the end if its answer has the same end, not even in the margin', async () => {
    const { issuer, ask, clock, background, hour } = late()
    issuer.prepare(hour('one'))
    await ask()
    await clock.advance(55 * MINUTE)
    issuer.prepare(hour('again', 300))
    await ask()
    await background()
    await clock.advance(5 * MINUTE - 1)
    expect(await ask()).toBe('again')
    await background()
    expect(issuer.requests).toHaveLength(2)
    await clock.advance(1)
    issuer.prepare(hour('two'))
    expect(await ask()).toBe('two')
  })

  test('is asked at once for a token that the API rejected', async () => {
    const { issuer, source, ask, clock, hour } = late()
    issuer.prepare(hour('one'))
    const token = await source.getToken()
    await clock.advance(MINUTE)
    await source.reject(token)
    issuer.prepare(hour('two', 3_540))
    expect(await ask()).toBe('two')
  })

  test('keeps other processes from asking too', async () => {
    const store = sharedStore()
    const { issuer, ask, clock, background, hour } = late({ store })
    issuer.prepare(hour('one'))
    await ask()
    await clock.advance(56 * MINUTE)
    issuer.prepare(hour('again', 240))
    await ask()
    await background()
    const other = late({ store, issuer, clock })
    await clock.advance(MINUTE)
    expect(await other.ask()).toBe('again')
    await other.background()
    expect(issuer.requests).toHaveLength(2)
  })

  test('is asked by the user’s own window where that is narrower', async () => {
    const { issuer, ask, clock, background, hour } = late({ manager: { refreshWindowMs: 2 * MINUTE } })
    issuer.prepare(hour('one'))
    await ask()
    await clock.advance(58 * MINUTE - SECOND)
    await ask()
    await background()
    expect(issuer.requests).toHaveLength(1)
  })
})
