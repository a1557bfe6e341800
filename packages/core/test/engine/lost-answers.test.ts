import { describe, expect, test } from 'vitest'
import {
  errorOf,
  MINUTE,
  outcome,
  patiently,
  SECOND,
  type World,
  type WorldOptions,
  world,
} from '../support/engine-world.ts'
import { offline, reset, status, tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

const person = { canAcquire: false }

/** An account with an expired token and the single-use refresh token `r1`. */
async function expired(options: WorldOptions = {}, lifeMs = 0): Promise<World> {
  const made = world(options)
  await made.source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: made.clock.now() + lifeMs })
  return made
}

describe('a lost answer to a refresh with a single-use token', () => {
  test.each<[string, () => Response | Error]>([
    ['a reset', reset],
    ['a 500', () => status(500)],
    ['a 502', () => status(502)],
    ['a 504', () => status(504)],
    ['a 408', () => status(408)],
  ])('(%s) is followed by acquiring where the inputs can, and nothing is sent twice', async (_, answer) => {
    const { issuer, askPatiently, heard } = await expired()
    issuer.prepare(answer(), tokenAnswer('two'))
    expect(await askPatiently()).toBe('two')
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { key: 'key-1' }])
    expect(heard('refresh.resent')).toEqual([])
  })

  test('without another way in is sent once more, after the cool-down, with an event [FA15]', async () => {
    const { issuer, ask, clock, heard } = await expired({ provider: person })
    issuer.prepare(reset())
    expect(await ask()).toBe('unavailable')
    await clock.advance(29 * SECOND)
    expect(await ask()).toBe('unavailable')
    await clock.advance(SECOND)
    issuer.prepare(tokenAnswer('two'))
    expect(await ask()).toBe('two')
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { refresh: 'r1' }])
    expect(heard('refresh.resent')).toHaveLength(1)
  })

  test('twice needs a person: the token is not sent a third time [FA15]', async () => {
    const { issuer, ask, clock, source } = await expired({ provider: person })
    issuer.prepare(reset(), reset())
    expect(await ask()).toBe('unavailable')
    await clock.advance(30 * SECOND)
    expect(await ask()).toBe('unavailable')
    await clock.advance(10 * MINUTE)
    expect(await ask()).toBe('reauthorization-required')
    expect(await source.status()).toMatchObject({ state: 'reauthorization-required' })
    expect(issuer.requests).toHaveLength(2)
  })

  test('is never sent again where the user forbids it', async () => {
    const { issuer, ask, clock } = await expired({ provider: person, manager: { resendUnknown: 'never' } })
    issuer.prepare(reset())
    expect(await ask()).toBe('unavailable')
    await clock.advance(MINUTE)
    expect(await ask()).toBe('reauthorization-required')
  })

  test.each<[string, () => Response | Error]>([
    ['never left', offline],
    ['was not processed', () => status(503)],
  ])('is still good for the second try when that one %s', async (_, answer) => {
    const { issuer, ask, askPatiently, clock } = await expired({ provider: person })
    issuer.prepare(reset())
    expect(await ask()).toBe('unavailable')
    await clock.advance(30 * SECOND)
    issuer.prepare(answer(), answer(), answer())
    expect(await askPatiently()).toBe('unavailable')
    await clock.advance(2 * MINUTE)
    issuer.prepare(tokenAnswer('two'))
    expect(await ask()).toBe('two')
  })

  test('is served out before anything is risked: the token in hand lives on [FA15]', async () => {
    const { issuer, ask, clock, background } = await expired({ provider: person }, 1_000 * SECOND)
    await clock.advance(810 * SECOND)
    issuer.prepare(reset())
    expect(await ask()).toBe('one')
    await background()
    for (let use = 0; use < 18; use += 1) {
      await clock.advance(10 * SECOND)
      expect(await ask()).toBe('one')
      await background()
    }
    expect(issuer.requests).toHaveLength(1)
    await clock.advance(10 * SECOND)
    issuer.prepare(tokenAnswer('two'))
    expect(await ask()).toBe('two')
  })

  test('keeps the claim in a shared store until it is abandoned, then reads again and sends once [FA15]', async () => {
    const store = sharedStore()
    const { issuer, askPatiently, clock, ask } = await expired({ store, provider: person })
    issuer.prepare(reset())
    expect(await ask()).toBe('unavailable')
    expect([...store.records.values()][0]?.value).toContain('"claim"')
    // The sign-in and the claim: a claim that stays is not written again, which would restart the wait of the others.
    expect(store.commits).toBe(2)
    const other = world({ store, issuer, clock, provider: person })
    issuer.prepare(tokenAnswer('two'))
    const before = clock.monotonic()
    expect(await other.askPatiently()).toBe('two')
    expect(clock.monotonic() - before).toBeGreaterThanOrEqual(25 * SECOND)
    expect(other.heard('refresh.resent')).toHaveLength(1)
    await clock.advance(30 * SECOND)
    expect(await askPatiently()).toBe('two')
    expect(issuer.requests).toHaveLength(2)
  })

  test('that turns out to be spent is marked, and callers stop waiting', async () => {
    const store = sharedStore()
    const { issuer, ask, clock } = await expired({ store, provider: person })
    issuer.prepare(reset())
    expect(await ask()).toBe('unavailable')
    await clock.advance(30 * SECOND)
    issuer.prepare(status(400))
    expect(await ask()).toBe('reauthorization-required')
    const other = world({ store, issuer, clock, provider: person })
    expect(await other.ask()).toBe('reauthorization-required')
  })

  test('does not make our own next flight wait for longer than the cool-down', async () => {
    const { issuer, ask, clock } = await expired({ store: sharedStore(), provider: person })
    issuer.prepare(reset())
    expect(await ask()).toBe('unavailable')
    await clock.advance(30 * SECOND)
    issuer.prepare(tokenAnswer('two'))
    expect(await ask()).toBe('two')
  })
})

