import { expiry, type ProviderIo, rfc3339 } from '@chaveiro/core/provider'
import { describe, expect, test } from 'vitest'
import {
  DAY,
  HOUR,
  MINUTE,
  type ProviderShape,
  SECOND,
  type World,
  type WorldOptions,
  world,
} from '../support/engine-world.ts'
import { status, tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

const MARGIN = MINUTE // of a life of 1 000 s and more
const WINDOW = 200 * SECOND // 20% of 1 000 s

/** A world whose account holds the token `one`, with 1 000 s to live. */
async function holding(options: WorldOptions = {}, fields: Record<string, unknown> = {}): Promise<World> {
  const made = world(options)
  made.issuer.prepare(tokenAnswer('one', { refresh_token: 'r1', ...fields }))
  expect(await made.ask()).toBe('one')
  return made
}

describe('before the refresh window', () => {
  test('a token is served from memory, with no call, no store access and no timer [WN01]', async () => {
    const store = sharedStore()
    const { ask, clock } = await holding({ store })
    const before = [store.reads, store.commits]
    await clock.advance(1_000 * SECOND - WINDOW - 1)
    expect(await ask()).toBe('one')
    expect(await ask({ timeoutMs: 5, minValidityMs: 100 })).toBe('one')
    expect([store.reads, store.commits]).toEqual(before)
    expect(clock.pending).toBe(0)
  })
})

describe('in the refresh window', () => {
  test('three callers get the old token at once, and one refresh runs behind them [WN02]', async () => {
    const { issuer, ask, clock, background } = await holding()
    await clock.advance(1_000 * SECOND - WINDOW)
    const answer = issuer.hold()
    expect(await Promise.all([ask(), ask(), ask()])).toEqual(['one', 'one', 'one'])
    await answer.asked
    expect(await ask()).toBe('one')
    answer.give(tokenAnswer('two'))
    await background()
    expect(await ask()).toBe('two')
    expect(issuer.requests).toHaveLength(2)
  })
})

describe('in the expiry margin', () => {
  test('three callers wait for one refresh [WN03]', async () => {
    const { issuer, ask, clock } = await holding()
    await clock.advance(1_000 * SECOND - MARGIN)
    issuer.prepare(tokenAnswer('two'))
    expect(await Promise.all([ask(), ask(), ask()])).toEqual(['two', 'two', 'two'])
    expect(issuer.requests).toHaveLength(2)
  })

  test.each([
    ['one ms before it', -1, 'one'],
    ['at its first ms', 0, 'two'],
    ['one ms later', 1, 'two'],
  ])('%s, callers get the right token [WN04]', async (_, offset, token) => {
    const { issuer, ask, clock, background } = await holding()
    await clock.advance(1_000 * SECOND - MARGIN + offset)
    issuer.prepare(tokenAnswer('two'))
    expect(await ask()).toBe(token)
    await background()
    expect(issuer.requests).toHaveLength(2)
  })
})

describe('a short life', () => {
  test('shrinks the window and the margin: no call for each use [WN05]', async () => {
    const { issuer, ask, clock, background } = await holding({}, { expires_in: 30 })
    for (let use = 0; use < 10; use += 1) {
      await clock.advance(1.4 * SECOND)
      expect(await ask()).toBe('one')
    }
    expect(issuer.requests).toHaveLength(1)
    await clock.advance(SECOND)
    issuer.prepare(tokenAnswer('two', { expires_in: 30 }))
    expect(await ask()).toBe('one')
    await background()
    expect(issuer.requests).toHaveLength(2)
  })

  test.each([
    ['window', { refreshWindowMs: DAY }],
    ['margin', { expiryMarginMs: DAY }],
  ])('shorter than the %s that was asked for makes no call for each use either [WN05]', async (_, manager) => {
    const { issuer, ask, clock, background } = await holding({ manager })
    for (let use = 0; use < 10; use += 1) {
      await clock.advance(40 * SECOND)
      expect(await ask()).toBe('one')
    }
    await background()
    expect(issuer.requests).toHaveLength(1)
  })
})

describe('an answer that has ended on arrival', () => {
  const readAt = (options?: { otherwiseMs: number }): ProviderShape => ({
    read: (io: ProviderIo, answer) => ({
      accessToken: answer['access_token'],
      expiresAt: expiry(io, rfc3339(answer['expires_at']), options),
    }),
  })

  test('is taken for a wrong clock where the spec says what to assume [WN06]', async () => {
    const { issuer, ask, source, heard, clock } = world({ provider: readAt({ otherwiseMs: 15 * MINUTE }) })
    issuer.prepare(tokenAnswer('one', { expires_at: '2001-01-01T00:00:00Z' }))
    expect(await ask()).toBe('one')
    expect((await source.getToken()).expiresAt).toBe(clock.now() + 15 * MINUTE)
    expect(heard('clock.skew')).toHaveLength(1)
  })

  test.each<[string, ProviderShape]>([
    ['the helper', readAt()],
    ['the engine', { read: (io) => ({ accessToken: 'one', expiresAt: io.now - 1 }) }],
  ])('is malformed otherwise, by %s: a lost answer, repeated once, and no loop [WN06]', async (_, provider) => {
    const { issuer, ask, askPatiently, heard, clock } = world({ provider })
    const past = () => tokenAnswer('one', { expires_at: '2001-01-01T00:00:00Z' })
    issuer.prepare(past(), past())
    expect(await askPatiently()).toBe('malformed-response')
    await clock.advance(29 * SECOND)
    expect(await ask()).toBe('malformed-response')
    expect(issuer.requests).toHaveLength(2)
    expect(heard('clock.skew')).toHaveLength(2)
  })
})

test('a window and a margin of 0 mean 0 [WN07]', async () => {
  const { issuer, ask, clock } = await holding({ manager: { refreshWindowMs: 0, expiryMarginMs: 0 } })
  await clock.advance(999 * SECOND)
  expect(await ask()).toBe('one')
  expect(issuer.requests).toHaveLength(1)
  await clock.advance(SECOND)
  issuer.prepare(tokenAnswer('two'))
  expect(await ask()).toBe('two')
})

test('an answer without an expiry is used until it is refused, and the status says so [WN08]', async () => {
  const { issuer, ask, clock, source } = await holding({}, { expires_in: undefined })
  for (let day = 0; day < 7; day += 1) {
    await clock.advance(DAY)
    expect(await ask()).toBe('one')
  }
  expect(await source.status()).toStrictEqual({ state: 'fresh', generation: 1, persisted: true })
  const refused = await source.getToken()
  expect(await source.reject(refused)).toBe(true)
  issuer.prepare(tokenAnswer('two'))
  expect(await ask()).toBe('two')
})

test.each<[unknown, number | undefined]>([
  [3600, HOUR],
  ['3600', HOUR],
  [3600.5, HOUR + 500],
  [0.0019, 1],
  // Nothing was said: NaN is null in JSON.
  [Number.NaN, undefined],
  [null, undefined],
  [undefined, undefined],
])('a life of %j seconds is %j ms [WN09] [WN11]', async (given, expected) => {
  const { issuer, source, clock } = world()
  issuer.prepare(tokenAnswer('one', { expires_in: given }))
  const { expiresAt } = await source.getToken()
  expect(expiresAt).toBe(expected && clock.now() + expected)
})

test.each([0, 'zzz', false, {}, [], -1, 1e20])(
  'a life of %j seconds is malformed, never forever by mistake [WN10] [WN11]',
  async (given) => {
    const { issuer, askPatiently, source } = world()
    issuer.prepare(tokenAnswer('one', { expires_in: given }), tokenAnswer('one', { expires_in: given }))
    expect(await askPatiently()).toBe('malformed-response')
    expect(await source.status()).toMatchObject({ state: 'misconfigured', persisted: false })
  },
)

describe('many accounts of one age', () => {
  test('are refreshed at different times, and only so many at once [WN20]', async () => {
    let draws = 0
    const random = () => {
      draws = (draws + 0.618_033_988_75) % 1
      return draws
    }
    let running = 0
    let most = 0
    const { issuer, manager, clock, background } = world({ manager: { random } })
    issuer.always(async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setImmediate(resolve))
      running -= 1
      return tokenAnswer('fresh')
    })
    const accounts = Array.from({ length: 1_000 }, (_, index) => manager.account(`seller-${index}`))
    await Promise.all(accounts.map((account) => account.getToken()))
    expect(most).toBe(8)
    expect(issuer.requests).toHaveLength(1_000)
    // A fifth of the window: 40 s. A tenth of the accounts comes in each tenth of it.
    await clock.advance(1_000 * SECOND - WINDOW - 1)
    for (let tenth = 1; tenth <= 10; tenth += 1) {
      await clock.advance(4 * SECOND)
      await Promise.all(accounts.map((account) => account.getToken()))
      await background()
      expect(Math.abs(issuer.requests.length - 1_000 - 100 * tenth)).toBeLessThanOrEqual(10)
    }
    expect(most).toBe(8)
  })
})

