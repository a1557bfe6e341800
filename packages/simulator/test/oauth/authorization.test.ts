import { describe, expect, it } from 'vitest'
import { CLIENT, errorIn, oauthScene, oauthScenes, REDIRECT_URI, tokensIn } from './scene.ts'

const queryOf = (address: string): Record<string, string> => Object.fromEntries(new URL(address).searchParams)

describe.each(oauthScenes)('the page, %s,', (_, scene) => {
  it('asks the person for an account and shows what is asked for', async () => {
    const { fetch, authorizationUrl, close } = await scene({ accounts: ['ana', '<rui>'] })
    const response = await fetch(authorizationUrl({ scope: 'read' }))
    const page = await response.text()
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "frame-ancestors 'none'",
    })
    expect(page).toContain('<b>shop:1</b>')
    expect(page).toContain('<li>read</li>')
    expect(page).toContain('<option>ana</option><option>&lt;rui&gt;</option>')
    expect(page).not.toContain('write')
    await close()
  })

  it('sends the person on with a code, as its own form answers', async () => {
    const { fetch, url, authorizationUrl, exchange, oauth, close } = await scene({ accounts: ['ana', 'rui'] })
    const body = new URLSearchParams({ decision: 'allow', account: 'rui' })
    const response = await fetch(authorizationUrl(), { method: 'POST', body, redirect: 'manual' })
    expect(response.status).toBe(303)
    const location = response.headers.get('location') ?? ''
    expect(location).toMatch(/^https:\/\/app\.example\/callback\?from=shop&code=/)
    const { code = '', ...others } = queryOf(location)
    expect(others).toEqual({ from: 'shop', state: 'a state', iss: url.origin })
    await tokensIn(await exchange(code))
    expect(oauth.tokens).toMatchObject([{ clientId: 'shop:1', account: 'rui', scopes: ['read', 'write'] }])
    await close()
  })
})

describe('consent()', () => {
  it('answers for the person, who may agree to less', async () => {
    const { oauth, authorizationUrl, exchange } = oauthScene()
    const callback = await oauth.consent(authorizationUrl(), { allow: true, scopes: ['read'] })
    const { scope } = await tokensIn(await exchange(queryOf(callback)['code'] ?? ''))
    expect(scope).toBe('read')
    expect(oauth.requests.map(({ operation }) => operation)).toEqual(['decideConsent', 'issueToken'])
  })

  it.each([
    [{ allow: false }, 'access_denied'],
    [{ allow: false, error: 'temporarily_unavailable' }, 'temporarily_unavailable'],
  ])('brings the error of %j back', async (decision, error) => {
    const { oauth, authorizationUrl } = oauthScene({ issuerInCallback: 'never' })
    const callback = await oauth.consent(authorizationUrl(), decision)
    expect(queryOf(callback)).toEqual({ from: 'shop', error, state: 'a state' })
  })

  it('says why the browser is not sent on', async () => {
    const { oauth, authorizationUrl } = oauthScene()
    const url = authorizationUrl({ client_id: 'other' })
    await expect(oauth.consent(url, { allow: true })).rejects.toThrow(
      'The page keeps the browser (query.client_id: unknown)',
    )
    await expect(oauth.consent(authorizationUrl(), { allow: true, account: 'eva' })).rejects.toThrow(TypeError)
  })
})

describe('a request that cannot be trusted is not redirected', () => {
  it.each([
    ['an unknown client', { client_id: 'other' }, 'query.client_id: unknown'],
    ['no client', { client_id: undefined }, 'query.client_id: required, but missing'],
    ['no redirect URI', { redirect_uri: undefined }, 'query.redirect_uri: required, but missing'],
    ['another path', { redirect_uri: 'https://app.example/callback/?from=shop' }, 'query.redirect_uri: not registered'],
    ['another query', { redirect_uri: 'https://app.example/callback' }, 'query.redirect_uri: not registered'],
    ['another port', { redirect_uri: 'https://app.example:444/callback?from=shop' }, 'query.redirect_uri: not reg'],
    ['a name for loopback', { redirect_uri: 'http://localhost/callback' }, 'query.redirect_uri: not registered'],
    ['a host behind', { redirect_uri: 'http://127.0.0.1:80@evil.example/callback' }, 'query.redirect_uri: not reg'],
  ])('%s', async (_, fields, detail) => {
    const { fetch, authorizationUrl } = oauthScene()
    const response = await fetch(authorizationUrl(fields), { redirect: 'manual' })
    expect([response.status, response.headers.get('location')]).toEqual([400, null])
    expect(await response.text()).toContain(detail)
  })

  it('a redirect URI twice', async () => {
    const { fetch, authorizationUrl } = oauthScene()
    const response = await fetch(`${authorizationUrl()}&redirect_uri=https://app.example`, { redirect: 'manual' })
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('given more than once')])
  })
})

