import { limitCalls } from '@chaveiro/core/limit'
import { describe, expect, test } from 'vitest'
import { httpServer } from '../retry/loopback.ts'
import {
  errorOf,
  MINUTE,
  outcome,
  type ProviderShape,
  SECOND,
  type WorldOptions,
  world,
} from '../support/engine-world.ts'
import { reset, status, tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

/** Accounts of one client, whose endpoint takes `calls` in a minute. */
function limited(calls: number, { provider, ...more }: WorldOptions = {}) {
  return world({ ...more, provider: { limit: limitCalls({ calls, perMs: MINUTE }), ...provider } })
}

/** The seconds after the start at which requests left. */
function departures({ issuer, clock }: Pick<ReturnType<typeof limited>, 'issuer' | 'clock'>): number[] {
  const left: number[] = []
  const begin = clock.monotonic()
  issuer.always(() => {
    left.push((clock.monotonic() - begin) / SECOND)
    return tokenAnswer(`token-${left.length}`)
  })
  return left
}

describe('a provider that documents how many token calls it takes', () => {
  test('is called no more often, whichever account asks, and waiting is told', async () => {
    const made = limited(2)
    const left = departures(made)
    const { manager, until, heard } = made
    const all = ['a', 'b', 'c', 'd'].map((name) => outcome(manager.account(name).getToken()))
    expect(await until(Promise.all(all))).toEqual(['token-1', 'token-2', 'token-3', 'token-4'])
    expect(left).toEqual([0, 0, 60, 60])
    expect(heard('call.delayed')).toMatchObject([
      { account: { tenant: 'c' }, durationMs: MINUTE },
      { account: { tenant: 'd' }, durationMs: MINUTE },
    ])
  })

  test('counts revocations, lists and refreshes too', async () => {
    const made = limited(3, { provider: { canRevoke: true } })
    const { source, manager, issuer, clock, until } = made
    issuer.prepare(
      tokenAnswer('one', { refresh_token: 'r1' }),
      tokenAnswer('two', { refresh_token: 'r2' }),
      new Response(null, { status: 200 }),
    )
    const first = await source.getToken()
    await source.getToken({ newerThan: first })
    await source.end()
    expect(issuer.requests.map(({ path }) => path)).toEqual(['/token', '/token', '/revoke'])
    issuer.prepare(tokenAnswer('three'))
    const begin = clock.monotonic()
    await until(manager.account('another').getToken())
    expect(clock.monotonic() - begin).toBe(MINUTE)
  })

  test('counts from the end of a call, because it may have counted it as late as that', async () => {
    const made = limited(1)
    const { manager, issuer, clock, until } = made
    const slow = issuer.hold()
    const one = manager.account('a').getToken()
    await slow.asked
    await clock.advance(10 * SECOND)
    slow.give(tokenAnswer('one'))
    await one
    issuer.prepare(tokenAnswer('two'))
    const begin = clock.monotonic()
    await until(manager.account('b').getToken())
    expect(clock.monotonic() - begin).toBe(MINUTE)
  })

  test('is not waited for beyond the time of a renewal: the error says when, and nothing is sent before', async () => {
    const made = limited(1, { provider: { limit: limitCalls({ calls: 1, perMs: 10 * MINUTE }) } })
    const left = departures(made)
    const { manager, clock, heard } = made
    await manager.account('a').getToken()
    const waiting = manager.account('b')
    const error = await errorOf(waiting.getToken())
    expect(error).toMatchObject({ code: 'throttled', action: 'retry', retryAfterMs: 10 * MINUTE })
    expect(String(error)).toContain('example, account "b": The provider allows 1 token calls in 600 s')
    expect(String(error)).toContain('The next one may be sent in 600 s.')
    expect(heard('refresh.failed')).toEqual([])
    expect(await waiting.status()).toMatchObject({ nextAttemptAt: clock.now() + 10 * MINUTE })
    await clock.advance(10 * MINUTE)
    await waiting.getToken()
    expect(left).toEqual([0, 600])
  })

  test('has a queue with an end: a caller whose turn comes too late learns it at once', async () => {
    const made = limited(1, { provider: { limit: limitCalls({ calls: 1, perMs: 25 * SECOND }) } })
    departures(made)
    const { manager, until } = made
    const all = ['a', 'b', 'c', 'd'].map((name) => outcome(manager.account(name).getToken()))
    expect(await until(Promise.all(all))).toEqual(['token-1', 'token-2', 'token-3', 'throttled'])
  })

  test('keeps no caller that gives up, and its place goes to the next', async () => {
    const made = limited(1)
    const left = departures(made)
    const { manager, until } = made
    await manager.account('a').getToken()
    const impatient = new AbortController()
    const gone = errorOf(manager.account('b').getToken({ signal: impatient.signal }))
    const patient = manager.account('c').getToken()
    impatient.abort(new Error('gone'))
    expect(await gone).toMatchObject({ message: 'gone' })
    await until(patient)
    expect(left).toEqual([0, 60])
  })

  test('lets calls that a caller waits for go before those in the background', async () => {
    const made = limited(1)
    const left = departures(made)
    const { source, manager, clock, background, until } = made
    await source.getToken()
    // The window is open, so the first of these starts a background refresh, which waits.
    await clock.advance(850 * SECOND)
    await manager.account('b').getToken()
    await source.getToken()
    const urgent = await until(manager.account('c').getToken())
    expect(urgent.reveal()).toBe('token-3')
    await background()
    expect(left).toEqual([0, 850, 910])
  })

  test('gives back the place of a call that never left', async () => {
    const store = sharedStore()
    const made = limited(1, { store })
    const left = departures(made)
    const { source, clock, askPatiently, until } = made
    await source.seed({ accessToken: 'old', expiresAt: clock.now() })
    // Another process renews the token between the reading and the claim.
    store.beforeCommit = async () => {
      store.beforeCommit = undefined
      await peer.seed({ accessToken: 'peer', expiresAt: clock.now() + 1_000 * SECOND })
    }
    const peer = world({ store, clock }).source
    expect(await askPatiently()).toBe('peer')
    expect(left).toEqual([])
    await until(source.getToken({ newerThan: await source.getToken() }))
    expect(left[0]).toBeLessThan(60)
  })

  test('counts each client, which the inputs marked `identity` name', async () => {
    const provider: ProviderShape = { inputs: { key: { description: 'The key.', identity: true } } }
    const made = limited(1, { provider, manager: { credentials: ({ tenant }) => ({ key: tenant }) } })
    const left = departures(made)
    const { manager, until } = made
    await until(Promise.all(['a', 'b'].map((name) => manager.account(name).getToken())))
    expect(left).toEqual([0, 0])
  })

  test('counts the managers of one provider together', async () => {
    const limit = limitCalls({ calls: 1, perMs: MINUTE })
    const one = limited(1, { provider: { limit } })
    const left = departures(one)
    const two = limited(1, { provider: { limit }, clock: one.clock, issuer: one.issuer })
    await one.source.getToken()
    await two.until(two.source.getToken())
    expect(left).toEqual([0, 60])
  })
})

test('a call that waits for its turn has no claim, so that another process may go ahead', async () => {
  const store = sharedStore()
  const made = limited(1, { store })
  departures(made)
  const { manager, clock, until } = made
  await until(manager.account('a').getToken())
  const waiting = manager.account('b').getToken()
  await clock.advance(30 * SECOND)
  const records = [...store.records.values()].map(({ value }) => JSON.parse(value ?? '{}'))
  expect(records.filter((record) => 'claim' in record)).toEqual([])
  await until(waiting)
})

test('a turn that has a claim does not wait longer than the claim lasts', async () => {
  const store = sharedStore()
  const made = limited(2, { store })
  const { manager, issuer, source, clock, askPatiently } = made
  await source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: clock.now() })
  issuer.prepare(tokenAnswer('other'))
  await made.until(manager.account('another').getToken())
  // The refresh token is denied, and the acquire that would follow has no turn for a minute.
  issuer.prepare(status(401))
  expect(await askPatiently()).toBe('throttled')
  expect(await store.stored()).not.toHaveProperty('claim')
  await clock.advance(MINUTE)
  issuer.prepare(tokenAnswer('two'))
  expect(await askPatiently()).toBe('two')
})