describe('an attempt that takes too long [FA17]', () => {
  test('is a lost answer after it was sent', async () => {
    const { issuer, source, clock } = await expired({ provider: person })
    issuer.hold()
    expect(await patiently(clock, errorOf(source.getToken()))).toMatchObject({ code: 'timeout', action: 'retry' })
    await clock.advance(MINUTE)
    issuer.prepare(tokenAnswer('two'))
    expect(await outcome(source.getToken())).toBe('two')
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { refresh: 'r1' }])
  })

  test('of a reusable token is simply repeated later', async () => {
    const { issuer, source, clock, heard } = await expired({ provider: { canAcquire: false, refreshKind: 'reusable' } })
    issuer.hold()
    expect(await patiently(clock, errorOf(source.getToken()))).toMatchObject({ code: 'timeout' })
    await clock.advance(MINUTE)
    issuer.prepare(tokenAnswer('two'))
    expect(await outcome(source.getToken())).toBe('two')
    expect(heard('refresh.resent')).toEqual([])
  })

  test('but is answered in time is committed, although every caller has gone', async () => {
    const store = sharedStore()
    const { issuer, source, clock, ask } = await expired({ store, provider: person })
    const controller = new AbortController()
    const answer = issuer.hold()
    const calls = [1, 2].map(() => errorOf(source.getToken({ signal: controller.signal })))
    await answer.asked
    controller.abort(new Error('gone'))
    expect(await Promise.all(calls)).toMatchObject([{ message: 'gone' }, { message: 'gone' }])
    await clock.advance(14 * SECOND)
    answer.give(tokenAnswer('two', { refresh_token: 'r2' }))
    expect(await ask()).toBe('two')
    expect([...store.records.values()][0]?.value).toContain('"r2"')
    expect(issuer.requests).toHaveLength(1)
  })
})

describe('everybody gone before anything was sent', () => {
  test('releases the claim and starts nothing: who comes next need not wait for it', async () => {
    const store = sharedStore()
    const { issuer, source, ask } = await expired({ store })
    const controller = new AbortController()
    store.afterCommit = () => controller.abort(new Error('gone'))
    expect(await errorOf(source.getToken({ signal: controller.signal }))).toMatchObject({ message: 'gone' })
    store.afterCommit = undefined
    issuer.prepare(tokenAnswer('two'))
    expect(await ask()).toBe('two')
    expect(issuer.requests).toHaveLength(1)
  })

  test('leaves no record where there was none', async () => {
    const store = sharedStore()
    const { source, manager } = world({ store })
    const controller = new AbortController()
    store.afterCommit = () => controller.abort(new Error('gone'))
    expect(await errorOf(source.getToken({ signal: controller.signal }))).toMatchObject({ message: 'gone' })
    await manager.close()
    expect(store.records.size).toBe(0)
  })
})
