import { describe, expect, test } from 'vitest'
import {
  errorOf,
  HOUR,
  MINUTE,
  patiently,
  SECOND,
  type World,
  type WorldOptions,
  world,
} from '../support/engine-world.ts'
import { offline, reset, status, tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'
import { unhandledRejections } from '../support/unhandled-rejections.ts'

/** An account that holds the token `one`, with 1 000 s to live and a reusable refresh token. */
async function holding(options: WorldOptions = {}): Promise<World> {
  const made = world({ ...options, provider: { refreshKind: 'reusable', ...options.provider } })
  made.issuer.prepare(tokenAnswer('one', { refresh_token: 'r1' }))
  expect(await made.ask()).toBe('one')
  return made
}

describe('while the token is still good', () => {
  test('an outage in the window goes unnoticed by callers: the old token, one event, a cool-down [FA01]', async () => {
    const { issuer, ask, clock, background, heard, source } = await holding()
    await clock.advance(810 * SECOND)
    issuer.prepare(status(503))
    expect(await ask()).toBe('one')
    await background()
    expect(heard('refresh.failed')).toMatchObject([{ code: 'unavailable', generation: 1 }])
    expect(await source.status()).toMatchObject({ state: 'in-window', nextAttemptAt: clock.now() + 30 * SECOND })
    await clock.advance(29 * SECOND)
    expect(await ask()).toBe('one')
    await clock.advance(SECOND)
    issuer.prepare(status(503))
    expect(await ask()).toBe('one')
    await background()
    expect(issuer.requests).toHaveLength(3)
    expect(await source.status()).toMatchObject({ nextAttemptAt: clock.now() + MINUTE })
  })

  test('an outage in the margin is backed off, and the old token is served [FA02]', async () => {
    const { issuer, ask, clock, source } = await holding()
    await clock.advance(945 * SECOND)
    issuer.prepare(status(503))
    expect(await ask()).toBe('one')
    expect(await ask()).toBe('one')
    expect(await ask({ staleIfError: false })).toBe('unavailable')
    await clock.advance(30 * SECOND)
    issuer.prepare(status(503))
    expect(await ask()).toBe('one')
    expect(issuer.requests).toHaveLength(3)
    expect((await source.getToken()).generation).toBe(1)
  })

  test('no caller waits for a pause that the provider asks for [FA02] [FA05]', async () => {
    const { issuer, ask, clock } = await holding()
    await clock.advance(945 * SECOND)
    issuer.prepare(status(429, { 'retry-after': '10' }))
    expect(await ask()).toBe('one')
    expect(issuer.requests).toHaveLength(2)
  })

  test('a background refresh that fails makes no noise, and calls once [FA13]', async () => {
    const unhandled = unhandledRejections()
    const { issuer, ask, clock } = await holding({ manager: { waitUntil: undefined } })
    await clock.advance(810 * SECOND)
    issuer.prepare(offline())
    expect(await ask()).toBe('one')
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    expect(issuer.requests).toHaveLength(2)
    expect(unhandled).toEqual([])
  })
})

describe('when the token has expired', () => {
  test('an outage is an error that says when to try again; the record stays [FA03]', async () => {
    const store = sharedStore()
    const { issuer, clock, source, askPatiently } = await holding({ store })
    const { token, generation } = await store.stored()
    await clock.advance(1_000 * SECOND)
    issuer.prepare(status(503), status(503), status(503))
    const error = await patiently(clock, errorOf(source.getToken()))
    expect(error).toMatchObject({ code: 'unavailable', action: 'retry', retryAfterMs: 30 * SECOND, status: 503 })
    expect(await store.stored()).toMatchObject({ token, generation })
    await clock.advance(10 * SECOND)
    expect(await errorOf(source.getToken())).toMatchObject({ code: 'unavailable', retryAfterMs: 20 * SECOND })
    await clock.advance(20 * SECOND)
    issuer.prepare(tokenAnswer('two'))
    expect(await askPatiently()).toBe('two')
    expect(issuer.sent().at(-1)).toEqual({ refresh: 'r1' })
  })

  test('no network at all is the same: nothing is deleted [FA04]', async () => {
    const { issuer, ask, askPatiently, clock, source } = await holding()
    await clock.advance(1_000 * SECOND)
    issuer.prepare(offline(), offline(), offline())
    expect(await askPatiently()).toBe('unavailable')
    expect(await source.status()).toMatchObject({ state: 'expired', generation: 1, persisted: true })
    await clock.advance(MINUTE)
    issuer.prepare(tokenAnswer('two'))
    expect(await ask()).toBe('two')
  })

  test.each([
    ['seconds', '120', 120 * SECOND],
    ['a date', 'Thu, 01 Jan 2026 00:20:00 GMT', 200 * SECOND],
    ['an absurd value', '99999999999', HOUR],
  ])('a pause asked for as %s is kept, one hour at most [FA05]', async (_, retryAfter, pause) => {
    const { issuer, ask, clock, source } = await holding()
    await clock.advance(1_000 * SECOND)
    issuer.prepare(status(429, { 'retry-after': retryAfter }))
    expect(await errorOf(source.getToken())).toMatchObject({ code: 'throttled', retryAfterMs: pause })
    for (let tenth = 0; tenth < 9; tenth += 1) {
      await clock.advance(pause / 10)
      expect(await ask()).toBe('throttled')
    }
    expect(issuer.requests).toHaveLength(2)
    await clock.advance(pause / 10)
    issuer.prepare(tokenAnswer('two'))
    expect(await ask()).toBe('two')
  })

  test('a short pause is waited out within the flight by those who have nothing else', async () => {
    const { issuer, askPatiently, clock } = await holding()
    await clock.advance(1_000 * SECOND)
    const before = clock.monotonic()
    issuer.prepare(status(429, { 'retry-after': '7' }), status(503), tokenAnswer('two'))
    expect(await askPatiently()).toBe('two')
    expect(clock.monotonic() - before).toBe(7 * SECOND)
  })

  test('who leaves during that pause ends the flight, and it can be begun again at once', async () => {
    const { issuer, source, clock, askPatiently } = await holding()
    await clock.advance(1_000 * SECOND)
    const controller = new AbortController()
    issuer.prepare(status(429, { 'retry-after': '7' }))
    const gone = errorOf(source.getToken({ signal: controller.signal }))
    await clock.whenPending(1)
    while (issuer.requests.length < 2 || clock.nextTimerMs !== 7 * SECOND)
      await new Promise((resolve) => setImmediate(resolve))
    controller.abort()
    expect(await gone).toMatchObject({ name: 'AbortError' })
    await clock.advance(10 * SECOND)
    expect(issuer.requests).toHaveLength(2)
    issuer.prepare(tokenAnswer('two'))
    expect(await askPatiently()).toBe('two')
    expect(issuer.requests).toHaveLength(3)
  })

  test('one flight makes three calls at most, refresh and acquire together', async () => {
    const { issuer, askPatiently, clock } = await holding()
    await clock.advance(1_000 * SECOND)
    issuer.prepare(offline(), offline(), status(400))
    expect(await askPatiently()).toBe('unavailable')
    expect(issuer.requests).toHaveLength(4)
    await clock.advance(MINUTE)
    issuer.prepare(tokenAnswer('acquired'))
    expect(await askPatiently()).toBe('acquired')
  })
})

test('a success after failures counts as if nothing had been [FA14]', async () => {
  const { issuer, ask, clock, background, source } = await holding()
  for (const failures of [1, 2, 3]) {
    await clock.advance(failures === 1 ? 810 * SECOND : 30 * SECOND * 2 ** (failures - 2))
    issuer.prepare(failures === 3 ? tokenAnswer('two') : status(500))
    expect(await ask()).toBe('one')
    await background()
  }
  expect(await source.status()).toStrictEqual({
    state: 'fresh',
    generation: 2,
    expiresAt: clock.now() + 1_000 * SECOND,
    persisted: true,
  })
  await clock.advance(810 * SECOND)
  issuer.prepare(status(500))
  expect(await ask()).toBe('two')
  await background()
  expect(await source.status()).toMatchObject({
    nextAttemptAt: clock.now() + 30 * SECOND,
    lastFailure: { code: 'unavailable', at: clock.now() },
  })
})

describe('cool-downs', () => {
  test('double up to five minutes, and jitter only lengthens them', async () => {
    const { issuer, ask, clock, source } = world({ provider: { canRefresh: false }, manager: { random: () => 0.5 } })
    for (const seconds of [30, 60, 120, 240, 300, 300]) {
      issuer.prepare(status(500))
      expect(await ask()).toBe('unavailable')
      expect(await source.status()).toMatchObject({ nextAttemptAt: clock.now() + seconds * 1.25 * SECOND })
      await clock.advance(seconds * 1.25 * SECOND)
    }
  })

  test('of a misconfiguration double too; its event comes once', async () => {
    const { issuer, ask, clock, heard, source } = world()
    for (const seconds of [30, 60, 120, 240, 300, 300]) {
      issuer.prepare(status(410))
      expect(await ask()).toBe('misconfigured')
      expect(await source.status()).toMatchObject({
        state: 'misconfigured',
        nextAttemptAt: clock.now() + seconds * SECOND,
      })
      await clock.advance(seconds * SECOND)
    }
    expect(heard('refresh.failed')).toMatchObject([{ code: 'misconfigured' }])
  })

  test('do not keep a refresh from following a lost connection within one flight', async () => {
    const { issuer, askPatiently, clock } = await holding({ provider: { replay: { refresh: 'always' } } })
    await clock.advance(1_000 * SECOND)
    issuer.prepare(reset(), tokenAnswer('two'))
    expect(await askPatiently()).toBe('two')
  })
})
