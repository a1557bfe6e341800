import { describe, expect, it } from 'vitest'
import type { OAuthFacts } from '../../src/index.ts'
import { basic, CLIENT, errorIn, oauthScene, oauthScenes, tokensIn } from './scene.ts'

const grant = { grant_type: 'client_credentials' }
const FORM = 'application/x-www-form-urlencoded'

describe.each(oauthScenes)('the token endpoint, %s,', (_, scene) => {
  it.each<[string, string, Record<string, string>, string]>([
    [
      'a parameter twice',
      'grant_type=client_credentials&scope=read&scope=write',
      {},
      'body.scope: given more than once',
    ],
    ['an unknown one', 'grant_type=client_credentials&audience=x', {}, 'body.audience: not a parameter of this call'],
    ['one of another grant', 'grant_type=client_credentials&code=x', {}, 'body.code: not a parameter of this call'],
    ['an empty one', 'grant_type=client_credentials&scope=', {}, 'body.scope: empty'],
    ['no grant_type', 'scope=read', {}, 'body.grant_type: required, but missing'],
    ['nothing', '', {}, 'body.grant_type: required, but missing'],
    ['JSON', JSON.stringify(grant), { 'content-type': 'application/json' }, `header.content-type: expected ${FORM}`],
    ['JSON in a form', JSON.stringify(grant), {}, 'body.grant_type: required, but missing'],
    ['plain text', 'grant_type=client_credentials', { 'content-type': 'text/plain' }, 'header.content-type: expected'],
  ])('refuses %s', async (__, body, headers, detail) => {
    const { fetch, url, close } = await scene()
    const response = await fetch(new URL('/token', url), {
      method: 'POST',
      headers: { 'content-type': FORM, ...basic(CLIENT), ...headers },
      body,
    })
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await errorIn(response)).toContain(`400 invalid_request: ${detail}`)
    await close()
  })

  it.each(['client_secret=secret', 'grant_type=client_credentials', 'x'])('refuses the query ?%s', async (query) => {
    const { oauth, fetch, url, close } = await scene()
    const address = new URL(`/token?${query}`, url)
    const response = await fetch(address, { method: 'POST', headers: basic(CLIENT), body: new URLSearchParams(grant) })
    expect(await errorIn(response)).toBe('400 invalid_request: query: parameters belong into the body')
    expect(JSON.stringify(oauth.requests)).not.toContain('=secret')
    await close()
  })

  it('does not answer a GET', async () => {
    const { fetch, url, close } = await scene()
    expect((await fetch(new URL('/token', url))).status).toBe(404)
    await close()
  })
})

it.each([
  ['urn:ietf:params:oauth:grant-type:device_code', {}],
  ['password', {}],
  ['constructor', {}],
  ['client_credentials', { grants: ['authorization_code'] }],
] as const)('the grant %s is not supported with %j', async (name, facts) => {
  const { token } = oauthScene(facts)
  expect(await errorIn(await token({ grant_type: name }))).toContain('400 unsupported_grant_type')
})

describe('an endpoint for JSON', () => {
  const send = async (body: string, headers: Record<string, string> = {}) => {
    const { fetch, url } = oauthScene({ content: 'json', client: 'body' })
    const type = { 'content-type': 'application/json; charset=utf-8' }
    return fetch(new URL('/token', url), { method: 'POST', headers: { ...type, ...headers }, body })
  }
  const client = { client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret }

  it('takes JSON', async () => {
    expect(await tokensIn(await send(JSON.stringify({ ...grant, ...client })))).toMatchObject({ scope: 'read write' })
  })

  it.each([
    ['a number', JSON.stringify({ ...grant, ...client, scope: 1 }), {}, 'body.scope: expected text'],
    ['a list', '[]', {}, 'body: expected a JSON object'],
    ['what is not JSON', '{', {}, 'body: expected a JSON object'],
    ['a form', 'a=b', { 'content-type': FORM }, 'header.content-type: expected application/json'],
  ])('refuses %s', async (_, body, headers, detail) => {
    expect(await errorIn(await send(body, headers))).toBe(`400 invalid_request: ${detail}`)
  })
})

const named: OAuthFacts['answer'] = (body, { clientId, account, grant: by }) => ({
  ...body,
  x: [clientId, account, by].join(),
})

describe('facts about the answer', () => {
  it.each([
    [{ expiresIn: 'string', accessTokenLifetimeMs: 90_500 }, { expires_in: '90' }],
    [{ scopesByDefault: ['read'] }, { scope: 'read' }],
    [{ scopeSeparator: ',' }, { scope: 'read,write' }],
    [{ answer: named }, { x: 'shop:1,,client_credentials' }],
  ] as const)('%j', async (facts, expected) => {
    const { token } = oauthScene(facts)
    expect(await tokensIn(await token(grant))).toMatchObject(expected)
  })

  it('no end may be said', async () => {
    expect(await tokensIn(await oauthScene({ expiresIn: 'absent' }).token(grant))).not.toHaveProperty('expires_in')
  })

  it('parameters of its own are taken, and unknown ones where they are ignored', async () => {
    const fields = { ...grant, audience: 'x' }
    for (const facts of [{ tokenParameters: ['audience'] }, { unknownParameters: 'ignored' }] as const) {
      expect((await oauthScene(facts).token(fields)).status).toBe(200)
    }
  })

  it('errors are worded as the provider does', async () => {
    const errorBody = (error: string, detail: string) => ({ erro: { codigo: error, detail } })
    const { token } = oauthScene({ errorBody })
    const response = await token({ ...grant, scope: 'admin' })
    expect([response.status, await response.json()]).toEqual([
      400,
      { erro: { codigo: 'invalid_scope', detail: expect.stringContaining('scope') } },
    ])
  })
})
