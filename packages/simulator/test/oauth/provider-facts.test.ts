// Where providers leave the standard, each in its own way: what the server lets their facts say.
import { describe, expect, it } from 'vitest'
import { basic, CLIENT, errorIn, oauthScene, oauthScenes, tokensIn } from './scene.ts'

const { clientId, clientSecret } = CLIENT
const grant = { grant_type: 'client_credentials' }
const inBody = { ...grant, client_id: clientId, client_secret: clientSecret }
const JSON_TYPE = { 'content-type': 'application/json' }

describe.each(oauthScenes)('headers that a provider demands, %s,', (_, scene) => {
  const facts = {
    tokenHeaders: { 'enable-jwt': '1' },
    apiHeaders: { 'enable-jwt': '1', 'User-Agent': /^.+ \(.+@.+\)$/ },
  } as const
  const asked = { ...basic(CLIENT), 'enable-jwt': '1' }

  it('are demanded of token calls', async () => {
    const { token, revoke, close } = await scene(facts)
    expect(await errorIn(await token(grant))).toBe('400 invalid_request: header.enable-jwt: required, but missing')
    expect(await errorIn(await token(grant, { ...asked, 'enable-jwt': '0' }))).toBe(
      '400 invalid_request: header.enable-jwt: expected another value',
    )
    expect(await errorIn(await revoke('x'))).toContain('header.enable-jwt: required')
    await tokensIn(await token(grant, asked))
    await close()
  })

  it('and of the API', async () => {
    const { token, resource, close } = await scene(facts)
    const { access_token: value } = await tokensIn(await token(grant, asked))
    const agent = { 'user-agent': 'Loja (ana@example.com)' }
    for (const [headers, status] of [
      [{ 'enable-jwt': '1' }, 400],
      [agent, 400],
      [{ ...agent, 'enable-jwt': '1' }, 200],
    ] as const) {
      expect((await resource(value, { 'user-agent': 'node', ...headers })).status).toBe(status)
    }
    await close()
  })
})

describe('a client that authenticates in both places', () => {
  it.each(['basic', 'basic-encoded'] as const)(
    'is accepted where the provider wants that, or %s alone',
    async (way) => {
      const { oauth, token } = oauthScene({ client: [way, 'basic-and-body'] })
      oauth.register({ clientId: 'plain', clientSecret: 'secret' })
      const plain = { ...grant, client_id: 'plain', client_secret: 'secret' }
      const header = { authorization: `Basic ${btoa('plain:secret')}` }
      await tokensIn(await token(plain, header))
      await tokensIn(await token(grant, header))
      expect(await errorIn(await token(plain, {}))).toContain('401 invalid_client: the client authenticates by body')
    },
  )

  it('has to do so where nothing else is accepted, and say the same twice', async () => {
    const { token } = oauthScene({
      client: 'basic-and-body',
      credentials: { clientId: 'plain', clientSecret: 'secret' },
    })
    const header = { authorization: `Basic ${btoa('plain:secret')}` }
    const plain = { ...grant, client_id: 'plain', client_secret: 'secret' }
    await tokensIn(await token(plain, header))
    expect(await errorIn(await token(grant, header))).toContain(
      '401 invalid_client: the client authenticates by basic, and is registered for basic-and-body',
    )
    for (const fields of [{ client_secret: 'another' }, { client_id: 'another' }, { client_id: undefined }]) {
      expect(await errorIn(await token({ ...plain, ...fields }, header))).toContain('401 invalid_client')
    }
    expect(await errorIn(await token(plain, { authorization: `Basic ${btoa('plain:x')}` }))).toContain('401')
  })
})

