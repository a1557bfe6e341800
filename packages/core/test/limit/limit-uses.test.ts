import { limitUses } from '@chaveiro/core/limit'
import { defineProvider } from '@chaveiro/core/provider'
import { describe, expect, test } from 'vitest'
import { MINUTE, type ProviderShape, SECOND, type World, type WorldOptions, world } from '../support/engine-world.ts'
import { offline, reset, status, tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

const thrice: ProviderShape = { canAcquire: false, refreshKind: 'reusable', refreshUses: limitUses(3) }

/** An account with an expired token, or one that lives so long, and the refresh token `r1`, which is good for three uses. */
async function signedIn(options: WorldOptions = {}, lifeMs = 0): Promise<World> {
  const made = world({ ...options, provider: { ...thrice, ...options.provider } })
  await made.source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: made.clock.now() + lifeMs })
  return made
}

describe('a refresh token that is good for several uses', () => {
  test('is sent again after a lost answer, because a use is lost and not the token', async () => {
    const { issuer, ask, clock, heard } = await signedIn()
    issuer.prepare(reset())
    expect(await ask()).toBe('unavailable')
    await clock.advance(30 * SECOND)
    issuer.prepare(tokenAnswer('two', { refresh_token: 'r2' }))
    expect(await ask()).toBe('two')
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { refresh: 'r1' }])
    expect(heard('refresh.resent')).toEqual([])
  })

  test('has its last use when nothing else is left, with an event, and then needs a person', async () => {
    const { issuer, source, ask, clock, heard } = await signedIn()
    issuer.prepare(reset(), reset(), reset())
    for (const expected of [0, 0, 1]) {
      expect(await ask()).toBe('unavailable')
      await Promise.resolve()
      expect(heard('refresh.resent')).toHaveLength(expected)
      await clock.advance(10 * MINUTE)
    }
    expect(await ask()).toBe('reauthorization-required')
    expect(await source.status()).toMatchObject({ state: 'reauthorization-required' })
    expect(issuer.requests).toHaveLength(3)
  })

  test('keeps its last use while the access token in hand serves', async () => {
    const { issuer, ask, clock, background, source } = await signedIn({}, 1_000 * SECOND)
    await clock.advance(800 * SECOND)
    issuer.prepare(reset(), reset())
    for (let use = 0; use < 4; use += 1) {
      expect(await ask()).toBe('one')
      await background()
      await clock.advance(45 * SECOND)
    }
    expect(issuer.requests).toHaveLength(2)
    expect((await source.status()).nextAttemptAt).toBe(clock.now() + 20 * SECOND)
    await clock.advance(20 * SECOND)
    issuer.prepare(tokenAnswer('two', { refresh_token: 'r2' }))
    expect(await ask()).toBe('two')
  })

  test('is not used for the last time where the inputs can acquire', async () => {
    const { issuer, ask, clock } = await signedIn({ provider: { canAcquire: true } })
    issuer.prepare(reset(), reset())
    expect(await ask()).toBe('unavailable')
    await clock.advance(MINUTE)
    expect(await ask()).toBe('unavailable')
    await clock.advance(2 * MINUTE)
    issuer.prepare(tokenAnswer('two'))
    expect(await ask()).toBe('two')
    expect(issuer.sent().at(-1)).toEqual({ key: 'key-1' })
  })

  test('counts a success too, and another refresh token starts again', async () => {
    const { issuer, ask, clock } = await signedIn()
    issuer.prepare(tokenAnswer('two'), tokenAnswer('three'), tokenAnswer('four', { refresh_token: 'r2' }))
    for (const token of ['two', 'three', 'four']) {
      expect(await ask()).toBe(token)
      await clock.advance(1_000 * SECOND)
    }
    issuer.prepare(tokenAnswer('five'), tokenAnswer('six'), tokenAnswer('seven'))
    for (const token of ['five', 'six', 'seven']) {
      expect(await ask()).toBe(token)
      await clock.advance(1_000 * SECOND)
    }
    expect(await ask()).toBe('reauthorization-required')
    expect(issuer.sent().map((body) => JSON.stringify(body))).toEqual(
      ['r1', 'r1', 'r1', 'r2', 'r2', 'r2'].map((refresh) => JSON.stringify({ refresh })),
    )
  })

  test.each<[string, () => Response | Error]>([
    ['never left', offline],
    ['was not processed', () => status(503)],
    ['was asked to wait', () => status(429)],
  ])('loses no use by a call that %s', async (_, answer) => {
    const { issuer, ask, askPatiently, clock } = await signedIn()
    issuer.prepare(answer(), answer(), answer())
    expect(['unavailable', 'throttled']).toContain(await askPatiently())
    await clock.advance(MINUTE)
    issuer.prepare(reset(), reset())
    for (let use = 0; use < 2; use += 1) {
      expect(await ask()).toBe('unavailable')
      await clock.advance(10 * MINUTE)
    }
    issuer.prepare(tokenAnswer('two', { refresh_token: 'r2' }))
    expect(await ask()).toBe('two')
  })

  test('is counted in the record before it is sent, so a crash spends a use too', async () => {
    const store = sharedStore()
    const first = await signedIn({ store })
    const { issuer, ask } = first
    // It dies while it waits: its clock stands still from here.
    const answer = issuer.hold()
    void ask()
    await answer.asked
    expect(await store.stored()).toMatchObject({ notes: { sends: { count: 1 } } })
    const other = world({ store, issuer, provider: thrice })
    issuer.prepare(reset(), reset())
    expect(await other.askPatiently()).toBe('unavailable')
    await other.clock.advance(10 * MINUTE)
    expect(await other.ask()).toBe('unavailable')
    expect(other.heard('refresh.resent')).toHaveLength(1)
    await other.clock.advance(10 * MINUTE)
    expect(await other.ask()).toBe('reauthorization-required')
    expect(issuer.requests).toHaveLength(3)
  })

  test('that another process counts says nothing about its successor', async () => {
    const store = sharedStore()
    const { issuer, ask, clock } = await signedIn({ store, provider: { refreshUses: limitUses(2) } })
    const late = issuer.hold()
    const mine = ask()
    await late.asked
    // The claim looks abandoned to another process, which counts a use of its own and waits.
    const other = world({ store, issuer, provider: { ...thrice, refreshUses: limitUses(2) } })
    const theirs = issuer.hold()
    const waiting = other.askPatiently()
    await theirs.asked
    late.give(tokenAnswer('two', { refresh_token: 'r2' }))
    expect(await mine).toBe('two')
    theirs.give(status(400))
    expect(await waiting).toBe('reauthorization-required')
    expect(await other.ask()).toBe('two')
    await clock.advance(1_000 * SECOND)
    issuer.prepare(tokenAnswer('three', { refresh_token: 'r3' }))
    expect(await ask()).toBe('three')
  })
})

test.each([1, 0, 2.5, Number.NaN])('%d uses are a TypeError', (times) => {
  expect(() => limitUses(times)).toThrow('A refresh token has at least 2 uses.')
})

test('a single-use refresh token with several uses is a contradiction', () => {
  const refresh = async () => ({ accessToken: 'two' })
  const facts = { refreshKind: 'single-use', refreshUses: limitUses(3), repeat: 'unknown' } as const
  expect(() => defineProvider({ id: 'example', server: new URL('https://x.example'), refresh, ...facts })).toThrow(
    "example: refreshUses is there, but refreshKind is 'single-use'. Set it to 'reusable'.",
  )
})
