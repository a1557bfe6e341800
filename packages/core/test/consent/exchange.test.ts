import type { TokenEvent } from '@chaveiro/core'
import { limitCalls } from '@chaveiro/core/limit'
import { shared } from '@chaveiro/core/shared'
import { expect, test } from 'vitest'
import { errorOf, patiently } from '../support/engine-world.ts'
import { leakScan } from '../support/leak-scan.ts'
import { offline, reset, status } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'
import { CLIENT, consentWorld, refusal } from './consent-world.ts'

const ANOTHER = 'reauthorization-required, consent'
const token = (fields: object = {}) =>
  Response.json({ access_token: 'access-1', refresh_token: 'refresh-1', expires_in: 600, ...fields })
const error = (code: string, at = 400) => Response.json({ error: code }, { status: at })
const types = (events: TokenEvent[]) => events.map(({ type, code }) => (code ? `${type} ${code}` : type))

test.each([
  ['an answer that was lost', reset(), ANOTHER],
  ['a code that is spent', error('invalid_grant'), ANOTHER],
  ['an answer without JSON', new Response('<html>'), ANOTHER],
  ['an answer without a token', Response.json({ token: 'x' }), ANOTHER],
  ['a token that had ended', token({ expires_in: 0 }), ANOTHER],
  ['a wrong client', error('invalid_client', 401), 'credentials-rejected'],
  ['a client that may not', error('unauthorized_client'), 'credentials-rejected'],
  ['a wrong request', error('invalid_request'), 'misconfigured'],
  ['a missing endpoint', status(404), 'misconfigured'],
  ['an error of the server', status(500), ANOTHER],
  ['a pause', status(429, { 'retry-after': '30' }), 'throttled, consent'],
  ['a server that is down', status(503), 'unavailable, consent'],
  ["a firewall's page", status(403, {}, '<html>'), 'unavailable, consent'],
  ['a redirect', status(302, { location: 'https://evil.example' }), 'misconfigured'],
])('%s: the code is sent once, and the error says what helps', async (_, answer, expected) => {
  const { begin, issuer, clock, events, manager } = consentWorld()
  const { finish } = await begin()
  issuer.prepare(answer)
  expect(await patiently(clock, refusal(finish()))).toBe(expected)
  expect(await refusal(finish())).toBe(ANOTHER)
  expect(issuer.requests).toHaveLength(1)
  expect(events.filter(({ type }) => type !== 'clock.skew').map(({ type }) => type)).toEqual([
    'consent.failed',
    'consent.failed',
  ])
  expect((await manager.account('ana').status()).state).toBe('absent')
})

test('an answer that never comes is lost', async () => {
  const { begin, issuer, clock } = consentWorld()
  const { finish } = await begin()
  issuer.hold()
  expect(await patiently(clock, refusal(finish()))).toBe(ANOTHER)
})

test('what certainly was not sent is sent again', async () => {
  const { begin, issuer, clock, manager } = consentWorld()
  const { finish } = await begin()
  issuer.prepare(offline(), offline(), token())
  await patiently(clock, finish())
  expect((await manager.account('ana').getToken()).reveal()).toBe('access-1')
})

test.each([
  ['in this process', {}],
  ['in a store', { store: shared(sharedStore()) }],
])('after three tries that never left, the caller may finish once more, %s', async (_, keeping) => {
  const { begin, issuer, clock } = consentWorld({ manager: keeping })
  const { finish } = await begin()
  issuer.prepare(offline(), offline(), offline())
  expect(await patiently(clock, refusal(finish()))).toBe('unavailable')
  issuer.prepare(token())
  await finish()
})

test('credentials that can’t be read use nothing up', async () => {
  let isDown = false
  const { begin, issuer } = consentWorld({
    manager: { credentials: () => (isDown ? Promise.reject(new Error('down')) : CLIENT) },
  })
  const { finish } = await begin()
  isDown = true
  expect(await refusal(finish())).toBe('unavailable')
  isDown = false
  issuer.prepare(token())
  await finish()
})

