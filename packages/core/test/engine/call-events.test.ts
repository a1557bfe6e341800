import type { TokenEvent } from '@chaveiro/core'
import { describe, expect, test } from 'vitest'
import { SECOND, type World, type WorldOptions, world } from '../support/engine-world.ts'
import { offline, status, tokenAnswer } from '../support/scripted-issuer.ts'

const ITEMS = 'https://issuer.example/items'
const ABOUT = { provider: 'example', account: { tenant: 'seller' } }

interface Watched extends World {
  /** What a listener of every call heard. */
  readonly all: TokenEvent[]
  readonly of: (type: TokenEvent['type']) => TokenEvent[]
}

function watched(options: WorldOptions = {}): Watched {
  const made = world({ ...options, manager: { random: () => 0.5, ...options.manager } })
  const all: TokenEvent[] = []
  made.manager.on((event) => void all.push(event), { everyCall: true })
  return { ...made, all, of: (type) => all.filter((event) => event.type === type) }
}

describe('a listener of every call', () => {
  test('hears of each API request, without its path, and the other listeners do not', async () => {
    const { issuer, source, all, events, of } = watched()
    issuer.prepare(tokenAnswer('one'), status(200), status(404))
    await source.fetch(ITEMS)
    await source.fetch(new Request(`${ITEMS}/7?secret=1`, { method: 'POST' }))
    await Promise.resolve()
    const [done] = of('refresh.done')
    const origin = 'https://issuer.example'
    expect(of('request.ended')).toEqual([
      {
        ...ABOUT,
        type: 'request.ended',
        method: 'GET',
        origin,
        status: 200,
        attempts: 1,
        durationMs: 0,
        renewals: [done?.renewal],
      },
      { ...ABOUT, type: 'request.ended', method: 'POST', origin, status: 404, attempts: 1, durationMs: 0 },
    ])
    expect(JSON.stringify(all)).not.toMatch(/secret|items/)
    expect(events.map(({ type }) => type)).toEqual(['refresh.started', 'refresh.done'])
  })

  test('hears why a request got no answer', async () => {
    const { issuer, source, until, of } = watched({ manager: { retry: { maxAttempts: 1 } } })
    issuer.prepare(tokenAnswer('one'), offline())
    await source.fetch(ITEMS).catch(() => {})
    const gone = new AbortController()
    gone.abort('a reason that is a text')
    await until(source.fetch(ITEMS, { signal: gone.signal })).catch(() => {})
    await Promise.resolve()
    expect(of('request.ended')).toMatchObject([{ failure: 'network' }, { failure: 'aborted' }])
    expect(of('request.ended').map(({ status: answered }) => answered)).toEqual([undefined, undefined])
  })

  test('hears that a request had no token, and which renewal it waited for', async () => {
    const { issuer, source, until, of } = watched({ provider: { canRefresh: false } })
    issuer.prepare(status(403))
    await until(source.fetch(ITEMS)).catch(() => {})
    await Promise.resolve()
    const [failed] = of('refresh.failed')
    expect(failed?.renewal).toBeGreaterThan(0)
    const { code = 'unavailable', renewal = 0 } = failed ?? {}
    expect(of('request.ended')).toMatchObject([{ code, renewals: [renewal] }])
    expect(of('request.ended')[0]?.failure).toBeUndefined()
    expect(of('token.waited')).toMatchObject([{ ...ABOUT, code, renewal }])
  })

  test('hears of everyone who waited for one renewal, and of no one who did not', async () => {
    const { issuer, source, clock, background, of } = watched()
    issuer.prepare(tokenAnswer('one', { refresh_token: 'r1' }))
    await Promise.all([source.getToken(), source.getToken(), source.getToken()])
    await source.getToken()
    await Promise.resolve()
    const first = of('refresh.done')[0]?.renewal
    expect(of('refresh.started')).toMatchObject([{ renewal: first }])
    expect(of('token.waited').map(({ renewal }) => renewal)).toEqual([first, first, first])
    // In the window the old token serves, so no one waits.
    issuer.prepare(tokenAnswer('two'))
    await clock.advance(850 * SECOND)
    await source.getToken()
    await background()
    await Promise.resolve()
    expect(of('refresh.done')).toHaveLength(2)
    expect(of('refresh.done')[1]?.renewal).not.toBe(first)
    expect(of('token.waited')).toHaveLength(3)
  })

  test('hears how long a caller waited that gave up', async () => {
    const { issuer, source, clock, of } = watched()
    const answer = issuer.hold()
    const impatient = source.getToken({ timeoutMs: 500 }).catch((error: unknown) => error)
    const gone = new AbortController()
    const aborted = source.getToken({ signal: gone.signal }).catch((error: unknown) => error)
    const patient = source.getToken()
    await clock.advance(200)
    gone.abort()
    await aborted
    await clock.advance(300)
    await impatient
    answer.give(tokenAnswer('one'))
    await patient
    await Promise.resolve()
    expect(of('token.waited')).toMatchObject([
      { code: 'aborted', durationMs: 200 },
      { code: 'timeout', durationMs: 500 },
      { durationMs: 500 },
    ])
    expect(of('token.waited')[2]?.code).toBeUndefined()
  })

  test('hears of both renewals that a replayed request waited for', async () => {
    const { issuer, source, of } = watched()
    issuer.prepare(tokenAnswer('one'), status(401), tokenAnswer('two'), status(200))
    expect((await source.fetch(ITEMS)).status).toBe(200)
    await Promise.resolve()
    const renewals = of('refresh.done').map(({ renewal }) => renewal)
    expect(of('request.ended')).toMatchObject([{ renewals, status: 200 }])
    expect(renewals).toHaveLength(2)
  })

  test('ends like any other, and an option that does not exist is refused', async () => {
    const { manager, issuer, source, all } = watched()
    const late: string[] = []
    const stop = manager.on(({ type }) => void late.push(type), { everyCall: true })
    stop()
    stop()
    issuer.prepare(tokenAnswer('one'), status(200))
    await source.fetch(ITEMS)
    await Promise.resolve()
    expect(late).toEqual([])
    expect(all.map(({ type }) => type)).toContain('request.ended')
    expect(() => manager.on(() => {}, JSON.parse('{ "everycall": true }'))).toThrow('Did you mean everyCall?')
  })
})

test('the load of the endpoint is what is under way, and what waits', async () => {
  const { issuer, manager } = watched({ manager: { tokenCallsAtOnce: 2 } })
  const answers = [issuer.hold(), issuer.hold(), issuer.hold()]
  expect(manager.load()).toEqual({ calls: 0, waiting: 0 })
  const asked = ['a', 'b', 'c'].map((name) => manager.account(name).getToken())
  await Promise.all(answers.slice(0, 2).map((answer) => answer.asked))
  expect(manager.load()).toEqual({ calls: 2, waiting: 1 })
  for (const answer of answers) answer.give(tokenAnswer('one'))
  await Promise.all(asked)
  expect(manager.load()).toEqual({ calls: 0, waiting: 0 })
})

test('a status says until when a person has to sign in again, if only a person can', async () => {
  for (const canAcquire of [true, false]) {
    const { source, clock } = watched({ provider: { canAcquire } })
    const refreshExpiresAt = clock.now() + 60 * SECOND
    await source.seed({ accessToken: 'one', refreshToken: 'r1', refreshExpiresAt })
    expect(await source.status()).toMatchObject({ refreshExpiresAt })
    expect((await source.status()).signInBy).toBe(canAcquire ? undefined : refreshExpiresAt)
  }
})
