import { describe, expect, test } from 'vitest'
import { type ProviderShape, SECOND } from '../support/engine-world.ts'
import { type Fleet, fleetOn } from '../support/fleet.ts'
import { status, tokenAnswer } from '../support/scripted-issuer.ts'
import type { WatchedStore } from '../support/watched-store.ts'

/** What becomes of an answer that comes late, for any store that processes share: each `newStore()` is an empty place. */
export function lateAnswerScenarios(newStore: () => WatchedStore | Promise<WatchedStore>): void {
  const fleet = async (provider?: ProviderShape, lifeMs?: number): Promise<Fleet<WatchedStore>> =>
    fleetOn(await newStore(), provider, lifeMs)

  describe('a late answer', () => {
    test('to a claim that was taken over is committed while the other is still asking [MP06]', async () => {
      const { issuer, join, value } = await fleet({ canRevoke: true })
      const [a, b] = [join(), join()]
      const toA = issuer.hold()
      const first = a.ask()
      await toA.asked
      const toB = issuer.hold()
      const second = b.ask()
      await b.until(toB.asked)
      toA.give(tokenAnswer('of-a', { refresh_token: 'r-a' }))
      expect(await first).toBe('of-a')
      // Above the number that B's answer will carry: two answers never share one.
      expect(await value()).toMatchObject({ generation: 4, token: { accessToken: 'of-a' } })
      expect((await value())['claim']).toBeUndefined()
      issuer.prepare(status(200))
      toB.give(tokenAnswer('of-b', { refresh_token: 'r-b' }))
      expect(await second).toBe('of-a')
      expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { key: 'key-1' }, { revoke: 'of-b' }])
      expect((await a.source.getToken()).generation).toBe((await b.source.getToken()).generation)
    })

    test('after the other has stored its own is revoked, and that one adopted [MP06]', async () => {
      const { issuer, join, value } = await fleet({ canRevoke: true })
      const [a, b] = [join(), join()]
      const toA = issuer.hold()
      const first = a.ask()
      await toA.asked
      issuer.prepare(tokenAnswer('of-b'))
      expect(await b.askPatiently()).toBe('of-b')
      a.clock.setNow(b.clock.now())
      issuer.prepare(status(200))
      toA.give(tokenAnswer('of-a'))
      expect(await first).toBe('of-b')
      await a.background()
      expect(issuer.sent().at(-1)).toEqual({ revoke: 'of-a' })
      expect(await value()).toMatchObject({ generation: 3, token: { accessToken: 'of-b' } })
    })

    test('does not come back after the record was deleted and recreated [MP23]', async () => {
      const { issuer, join, value } = await fleet({ canRevoke: true })
      const [a, b] = [join(), join()]
      const toA = issuer.hold()
      const first = a.ask()
      await toA.asked
      await b.source.end({ revoke: 'skip' })
      await b.source.seed({ accessToken: 'new-login', expiresAt: b.clock.now() + 1_000 * SECOND })
      const { lineage } = await b.source.getToken()
      issuer.prepare(status(200))
      toA.give(tokenAnswer('of-a'))
      expect(await first).toBe('new-login')
      expect(issuer.sent().at(-1)).toEqual({ revoke: 'of-a' })
      expect(await value()).toMatchObject({ lineage, generation: 1, token: { accessToken: 'new-login' } })
    })
  })

  test('a late answer changes nothing for an account that was ended and started again under the same name [MT03]', async () => {
    const { issuer, join, value } = await fleet({ canRevoke: true })
    const [a, b] = [join(), join()]
    const toA = issuer.hold()
    const late = a.ask()
    await toA.asked
    await a.source.end({ revoke: 'skip' })
    await a.source.seed({ accessToken: 'new', expiresAt: a.clock.now() + 600 * SECOND })
    issuer.prepare(status(200))
    toA.give(tokenAnswer('late'))
    expect(await late).toBe('new')
    expect(await b.ask()).toBe('new')
    expect(issuer.sent().at(-1)).toEqual({ revoke: 'late' })
    expect(await value()).toMatchObject({ generation: 1, token: { accessToken: 'new' } })
  })
}