test('a fault in the provider’s code before anything was sent uses nothing up', async () => {
  let isBroken = true
  const { begin } = consentWorld({
    request: {
      async exchange() {
        if (isBroken) throw new Error('a secret')
        return { accessToken: 'access-1' }
      },
    },
  })
  const { finish } = await begin()
  const failed = await errorOf(finish())
  expect(failed).toMatchObject({ code: 'misconfigured', consent: undefined })
  expect(String(failed)).not.toContain('a secret')
  isBroken = false
  await finish()
})

test('the account goes on from there: refreshed when its time comes', async () => {
  const { begin, issuer, clock, manager, events } = consentWorld()
  const { finish } = await begin()
  issuer.prepare(token())
  await finish()
  await clock.advance(700_000)
  issuer.prepare(Response.json({ access_token: 'access-2', refresh_token: 'refresh-2', expires_in: 600 }))
  expect((await manager.account('ana').getToken()).reveal()).toBe('access-2')
  expect(issuer.requests[1]?.body).toEqual({ refresh: 'refresh-1' })
  expect(types(events)).toEqual(['consent.done', 'refresh.started', 'refresh.done'])
})

test('an account that needed a person is well again', async () => {
  const { begin, issuer, manager, clock } = consentWorld()
  const source = manager.account('ana')
  await source.seed({ accessToken: 'old', refreshToken: 'old-refresh', expiresAt: clock.now() + 1_000 })
  await clock.advance(2_000)
  issuer.prepare(error('invalid_grant'))
  expect(await refusal(source.getToken())).toBe('reauthorization-required')
  const { finish } = await begin()
  issuer.prepare(token())
  await finish()
  expect((await source.getToken()).reveal()).toBe('access-1')
  expect((await source.status()).state).toBe('fresh')
})

test('without a refresh token, an event names the scopes', async () => {
  const { begin, issuer, events } = consentWorld({ request: { scopes: { always: ['orders', 'stock'] } } })
  const { finish } = await begin()
  issuer.prepare(token({ refresh_token: undefined }))
  await finish()
  expect(events).toMatchObject([
    { type: 'consent.done' },
    { type: 'refresh-token.missing', scopes: ['orders', 'stock'], account: { tenant: 'ana' } },
  ])
})

test('an answer without scopes has granted those that were asked for, and refreshes keep them (RFC 6749 §5.1)', async () => {
  const { begin, issuer, clock, manager } = consentWorld({ request: { scopes: { always: ['stock'] } } })
  const source = manager.account({ tenant: 'ana', scopes: ['orders'] })
  const { finish } = await begin({ tenant: 'ana', scopes: ['orders'] })
  issuer.prepare(token())
  await finish()
  const first = await source.getToken()
  await clock.advance(700_000)
  issuer.prepare(token({ access_token: 'access-2', refresh_token: 'refresh-2' }))
  const second = await source.getToken()
  expect([first.scopes, second.reveal(), second.scopes]).toEqual([['orders', 'stock'], 'access-2', ['orders', 'stock']])
})

test.each([
  ['those that the answer names', ['stock'], ['orders'], ['orders']],
  ['none, where none were asked for', [], undefined, undefined],
])('the scopes of a token are %s', async (_, always, scopes, expected) => {
  const exchange = async () => ({ accessToken: 'access-1', ...(scopes && { scopes }) })
  const { begin, manager } = consentWorld({ request: { scopes: { always }, exchange } })
  const { finish } = await begin()
  await finish()
  expect((await manager.account('ana').getToken()).scopes).toEqual(expected)
})

test('a store that fails twice gets the token the third time', async () => {
  let failures = 0
  const store = sharedStore()
  const commit: typeof store.commit = (key, next, ...rest) => {
    if (next?.includes('access-1') && failures < 2) {
      failures += 1
      return Promise.reject(new Error('down'))
    }
    return store.commit(key, next, ...rest)
  }
  const { begin, issuer, clock, events, manager } = consentWorld({ manager: { store: shared({ ...store, commit }) } })
  const { finish } = await begin()
  issuer.prepare(token())
  await patiently(clock, finish())
  expect(types(events)).toEqual(['persist.failed store', 'persist.failed store', 'consent.done'])
  expect((await manager.account('ana').getToken()).reveal()).toBe('access-1')
})

