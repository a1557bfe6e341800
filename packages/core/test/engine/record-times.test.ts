import { describe, expect, test } from 'vitest'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { DAY, HOUR, SECOND, world } from '../support/engine-world.ts'
import { scriptedIssuer, status, tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

/** An issuer that tells the right time, and processes whose clocks are wrong by so much. */
function fleet(tellsTime: boolean) {
  const store = sharedStore()
  const issuer = scriptedIssuer()
  const right = new FakeClock()
  let count = 0
  issuer.always(() => {
    count += 1
    const headers = tellsTime ? { date: new Date(right.now()).toUTCString() } : undefined
    return tokenAnswer(`access-${count}`, { refresh_token: `r${count}` }, headers)
  })
  const join = (aheadMs: number) => world({ store, issuer, clock: new FakeClock({ now: right.now() + aheadMs }) })
  return { issuer, right, join }
}

describe('the times of a record [E9]', () => {
  test.each([HOUR, DAY, -HOUR, -DAY])(
    'are read on the clock of a process that is wrong by %d ms, once it knows that',
    async (ms) => {
      const { join, issuer } = fleet(true)
      const wrong = join(ms)
      const old = await wrong.until(wrong.source.getToken())
      const sound = join(0)
      expect(await sound.askPatiently()).toBe('access-1')
      expect(await sound.askPatiently({ newerThan: await sound.source.getToken() })).toBe('access-2')
      const adopted = await wrong.until(wrong.source.getToken({ newerThan: old }))
      expect(adopted.reveal()).toBe('access-2')
      const left = (adopted.expiresAt ?? 0) - wrong.clock.now()
      expect(Math.abs(left - 1_000 * SECOND)).toBeLessThanOrEqual(SECOND)
      expect(issuer.requests).toHaveLength(2)
    },
  )

  test('follow the clock of answers with a token only: a page in between has one of its own', async () => {
    const { issuer, source, clock, ask, store } = stored()
    const tomorrow = new Date(clock.now() + DAY).toUTCString()
    issuer.prepare(status(403, { date: tomorrow, 'content-type': 'text/html' }, '<html>Blocked</html>'))
    expect(await ask()).toBe('unavailable')
    await source.seed({ accessToken: 'one', expiresAt: clock.now() + 1_000 * SECOND })
    expect(await store.stored()).toMatchObject({ token: { obtainedAt: clock.now() } })

    function stored() {
      const store = sharedStore()
      return { ...world({ store }), store }
    }
  })

  test('that are ahead are told of once, however often they are read', async () => {
    const { join } = fleet(false)
    await join(DAY).askPatiently()
    const sound = join(0)
    for (let read = 0; read < 3; read += 1) await sound.source.status()
    await Promise.resolve()
    expect(sound.heard('clock.skew')).toHaveLength(1)
  })
})