it.each(['http://127.0.0.1:8123/callback', 'http://127.0.0.1/callback'])(
  'a program may choose its port: %s',
  async (redirectUri) => {
    const { code, exchange } = oauthScene()
    const value = await code({ redirect_uri: redirectUri })
    // The exchange names the very same one (RFC 6749 §4.1.3).
    expect(await errorIn(await exchange(value, { redirect_uri: 'http://127.0.0.1:1/callback' }))).toContain(
      'issued for another redirect_uri',
    )
    await tokensIn(await exchange(value, { redirect_uri: redirectUri }))
  },
)

describe('a mistaken request comes back with an error', () => {
  it.each([
    ['unsupported_response_type', { response_type: 'token' }],
    ['invalid_request', { response_type: undefined }],
    ['invalid_request', { state: undefined }],
    ['invalid_request', { code_challenge: undefined }],
    ['invalid_request', { code_challenge: undefined, code_challenge_method: undefined }],
    ['invalid_request', { code_challenge: 'short' }],
    ['invalid_request', { code_challenge_method: 'plain' }],
    ['invalid_request', { code_challenge_method: undefined }],
    ['invalid_request', { prompt: 'consent' }],
    ['invalid_request', { scope: '' }],
    ['invalid_scope', { scope: 'admin' }],
    ['invalid_scope', { scope: 'read,write' }],
    ['invalid_scope', { scope: 'read read' }],
  ])('%s for %j', async (error, fields) => {
    const { oauth, authorizationUrl } = oauthScene()
    const callback = queryOf(await oauth.consent(authorizationUrl(fields), { allow: true }))
    expect(callback).toMatchObject({ error, iss: 'https://oauth.simulator.test' })
    expect(callback['state']).toBe('state' in fields ? undefined : 'a state')
    expect(callback).not.toHaveProperty('code')
  })

  it('also where a state comes twice, which none comes back with', async () => {
    const { oauth, authorizationUrl } = oauthScene()
    const callback = queryOf(await oauth.consent(`${authorizationUrl()}&state=other`, { allow: true }))
    expect(callback).toMatchObject({ error: 'invalid_request' })
    expect(callback).not.toHaveProperty('state')
  })
})

describe('facts about the page', () => {
  it.each([
    ['no state', { state: 'optional' }, { state: undefined }],
    ['no PKCE', { pkce: 'supported' }, { code_challenge: undefined, code_challenge_method: undefined }],
    ['a parameter of its own', { authorizationParameters: ['access_type'] }, { access_type: 'offline' }],
    ['an unknown parameter', { unknownParameters: 'ignored' }, { prompt: 'consent' }],
    ['another separator', { scopeSeparator: ',' }, { scope: 'write,read' }],
  ] as const)('%s', async (_, facts, fields) => {
    const { code } = oauthScene(facts)
    expect(await code(fields)).toMatch(/^code-1-/)
  })

  it('scopes may be demanded', async () => {
    const { oauth, authorizationUrl } = oauthScene({ scopesByDefault: 'demanded' })
    expect(queryOf(await oauth.consent(authorizationUrl(), { allow: true }))).toMatchObject({ error: 'invalid_scope' })
  })

  it('a server without PKCE refuses its parameters, and takes requests without', async () => {
    const { oauth, authorizationUrl, code, exchange } = oauthScene({ pkce: 'unsupported' })
    const refused = queryOf(await oauth.consent(authorizationUrl(), { allow: true }))
    expect(refused).toMatchObject({ error_description: 'query.code_challenge: not a parameter of this call' })
    const value = await code({ code_challenge: undefined, code_challenge_method: undefined })
    expect(await errorIn(await exchange(value))).toContain('body.code_verifier: not a parameter of this call')
    await tokensIn(await exchange(value, { code_verifier: undefined }))
  })

  it('a client without a secret needs PKCE anyway', async () => {
    const credentials = { clientId: 'program', redirectUris: [REDIRECT_URI], methods: ['none'] as const }
    const { oauth, authorizationUrl } = oauthScene({ pkce: 'supported', credentials })
    const url = authorizationUrl({ code_challenge: undefined, code_challenge_method: undefined })
    expect(queryOf(await oauth.consent(url, { allow: true }))).toMatchObject({ error: 'invalid_request' })
  })

  it.each(['/callback', 'https://app.example/#part'])('%s is not a redirect URI', (uri) => {
    expect(() => oauthScene({ credentials: { ...CLIENT, redirectUris: [uri] } })).toThrow('redirectUris: expected')
  })
})