test('a token that no store takes is revoked, and the person asked again', async () => {
  const revoked: unknown[] = []
  const store = sharedStore()
  const commit: typeof store.commit = (key, next, ...rest) =>
    next?.includes('access-1') ? Promise.reject(new Error('down')) : store.commit(key, next, ...rest)
  const { begin, issuer, clock, events } = consentWorld({
    provider: {
      revoke: async (_, { accessToken }) => void revoked.push(accessToken),
    },
    manager: { store: shared({ ...store, commit }) },
  })
  const { finish } = await begin()
  issuer.prepare(token())
  const failed = await patiently(clock, errorOf(finish()))
  expect(failed).toMatchObject({ code: 'store', action: 'reauthorize', consent: true })
  expect(revoked).toEqual(['access-1'])
  expect(types(events)).toEqual([...Array.from({ length: 3 }, () => 'persist.failed store'), 'consent.failed store'])
})

test('a manager that closes waits for the exchange', async () => {
  const store = sharedStore()
  const { begin, issuer, manager } = consentWorld({ manager: { store: shared(store) } })
  const { finish } = await begin()
  const answer = issuer.hold()
  const order: string[] = []
  const finished = finish().then(() => order.push('finished'))
  await answer.asked
  const closed = manager.close().then(() => order.push('closed'))
  // Long enough for a close that waits for nothing.
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  answer.give(token())
  await Promise.all([finished, closed])
  expect(order).toEqual(['finished', 'closed'])
  const [record] = [...store.records.values()]
  expect(record?.value).toContain('access-1')
  expect(await refusal(finish())).toBe('closed')
})

test('no error, event or log shows the code, the verifier, the state or a token', async () => {
  const scan = leakScan()
  const { begin, issuer, events } = consentWorld()
  const secrets: string[] = [CLIENT.clientSecret, 'access-secret-1', 'refresh-secret-1']
  const code = 'code-that-is-secret'
  const echo = async (request: Request) => {
    const sent = await request.text()
    return Response.json({ error: sent, title: sent, access_token: `${sent}` }, { status: 400 })
  }
  const answers: (() => Response | Promise<Response>)[] = [
    () =>
      echo(new Request('https://x.example', { method: 'POST', body: JSON.stringify(issuer.requests.at(-1)?.body) })),
    () => Response.json({ access_token: 'access-secret-1', refresh_token: 'refresh-secret-1', id: {} }),
    () => new Response('{"access_token":"access-secret-1"'),
    () => Response.json({ access_token: 'access-secret-1 with a space', refresh_token: 'refresh-secret-1' }),
    () => token({ access_token: 'access-secret-1', refresh_token: 'refresh-secret-1' }),
  ]
  for (const answer of answers) {
    const { finish, query, pending } = await begin()
    issuer.prepare(answer)
    const outcome = await finish({ code }).catch((reason: unknown) => reason)
    const verifier = String(issuer.requests.at(-1)?.body['verifier'])
    secrets.push(code, query['state'] ?? '', verifier, pending)
    scan.collect('outcome', outcome)
  }
  scan.collect('events', events)
  expect(scan.size).toBeGreaterThan(20)
  expect(scan.leaks(secrets)).toEqual([])
})

test('an exchange counts towards a documented limit; one that has no turn spends no code', async () => {
  const limit = limitCalls({ calls: 1, perMs: 60_000 })
  const { begin, issuer, clock, events } = consentWorld({ provider: { limit } })
  const [one, two] = [await begin('ana'), await begin('bia')]
  issuer.prepare(token(), token())
  await one.finish()
  expect(await refusal(two.finish())).toBe('throttled')
  expect(issuer.requests).toHaveLength(1)
  await clock.advance(40_000)
  await patiently(clock, two.finish())
  expect(issuer.requests).toHaveLength(2)
  expect(types(events)).toEqual(['consent.done', 'consent.failed throttled', 'call.delayed', 'consent.done'])
})