it.each([
  ['form', { client: 'body' }],
  ['json', { client: 'body' }],
] as const)('a token endpoint that takes forms and JSON takes %s', async (kind, facts) => {
  const { fetch, url, token } = oauthScene({ ...facts, content: ['form', 'json'], revocationContent: ['json', 'form'] })
  const send = (path: string, body: object, headers: Record<string, string> = JSON_TYPE) =>
    fetch(new URL(path, url), { method: 'POST', headers, body: JSON.stringify(body) })
  const answer = await (kind === 'form' ? token(inBody, {}) : send('/token', inBody))
  const { access_token: value } = await tokensIn(answer)
  const client = { client_id: clientId, client_secret: clientSecret }
  expect((await send('/revoke', { ...client, token: value })).status).toBe(200)
  expect(await errorIn(await send('/token', inBody, { 'content-type': 'text/plain' }))).toContain(
    'header.content-type: expected application/x-www-form-urlencoded or application/json',
  )
})

describe('errors of the provider', () => {
  it('have the statuses that it gives them', async () => {
    const { token, refresh } = oauthScene({ errorStatus: { invalid_client: 400, invalid_grant: 403 } })
    const denied = await token(grant, {})
    expect(denied.headers.has('www-authenticate')).toBe(false)
    expect(await errorIn(denied)).toContain('400 invalid_client')
    expect(await errorIn(await refresh('x'))).toContain('403 invalid_grant')
    expect(await errorIn(await token({ ...grant, scope: 'admin' }))).toContain('400 invalid_scope')
  })

  it('are told their status, for bodies that repeat it', async () => {
    const { refresh } = oauthScene({
      errorBody: (error, detail, status) => ({ errorKey: error, message: detail, status }),
    })
    expect(await (await refresh('x')).json()).toMatchObject({ errorKey: 'invalid_grant', status: 400 })
  })

  it('of the API are words of its own', async () => {
    const { resource } = oauthScene({
      apiHeaders: { 'x-app': '1' },
      apiErrorBody: (error, status) => ({
        error: { type: status === 401 ? 'UNAUTHORIZED' : 'VALIDATION', code: error },
      }),
    })
    expect(await (await resource('x', { 'x-app': '1' })).json()).toEqual({
      error: { type: 'UNAUTHORIZED', code: 'invalid_token' },
    })
    expect(await (await resource('x')).json()).toEqual({ error: { type: 'VALIDATION', code: 'invalid_request' } })
  })
})

describe('access tokens may be JWTs', () => {
  const claimsOf = (token: string) => {
    const [header = '', claims = '', signature = '', ...rest] = token.split('.')
    expect(rest).toEqual([])
    expect(signature).toMatch(/^[\w-]{342,}$/)
    const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
    expect(read(header)).toEqual({ alg: 'RS256', typ: 'JWT' })
    return read(claims)
  }

  it('which say when they end, and are as long as the provider makes them', async () => {
    const { clock, connect, refresh, resource } = oauthScene({
      accessToken: { format: 'jwt', length: 3_000 },
      accessTokenLifetimeMs: 90_500,
      expiresIn: 'absent',
    })
    const first = await connect()
    const second = await tokensIn(await refresh(first.refresh_token))
    expect(first.access_token).toHaveLength(3_000)
    const now = Math.floor(clock.now() / 1000)
    expect(claimsOf(first.access_token)).toMatchObject({ iat: now, exp: now + 90, sub: 'ana', aud: clientId })
    expect(first.access_token).not.toBe(second.access_token)
    expect((await resource(second.access_token)).status).toBe(200)
  })

  it('also of the client itself; a refresh token stays opaque', async () => {
    const { token, connect } = oauthScene({ accessToken: { format: 'jwt' } })
    expect(claimsOf((await tokensIn(await token(grant))).access_token)).toMatchObject({ sub: clientId })
    expect((await connect()).refresh_token).not.toContain('.')
  })

  it('a length pads opaque tokens too', async () => {
    const { connect, resource } = oauthScene({ accessToken: { length: 8_000 } })
    const { access_token: value } = await connect()
    expect(value).toHaveLength(8_000)
    expect((await resource(value)).status).toBe(200)
  })
})