describe('a caller who needs more than a token lives', () => {
  test('gets one new token, then an error with both lengths, and no loop [WN22]', async () => {
    const { issuer, ask, source, clock } = await holding()
    await clock.advance(500 * SECOND)
    expect(await ask({ minValidityMs: 2 * HOUR })).toBe('misconfigured')
    const error = await source.getToken({ minValidityMs: 2 * HOUR }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'misconfigured', message: expect.stringMatching(/7200 s.*1000 s\. Ask for/) })
    expect(issuer.requests).toHaveLength(1)
    expect(await ask()).toBe('one')
  })

  test('that differs from its life by less than a second is told two lengths anyway', async () => {
    const { source } = await holding()
    const error = await source.getToken({ minValidityMs: 1_000 * SECOND + 1 }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'misconfigured', message: expect.stringMatching(/1001 s.*1000 s/) })
  })

  test('also where the token came from the store: one refresh, then the error [WN22]', async () => {
    const store = sharedStore()
    const { clock, issuer } = await holding({ store })
    const { ask } = world({ store, clock, issuer })
    issuer.prepare(tokenAnswer('two'))
    expect(await ask({ minValidityMs: 2 * HOUR })).toBe('misconfigured')
    expect(await ask({ minValidityMs: 2 * HOUR })).toBe('misconfigured')
    expect(issuer.requests).toHaveLength(2)
  })

  test('gets a new token when only the one in hand is too short', async () => {
    const { issuer, ask, clock } = await holding()
    await clock.advance(500 * SECOND)
    issuer.prepare(tokenAnswer('two'))
    expect(await ask({ minValidityMs: 800 * SECOND })).toBe('two')
  })

  test('gets an error when the refresh fails, while others are served', async () => {
    const { issuer, ask, clock } = await holding({ provider: { canRefresh: false } })
    await clock.advance(500 * SECOND)
    issuer.prepare(status(500))
    expect(await ask({ minValidityMs: 800 * SECOND })).toBe('unavailable')
    expect(await ask()).toBe('one')
  })
})
