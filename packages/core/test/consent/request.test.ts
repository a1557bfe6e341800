import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { challengeOf } from '../../src/consent/random-texts.ts'
import { leakScan } from '../support/leak-scan.ts'
import { CLIENT, consentProvider, consentWorld, redirectUri } from './consent-world.ts'

test('the person is sent to the page with a state and a challenge of S256', async () => {
  const { begin, redirectUri: own, issuer } = consentWorld()
  const { query } = await begin()
  expect(query).toEqual({
    response_type: 'code',
    client_id: CLIENT.clientId,
    redirect_uri: own,
    state: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
  })
  const other = await begin()
  expect(other.query['state']).not.toBe(query['state'])
  expect(other.query['code_challenge']).not.toBe(query['code_challenge'])
  expect(issuer.requests).toEqual([])
})

test('the challenge is the one of RFC 7636 Appendix B', async () => {
  expect(await challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  )
})

test('the verifier that the exchange gets belongs to the challenge', async () => {
  const { begin, issuer } = consentWorld()
  const { query, finish } = await begin()
  issuer.prepare(Response.json({ access_token: 'access-1', expires_in: 600 }))
  await finish()
  const verifier = String(issuer.requests[0]?.body['verifier'])
  expect(createHash('sha256').update(verifier).digest('base64url')).toBe(query['code_challenge'])
})

test('a provider that takes no PKCE gets no challenge and no verifier', async () => {
  const { begin, issuer } = consentWorld({ request: { pkce: 'unsupported' } })
  const { query, finish } = await begin()
  expect(query).not.toHaveProperty('code_challenge')
  issuer.prepare(Response.json({ access_token: 'access-1', expires_in: 600 }))
  await finish()
  expect(issuer.requests[0]?.body).not.toHaveProperty('verifier')
})

test('the page keeps its own query, and gets the parameters of the provider', async () => {
  const { begin } = consentWorld({
    request: { url: 'https://issuer.example/authorize?tenant=7', parameters: { access_type: 'offline' } },
  })
  const { query } = await begin()
  expect(query).toMatchObject({ tenant: '7', access_type: 'offline' })
})

test.each([
  ['none', undefined, {}, undefined],
  ["the caller's", ['orders'], {}, 'orders'],
  ["the account's", undefined, {}, 'stock', ['stock']],
  ["the caller's instead of the account's", ['orders'], {}, 'orders', ['stock']],
  ['those of every consent too', ['orders'], { always: ['offline', 'orders'] }, 'orders offline'],
  ['with a separator of its own', ['a', 'b'], { separator: ',' }, 'a,b'],
])('it asks for these scopes: %s', async (_, scopes, asked, expected, own?: string[]) => {
  const { manager, redirectUri: address } = consentWorld({ request: { scopes: asked } })
  const { consent } = manager.account({ tenant: 'ana', scopes: own })
  const { url } = await consent.begin({ redirectUri: address, scopes })
  expect(new URL(url).searchParams.get('scope') ?? undefined).toBe(expected)
})

test('where scopes are demanded, a consent without any is a mistake', async () => {
  const { begin } = consentWorld({ request: { scopes: { demanded: true } } })
  await expect(begin()).rejects.toThrow('asking: a consent needs scopes. Pass scopes: […].')
})

test.each([
  ['http://app.example/callback', 'must be https'],
  ['/callback', 'must be a whole address'],
  ['https://app.example/callback#done', 'must not have a fragment'],
  ['https://app.example/callback#', 'must not have a fragment'],
  ['https://app.example/callback?state=1', 'must not have the parameter state'],
  ['https://app.example/callback?a=1&a=2', 'must not have the parameter a'],
  ['https://ana:word@app.example/callback', 'must not carry a user name'],
  ['javascript:alert(1)', 'must be https'],
])('the redirect URI %s is refused', async (address, message) => {
  const { manager } = consentWorld()
  await expect(manager.account('ana').consent.begin({ redirectUri: address })).rejects.toThrow(message)
})

