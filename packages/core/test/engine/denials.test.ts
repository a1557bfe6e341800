import { describe, expect, test } from 'vitest'
import { HOUR, MINUTE, type ProviderShape, SECOND, world } from '../support/engine-world.ts'
import { status, tokenAnswer } from '../support/scripted-issuer.ts'

const once = { canRefresh: false }
const page = (code: number) => () => status(code, { 'content-type': 'text/html' }, '<html>Blocked</html>')
const json = (code: number, body: object) => () => Response.json(body, { status: code })

/** The code that the first getToken() ends with, and from when on another call is made. */
async function firstPause(answer: () => Response, provider: ProviderShape = once) {
  const made = world({ provider })
  made.issuer.prepare(answer())
  const code = await made.ask()
  const { nextAttemptAt } = await made.source.status()
  return { ...made, code, pauseMs: nextAttemptAt === undefined ? undefined : nextAttemptAt - made.clock.now() }
}

describe('an answer denies the inputs [E15]', () => {
  test.each<[string, () => Response, string, number]>([
    ['a JSON object with 401', json(401, { message: 'no' }), 'credentials-rejected', 6 * HOUR],
    ['a JSON object with 403', json(403, { message: 'no' }), 'credentials-rejected', 6 * HOUR],
    ['invalid_client', json(400, { error: 'invalid_client' }), 'credentials-rejected', 6 * HOUR],
    [
      'a 401 with a challenge',
      () => status(401, { 'www-authenticate': 'Basic' }, null),
      'credentials-rejected',
      6 * HOUR,
    ],
    ['a page with 403', page(403), 'unavailable', 30 * SECOND],
    ['a page with 401', page(401), 'unavailable', 30 * SECOND],
    ['an empty 400', () => status(400, {}, null), 'unavailable', 30 * SECOND],
    ['an empty 403', () => status(403, {}, null), 'unavailable', 30 * SECOND],
    ['a list with 400', () => Response.json([], { status: 400 }), 'unavailable', 30 * SECOND],
    ['invalid_request', json(400, { error: 'invalid_request' }), 'misconfigured', 30 * SECOND],
    ['invalid_scope', json(400, { error: 'invalid_scope' }), 'misconfigured', 30 * SECOND],
    ['unsupported_grant_type', json(400, { error: 'unsupported_grant_type' }), 'misconfigured', 30 * SECOND],
    ['temporarily_unavailable', json(400, { error: 'temporarily_unavailable' }), 'unavailable', 30 * SECOND],
  ])('%s', async (_, answer, expected, expectedMs) => {
    const { code, pauseMs } = await firstPause(answer)
    expect([code, pauseMs]).toEqual([expected, expectedMs])
  })

  test.each([page(403), () => status(401, {}, null), () => status(400, {}, null)])(
    'whatever it looks like where the provider documents a lock-out (%#)',
    async (answer) => {
      const { code, ask, clock, issuer } = await firstPause(answer, { ...once, probeRejected: false })
      expect(code).toBe('credentials-rejected')
      await clock.advance(48 * HOUR)
      expect(await ask()).toBe('credentials-rejected')
      expect(issuer.requests).toHaveLength(1)
    },
  )

  test('not by a page, although the provider lists the status alone', async () => {
    const classify: ProviderShape['classify'] = ({ status: code }) =>
      code === 403 ? { kind: 'credentials-rejected' } : undefined
    expect((await firstPause(page(403), { ...once, classify })).code).toBe('unavailable')
    expect((await firstPause(json(403, {}), { ...once, classify })).code).toBe('credentials-rejected')
  })
})

describe('a page in place of an answer [E15]', () => {
  test('names what may be in between, and quotes nothing of it', async () => {
    const { source, issuer } = world({ provider: once })
    issuer.prepare(page(403)())
    const error: unknown = await source.getToken().catch((thrown: unknown) => thrown)
    expect(String(error)).toContain('A firewall or a proxy in between')
    expect(String(error)).not.toContain('Blocked')
  })

  test('is asked for after pauses of up to five minutes for an hour, and then once an hour', async () => {
    const { ask, issuer, clock } = world({ provider: once })
    issuer.always(page(403))
    const times: number[] = []
    for (let second = 0; second < 4 * 3_600; second += 30) {
      const before = issuer.requests.length
      await ask()
      if (issuer.requests.length > before) times.push(second)
      await clock.advance(30 * SECOND)
    }
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0))
    expect(gaps.slice(0, 5)).toEqual([30, 60, 120, 240, 300])
    expect(gaps.filter((gap) => gap >= 3_600).length).toBeGreaterThanOrEqual(2)
    expect(gaps.at(-1)).toBe(3_600)
  })

  test('leaves a single-use refresh token unspent', async () => {
    const { ask, issuer, clock, source } = world({ provider: { canAcquire: false } })
    await source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: clock.now() })
    issuer.prepare(page(403)())
    expect(await ask()).toBe('unavailable')
    await clock.advance(30 * SECOND)
    issuer.prepare(tokenAnswer('two'))
    expect(await ask()).toBe('two')
  })
})

describe('inputs that have changed [E15]', () => {
  const asking = (answer: () => Response) => {
    let key = 'old'
    const made = world({ provider: once, manager: { credentials: () => ({ key }) } })
    made.issuer.prepare(answer())
    return { ...made, change: () => (key = 'new') }
  }

  test.each([
    ['a denial', json(401, {})],
    ['a request that the provider cannot serve', json(400, { error: 'invalid_scope' })],
  ])('lift %s at once', async (_, answer) => {
    const { ask, issuer, change } = asking(answer)
    const first = await ask()
    expect(await ask()).toBe(first)
    expect(issuer.requests).toHaveLength(1)
    change()
    issuer.prepare(tokenAnswer('one'))
    expect(await ask()).toBe('one')
  })

  test.each([
    ['a Retry-After', () => status(429, { 'retry-after': '600' })],
    ['a cool-down', () => status(500)],
    ['a page', page(403)],
  ])('do not lift the pause after %s', async (_, answer) => {
    const { ask, issuer, change } = asking(answer)
    const first = await ask()
    change()
    expect(await ask()).toBe(first)
    expect(issuer.requests).toHaveLength(1)
  })
})

test('an invalid_client that meets a refresh denies the inputs and leaves the refresh token alone', async () => {
  const { ask, issuer, clock, source } = world({ provider: { canAcquire: false } })
  await source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: clock.now() })
  issuer.prepare(json(401, { error: 'invalid_client' })())
  expect(await ask()).toBe('credentials-rejected')
  await clock.advance(MINUTE)
  expect(await ask()).toBe('credentials-rejected')
  await clock.advance(6 * HOUR)
  issuer.prepare(tokenAnswer('two'))
  expect(await ask()).toBe('two')
  expect(issuer.sent().at(-1)).toEqual({ refresh: 'r1' })
})
