import { expect, test } from 'vitest'
import { consentWorld, refusal } from './consent-world.ts'

const token = () => Response.json({ access_token: 'access-1', refresh_token: 'refresh-1', expires_in: 600 })

test('a callback with a code connects the account', async () => {
  const { begin, issuer, manager, redirectUri, events } = consentWorld()
  const { finish } = await begin()
  issuer.prepare(token())
  await finish({ code: 'code-1', realmId: '42' })
  expect(issuer.sent()).toEqual([
    { code: 'code-1', redirectUri, verifier: expect.any(String), callback: { realmId: '42' } },
  ])
  expect((await manager.account('ana').getToken()).reveal()).toBe('access-1')
  expect(events.map(({ type }) => type)).toEqual(['consent.done'])
})

test.each([
  ['another host', { host: 'evil.example' }],
  ['another port', { port: '8443' }],
  ['another scheme', { protocol: 'http:' }],
  ['another path', { pathname: '/elsewhere' }],
])('a callback at %s is refused, and nothing is used up', async (_, change) => {
  const { begin, issuer, manager } = consentWorld()
  const { callback, pending, finish } = await begin()
  const url = Object.assign(new URL(callback({ code: 'code-1' })), change)
  expect(await refusal(manager.account('ana').consent.finish({ url, pending }))).toBe('misconfigured')
  issuer.prepare(token())
  await finish()
})

test.each([
  ['a code', 'code=code-2'],
  ['a state', 'state=mine'],
  ['an issuer', 'iss=a&iss=b'],
  ['something else', 'x=1&x=1'],
])('a callback with %s twice is refused', async (_, more) => {
  const { begin, manager } = consentWorld()
  const { callback, pending } = await begin()
  const url = `${callback({ code: 'code-1' })}&${more}`
  expect(await refusal(manager.account('ana').consent.finish({ url, pending }))).toBe('misconfigured')
})

test.each([
  ['missing', undefined],
  ['empty', ''],
  ['a prefix of the right one', 'x'],
  ['another consent’s', 'other'],
])('a state that is %s is refused, and nothing is used up', async (_, kind) => {
  const { begin, issuer, manager } = consentWorld()
  const { callback, pending, query, finish } = await begin()
  const url = new URL(callback({ code: 'code-1' }))
  const right = query['state'] ?? ''
  if (kind === undefined) url.searchParams.delete('state')
  else if (kind === 'other') url.searchParams.set('state', (await begin()).query['state'] ?? '')
  else url.searchParams.set('state', kind === '' ? '' : right.slice(0, -1))
  const refused = manager.account('ana').consent.finish({ url, pending })
  expect(await refusal(refused)).toBe('reauthorization-required, consent')
  issuer.prepare(token())
  await finish()
})

test("the redirect URI's own query has to come back", async () => {
  const { manager, issuer, redirectUri } = consentWorld()
  const { consent } = manager.account('ana')
  const { url, pending } = await consent.begin({ redirectUri: `${redirectUri}?shop=7` })
  const state = new URL(url).searchParams.get('state')
  const finish = (query: string) => refusal(consent.finish({ url: `${redirectUri}?${query}`, pending }))
  expect(await finish(`code=code-1&state=${state}`)).toBe('misconfigured')
  expect(await finish(`shop=8&code=code-1&state=${state}`)).toBe('misconfigured')
  expect(await finish(`shop=7&shop=8&code=code-1&state=${state}`)).toBe('misconfigured')
  issuer.prepare(token())
  expect(await finish(`code=code-1&shop=7&state=${state}`)).toBe('accepted')
  expect(issuer.requests[0]?.body['callback']).toEqual({})
})

const URL_OF_ISSUER = 'https://issuer.example'
test.each([
  ['always', URL_OF_ISSUER, 'accepted'],
  ['always', undefined, 'misconfigured'],
  ['always', `${URL_OF_ISSUER}/`, 'misconfigured'],
  ['unknown', URL_OF_ISSUER, 'accepted'],
  ['unknown', undefined, 'accepted'],
  ['unknown', 'https://evil.example', 'misconfigured'],
  ['never', undefined, 'accepted'],
  ['never', URL_OF_ISSUER, 'misconfigured'],
  ['never', URL_OF_ISSUER, 'misconfigured', undefined],
  ['never', undefined, 'accepted', undefined],
  ['unknown', URL_OF_ISSUER, 'accepted', undefined],
] as const)('an issuer that is in callbacks %s: %s is %s', async (inCallback, iss, expected, ...known) => {
  const url = known.length === 0 ? URL_OF_ISSUER : undefined
  const { begin, issuer } = consentWorld({ request: { issuer: { url, inCallback } } })
  const { finish } = await begin()
  if (expected === 'accepted') issuer.prepare(token())
  const named = iss === undefined ? {} : { iss }
  expect(await refusal(finish({ code: 'code-1', ...named }))).toBe(expected)
})

test('an error of another issuer is refused too', async () => {
  const { begin, issuer } = consentWorld({ request: { issuer: { url: URL_OF_ISSUER, inCallback: 'unknown' } } })
  const { finish } = await begin()
  expect(await refusal(finish({ error: 'access_denied', iss: 'https://evil.example' }))).toBe('misconfigured')
  issuer.prepare(token())
  await finish()
})

test.each([
  ['access_denied', 'reauthorization-required, consent'],
  ['server_error', 'unavailable'],
  ['temporarily_unavailable', 'unavailable'],
  ['invalid_scope', 'misconfigured'],
  ['unauthorized_client', 'misconfigured'],
  ['<script>alert(1)</script>', 'misconfigured'],
])('the error %s is %s, and ends the consent', async (error, expected) => {
  const { begin, events } = consentWorld()
  const { finish } = await begin()
  expect(await refusal(finish({ error, error_description: 'Text of an attacker' }))).toBe(expected)
  expect(await refusal(finish())).toBe('reauthorization-required, consent')
  expect(events.map(({ type }) => type)).toEqual(['consent.failed', 'consent.failed'])
})

test('an error quotes only a word of the standard', async () => {
  const { begin } = consentWorld()
  const failed = (await begin()).finish({ error: '<script>', error_description: 'Text of an attacker' })
  const error: unknown = await failed.catch((reason: unknown) => reason)
  expect(JSON.stringify(error)).not.toMatch(/script|attacker/)
})

test.each([
  ['neither a code nor an error', {}],
  ['an empty code', { code: '' }],
  ['both', { code: 'code-1', error: 'access_denied' }],
])('a callback with %s is refused', async (_, parameters: Record<string, string>) => {
  const { begin } = consentWorld()
  expect(await refusal((await begin()).finish(parameters))).toBe('misconfigured')
})

test('a provider that asks no person says so', async () => {
  const { manager } = consentWorld({ provider: { consent: undefined } })
  const { consent } = manager.account('ana')
  await expect(consent.begin({ redirectUri: 'https://app.example' })).rejects.toThrow(
    'asking, account "ana": The provider asks no person for consent.',
  )
  await expect(consent.finish({ url: 'https://app.example', pending: 'x' })).rejects.toThrow('asks no person')
})