test.each(['http://127.0.0.1:4711/callback', 'http://[::1]:4711', 'br.com.example.app:/callback'])(
  'the redirect URI %s is sent as it was given',
  async (address) => {
    const { manager } = consentWorld()
    const { url } = await manager.account('ana').consent.begin({ redirectUri: address })
    expect(new URL(url).searchParams.get('redirect_uri')).toBe(address)
  },
)

test.each(['state', 'scope', 'code_challenge_method', 'response_mode', 'request_uri', 'nonce'])(
  'a provider can’t set the parameter %s',
  (name) => {
    expect(() => consentProvider({ request: { parameters: { [name]: 'x' } } })).toThrow(
      `A consent can't set the parameter ${name}: the flow sets it.`,
    )
    expect(() => consentProvider({ request: { url: `https://issuer.example/?${name}=x` } })).toThrow(name)
  },
)

test('a page that is a route of a fragment gets the request after its route', async () => {
  const { manager, redirectUri: address } = consentWorld({
    request: { url: 'https://issuer.example/#/oauth/authorize', scopes: { always: ['a', 'b'] } },
  })
  const { url } = await manager.account('ana').consent.begin({ redirectUri: address })
  const [page, query] = url.split('?')
  expect(page).toBe('https://issuer.example/#/oauth/authorize')
  expect(Object.fromEntries(new URLSearchParams(query))).toMatchObject({ scope: 'a b', redirect_uri: address })
})

test.each(['#done', '#/authorize?a=1'])('the fragment %s is refused', (fragment) => {
  const url = `https://issuer.example/${fragment}`
  expect(() => consentProvider({ request: { url } })).toThrow('consent.url may have a route as its fragment')
})

test('a page without https is refused', () => {
  expect(() => consentProvider({ request: { url: 'http://issuer.example/authorize' } })).toThrow('consent.url must be')
})

test('a provider with acquire() has no consent: the application must not act for a person', () => {
  const acquire = async () => ({ accessToken: 'x' })
  expect(() => consentProvider({ provider: { acquire } })).toThrow("a provider with consent can't have acquire()")
})

const other = { id: 'other', server: new URL('https://other.example') }
const issuer = (url: string, inCallback: 'always' | 'unknown') => ({ request: { issuer: { url, inCallback } } })

test.each([
  ['that name no issuer', {}, {}, false],
  ['of which one names none', issuer('https://issuer.example', 'always'), {}, false],
  ['that may not name theirs', issuer('https://a.example', 'unknown'), issuer('https://b.example', 'always'), false],
  ['that name theirs', issuer('https://a.example', 'always'), issuer('https://b.example', 'always'), true],
])('two providers %s and one redirect URI', async (_, first, second, isAllowed) => {
  const address = redirectUri()
  const { manager: one } = consentWorld(first)
  const { manager: two } = consentWorld({ ...second, provider: other })
  await one.account('ana').consent.begin({ redirectUri: address })
  const refused = await two
    .account('ana')
    .consent.begin({ redirectUri: address })
    .then(() => 'accepted', String)
  expect(refused).toContain(isAllowed ? 'accepted' : 'Register one for each provider and server (RFC 9700 §4.4).')
})

test('servers of one operator share a redirect URI', async () => {
  const address = redirectUri()
  const begun = ['a', 'b'].map((host) => {
    const server = new URL(`https://${host}.issuer.example`)
    const { manager } = consentWorld({ request: { oneOperator: true }, provider: { server } })
    return manager.account('ana').consent.begin({ redirectUri: address })
  })
  expect(await Promise.all(begun)).toHaveLength(2)
})

test('an issuer that each callback names has to be known', () => {
  expect(() => consentWorld({ request: { issuer: { inCallback: 'always' } } })).toThrow(
    "consent.issuer needs its url: 'always' compares it with what each callback names.",
  )
})

test('the pending consent does not print', async () => {
  const { manager, redirectUri: address } = consentWorld()
  const begun = await manager.account('ana').consent.begin({ redirectUri: address })
  const scan = leakScan()
  scan.collect('begun', begun)
  scan.collect('pending', begun.pending)
  expect(scan.leaks([begun.pending.reveal()])).toEqual([])
})
