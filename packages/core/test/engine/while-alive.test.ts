import type { Clock } from '@chaveiro/core'
import { describe, expect, test } from 'vitest'
import { whileAlive } from '../../src/engine/while-alive.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { type ProviderShape, SECOND, world } from '../support/engine-world.ts'
import { reset, tokenAnswer } from '../support/scripted-issuer.ts'

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

  /** An account whose token call was begun by a request that is gone: the timers that it set went with it. */
  async function abandoned(provider: ProviderShape) {
    const clock = new FakeClock()
    let isGone = false
    const forRequests: Clock = {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      timer: (callback, ms) => (isGone ? () => {} : clock.timer(callback, ms)),
    }
    const made = world({ clock, provider, manager: { clock: forRequests } })
    await made.source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: clock.now() })
    isGone = true
    const answer = made.issuer.hold()
    void made.source.getToken().catch(() => {})
    await answer.asked
    isGone = false
    return { ...made, answer }
  }

  test('counts as a lost answer when it had sent a single-use refresh token', async () => {
    const { issuer, ask, askPatiently, heard, clock } = await abandoned({ canAcquire: false })
    expect(await askPatiently()).toBe('unavailable')
    expect(issuer.requests).toHaveLength(1)
    await clock.advance(30 * SECOND)
    issuer.prepare(tokenAnswer('two'))
    expect(await ask()).toBe('two')
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { refresh: 'r1' }])
    expect(heard('refresh.resent')).toHaveLength(1)
  })

  test('ends without a trace when its answer comes after all: the renewal after it goes on for all callers', async () => {
    const { issuer, ask, until, clock, answer } = await abandoned({ canRefresh: false, repeat: 'free' })
    const next = issuer.hold()
    const second = ask()
    await until(next.asked)
    answer.give(reset())
    for (let turn = 0; turn < 20; turn += 1) await clock.advance(0)
    const third = ask()
    for (let turn = 0; turn < 20; turn += 1) await clock.advance(0)
    next.give(tokenAnswer('two'))
    expect([await second, await third]).toEqual(['two', 'two'])
    expect(issuer.requests).toHaveLength(2)
  })
})
