import { describe, expect, it } from 'vitest'
import type { OAuthClientMethod } from '../../src/index.ts'
import { basic, CLIENT, errorIn, oauthScene, oauthScenes, tokensIn } from './scene.ts'

const { clientId, clientSecret } = CLIENT
const grant = { grant_type: 'client_credentials' }
const inBody = { ...grant, client_id: clientId, client_secret: clientSecret }

const utf8 = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))
const raw = { authorization: `Basic ${utf8(`plain:${clientSecret}`)}` }

describe.each(oauthScenes)('a client, %s,', (_, scene) => {
  it.each<[OAuthClientMethod, Record<string, string>, Record<string, string>]>([
    ['body', inBody, {}],
    ['basic-encoded', grant, basic(CLIENT)],
    ['basic', grant, raw],
  ])('authenticates by %s, and by nothing else', async (method, fields, headers) => {
    const ways = [
      [inBody, {}],
      [grant, basic(CLIENT)],
      [grant, raw],
    ] as const
    const { oauth, token, close } = await scene({ client: method })
    // RFC 7617 §2: a name with a colon cannot be sent as it is.
    oauth.register({ clientId: 'plain', clientSecret })
    await tokensIn(await token(fields, headers))
    const statuses = await Promise.all(ways.map(async ([one, more]) => (await token({ ...one }, more)).status))
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 401)).toHaveLength(2)
    await close()
  })
})

describe('what is refused', () => {
  it.each<[string, Record<string, string>, Record<string, string>, string]>([
    ['a wrong secret', grant, basic({ clientId, clientSecret: 'wrong' }), '401 invalid_client: the client is unknown'],
    ['an unknown client', grant, basic({ clientId: 'x', clientSecret }), '401 invalid_client: the client is unknown'],
    ['no authentication', grant, {}, '401 invalid_client: the client is unknown'],
    ['an id alone', { ...grant, client_id: clientId }, {}, '401 invalid_client: the client authenticates by none'],
    ['two ways', inBody, basic(CLIENT), '400 invalid_request: the client authenticates in more than one way'],
    ['another name', { ...grant, client_id: 'x' }, basic(CLIENT), '401 invalid_client: body.client_id: names another'],
    ['Bearer', grant, { authorization: 'Bearer x' }, '401 invalid_client: header.authorization: expected Basic'],
    ['what is not base64', grant, { authorization: 'Basic a=b' }, '401 invalid_client: header.authorization: expected'],
    ['no colon', grant, { authorization: `Basic ${btoa('ab')}` }, '401 invalid_client: header.authorization: expected'],
  ])('%s', async (_, fields, headers, error) => {
    const response = await oauthScene().token(fields, headers)
    expect(response.headers.get('www-authenticate')).toBe(
      response.status === 401 ? 'Basic realm="simulator", charset="UTF-8"' : null,
    )
    expect(await errorIn(response)).toContain(error)
  })

  it('Basic that is not encoded, where it has to be', async () => {
    const { oauth, token } = oauthScene()
    oauth.register({ clientId: 'plain', clientSecret })
    expect(await errorIn(await token(grant, raw))).toBe(
      '401 invalid_client: the client authenticates by basic, and is registered for basic-encoded',
    )
  })

  it('a client that was deactivated, whose tokens live on', async () => {
    const { oauth, connect, refresh, resource } = oauthScene()
    const tokens = await connect()
    oauth.deactivate(clientId)
    expect(await errorIn(await refresh(tokens.refresh_token))).toContain('401 invalid_client')
    expect((await resource(tokens.access_token)).status).toBe(200)
  })

  it('with the status of the facts', async () => {
    const { token } = oauthScene({ errorStatus: { invalid_client: 400 } })
    const response = await token(grant, {})
    expect(response.headers.has('www-authenticate')).toBe(false)
    expect(await errorIn(response)).toContain('400 invalid_client')
  })
})

it('a client without a secret names itself, and has no token of its own', async () => {
  const program = { clientId: 'program', methods: ['none'] as const, redirectUris: CLIENT.redirectUris }
  const { code, exchange, token } = oauthScene({ credentials: program })
  expect(await errorIn(await token({ ...grant, client_id: 'program' }, {}))).toContain('400 unauthorized_client')
  const value = await code()
  const fields = { grant_type: 'authorization_code', code: value, redirect_uri: CLIENT.redirectUris[0] ?? '' }
  expect((await exchange(value)).status).toBe(401)
  const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
  await tokensIn(await token({ ...fields, client_id: 'program', code_verifier: verifier }, {}))
})

it.each([
  [{ clientId: '' }, 'clientId: expected the id of a client'],
  [{ clientId: 'x', clientSecret: '' }, 'clientSecret: expected a secret, or none'],
  [{ clientId: 'x', keys: [{ kty: 'EC', d: 'private' }] }, 'keys: expected public keys'],
])('%j is not registered', (client, message) => {
  expect(() => oauthScene().oauth.register(client)).toThrow(message)
})
