import type { Clock } from '@chaveiro/core'
import { describe, expect, test } from 'vitest'
import { whileAlive } from '../../src/engine/while-alive.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { SECOND, world } from '../support/engine-world.ts'
import { tokenAnswer } from '../support/scripted-issuer.ts'

const never = new Promise<never>(() => {})

/** What the wait came to, or `waiting`. */
function waitFor(clock: Clock, ping: () => Promise<void>): () => string {
  let outcome = 'waiting'
  void whileAlive(clock, 15 * SECOND, { ping }, never).then((gone) => {
    outcome = gone
  })
  return () => outcome
}

describe('work that another request of a Worker began [E25]', () => {
  test('is given up a second after its time when no one answers there', async () => {
    const clock = new FakeClock()
    const outcome = waitFor(clock, () => never)
    await clock.advance(16 * SECOND - 1)
    expect(outcome()).toBe('waiting')
    await clock.advance(1)
    expect(outcome()).toBe('gone')
  })

  test('is waited for while that request answers, and not forever', async () => {
    const clock = new FakeClock()
    const outcome = waitFor(clock, async () => {})
    await clock.advance(60 * SECOND)
    expect(outcome()).toBe('waiting')
    await clock.advance(60 * SECOND)
    expect(outcome()).toBe('gone')
  })

  test('counts as a lost answer when it had sent a single-use refresh token', async () => {
    const clock = new FakeClock()
    let isGone = false
    // The timers that a request set end with it.
    const forRequests: Clock = {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      timer: (callback, ms) => (isGone ? () => {} : clock.timer(callback, ms)),
    }
    const { issuer, source, ask, askPatiently, heard } = world({
      clock,
      provider: { canAcquire: false },
      manager: { clock: forRequests },
    })
    await source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: clock.now() })
    isGone = true
    const answer = issuer.hold()
    void source.getToken().catch(() => {})
    await answer.asked
    isGone = false
    expect(await askPatiently()).toBe('unavailable')
    expect(issuer.requests).toHaveLength(1)
    await clock.advance(30 * SECOND)
    issuer.prepare(tokenAnswer('two'))
    expect(await ask()).toBe('two')
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { refresh: 'r1' }])
    expect(heard('refresh.resent')).toHaveLength(1)
  })
})
