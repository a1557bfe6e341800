import { describeWith } from '@chaveiro/test-servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SECOND, type World, world } from '../../core/test/support/engine-world.ts'
import { fleetOn } from '../../core/test/support/fleet.ts'
import { scriptedIssuer, tokenAnswer } from '../../core/test/support/scripted-issuer.ts'
import { watchedStore } from '../../core/test/support/watched-store.ts'
import { FAULTY_GROUNDS } from './support/faulty-grounds.ts'

const DAY = 86_400 * SECOND

describe.each(FAULTY_GROUNDS)('when $name', ({ name, needs, faults, start }) => {
  describeWith(needs, `${name} as a store`, () => {
    let ground: Awaited<ReturnType<typeof start>>
    beforeAll(async () => {
      ground = await start()
    }, 60_000)
    afterAll(() => ground[Symbol.asyncDispose]())

    describe.each(faults)('%s', (which) => {
      it('from the start, getToken() says so, makes no call, and returns the stored token afterwards [RP09]', async () => {
        const { fault, store } = await placeWith(which)
        const { issuer, join } = await fleetOn(store, {}, 1_000 * SECOND)
        await fault.begin()
        const refusal = expect.objectContaining({ code: 'store', message: expect.stringMatching(fault.sentence) })
        // What can be read is served; what cannot is an error, and no reason to acquire.
        const reader = join()
        expect(await told(reader)).toEqual(fault.reads ? 'one' : refusal)
        // A new account takes a claim, which is written.
        expect(await told(world({ store, issuer, account: 'a new one' }))).toEqual(refusal)
        await fault.end()
        await reader.clock.advance(2 * SECOND)
        expect(await reader.until(reader.ask())).toBe('one')
        expect(issuer.requests).toEqual([])
      })

      it('in mid-refresh, the new token is served, and stored when that is possible again', async () => {
        const { fault, store } = await placeWith(which)
        const { issuer, join } = await fleetOn(store)
        const a = join()
        const answer = issuer.hold()
        const asked = a.ask()
        await answer.asked
        await fault.begin()
        answer.give(tokenAnswer('two', { refresh_token: 'r2' }))
        expect(await a.until(asked)).toBe('two')
        expect(await a.source.status()).toMatchObject({ persisted: false, state: 'fresh' })
        expect(a.heard('persist.failed')[0]).toMatchObject({ code: 'store' })
        await fault.end()
        await a.clock.advance(2 * SECOND)
        expect(await a.ask()).toBe('two')
        await a.background()
        expect(await a.source.status()).toMatchObject({ persisted: true })
        expect(await join().ask()).toBe('two')
        expect(issuer.sent()).toEqual([{ refresh: 'r1' }])
      })

      it('after the answer was stored, callers still get the token, and the other processes find it afterwards', async () => {
        const { fault, store } = await placeWith(which)
        const { issuer, join } = await fleetOn(store)
        const a = join()
        issuer.prepare(tokenAnswer('two'))
        expect(await a.ask()).toBe('two')
        await fault.begin()
        expect(await a.ask()).toBe('two')
        await fault.end()
        expect(await join().ask()).toBe('two')
        expect(issuer.requests).toHaveLength(1)
      })
    })

    it.each([
      ['ahead of', DAY],
      ['behind', -DAY],
    ])("has a clock that is a day %s this process's, nothing changes: no clock is shared", async (_, offsetMs) => {
      const place = await ground.newPlace()
      const store = watchedStore(place.open())
      const issuer = scriptedIssuer()
      const [a, b] = [world({ store, issuer }), world({ store, issuer })]
      for (const { clock } of [a, b]) clock.setNow(Date.now() - offsetMs)
      issuer.prepare(tokenAnswer('one', { refresh_token: 'r1' }))
      expect(await a.ask()).toBe('one')
      expect(await b.ask()).toBe('one')
      await a.clock.advance(1_001 * SECOND)
      await b.clock.advance(1_001 * SECOND)
      const answer = issuer.hold()
      const first = a.ask()
      await answer.asked
      const second = b.ask()
      answer.give(tokenAnswer('two'))
      expect(await first).toBe('two')
      expect(await b.until(second)).toBe('two')
      expect(issuer.requests).toHaveLength(2)
    })

    async function placeWith(which: string) {
      const place = await ground.newPlace()
      const fault = place.faults[which]
      if (fault === undefined) throw new Error(`There is no fault ${which}.`)
      return { fault, store: watchedStore(place.open()) }
    }
  })
})

/** The token, or the error. */
function told({ source, until }: World): Promise<unknown> {
  const asked = source.getToken()
  return until(
    asked.then(
      (token) => token.reveal(),
      (error: unknown) => error,
    ),
  )
}