test('a revocation that would have to wait for long is reported instead', async () => {
  const made = limited(1, { provider: { canRevoke: true } })
  const { source, issuer, heard, until } = made
  issuer.prepare(tokenAnswer('one'))
  await source.getToken()
  await until(source.end())
  await Promise.resolve()
  expect(heard('ended')).toMatchObject([{ code: 'throttled' }])
})

test('a repeat after a lost answer counts', async () => {
  const made = limited(1)
  const { issuer, clock, askPatiently } = made
  issuer.prepare(reset(), tokenAnswer('two'))
  const begin = clock.monotonic()
  expect(await askPatiently()).toBe('two')
  expect(clock.monotonic() - begin).toBeGreaterThanOrEqual(MINUTE)
})

test.each([
  { calls: 0, perMs: 1 },
  { calls: 1, perMs: 0 },
  { calls: Number.NaN, perMs: 1 },
])('the limit %o is a TypeError', (options) => {
  expect(() => limitCalls(options)).toThrow(TypeError)
})

test('over HTTP, the server sees no more than it documents', async () => {
  const arrivals: number[] = []
  const { url } = await httpServer((response) => {
    arrivals.push(Math.floor((clock.monotonic() - begin) / MINUTE))
    response.end(JSON.stringify({ access_token: `token-${arrivals.length}`, expires_in: 1_000 }))
  })
  const { clock, manager } = limited(3, { manager: { fetch }, provider: { server: new URL(url) } })
  const begin = clock.monotonic()
  const all = Array.from({ length: 6 }, (_, index) => manager.account(`seller-${index}`).getToken())
  // A connection takes its own time, so the clock moves only when nothing but the limit is waited for.
  await Promise.all(all.slice(0, 3))
  await clock.advance(MINUTE)
  await Promise.all(all)
  expect(arrivals).toEqual([0, 0, 0, 1, 1, 1])
})
