import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import type { OAuthSimulatorOptions } from '../../src/index.ts'
import { errorIn, oauthScene, tokensIn } from './scene.ts'

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const AUDIENCE = 'https://oauth.simulator.test'

type Claims = Record<string, unknown>
type Header = Record<string, unknown>

/** A client with a key, and what signs for it: the claims of a right assertion, with those of the test in their place. */
const world = async (options: OAuthSimulatorOptions = {}) => {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const jwk = JSON.parse(JSON.stringify(await exportJWK(publicKey)))
  const credentials = { clientId: 'shop', keys: [{ ...jwk, kid: 'k1' }], methods: ['private_key_jwt'] as const }
  const scene = oauthScene({ credentials, ...options })
  let count = 0
  const sign = (claims: Claims = {}, header: Header = {}): Promise<string> => {
    count += 1
    const now = Math.floor(scene.clock.now() / 1000)
    const all = { iss: 'shop', sub: 'shop', aud: AUDIENCE, iat: now, exp: now + 300, jti: `id-${count}`, ...claims }
    const kept = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
    return new SignJWT(kept).setProtectedHeader({ alg: 'ES256', kid: 'k1', ...header }).sign(privateKey)
  }
  const bear = async (assertion: string, fields = {}) => scene.token({ grant_type: GRANT, assertion, ...fields }, {})
  const authenticate = async (assertion: string, fields = {}) =>
    scene.token(
      { grant_type: 'client_credentials', client_assertion_type: TYPE, client_assertion: assertion, ...fields },
      {},
    )
  return { ...scene, sign, bear, authenticate }
}

describe('an assertion as a grant (RFC 7523 §2.1)', () => {
  it('brings a token of the account that it speaks for, without a refresh token', async () => {
    const { oauth, sign, bear } = await world()
    expect(await tokensIn(await bear(await sign({ sub: 'ana' }), { scope: 'read' }))).not.toHaveProperty(
      'refresh_token',
    )
    await tokensIn(await bear(await sign()))
    expect(oauth.tokens).toMatchObject([
      { clientId: 'shop', account: 'ana', scopes: ['read'] },
      { clientId: 'shop', account: undefined },
    ])
  })

  it('may come with a client that authenticates, if it is the same', async () => {
    const { oauth, sign, token } = await world()
    const other = { clientId: 'other', clientSecret: 'secret', methods: ['body'] as const }
    oauth.register(other)
    const fields = { grant_type: GRANT, client_assertion_type: TYPE }
    await tokensIn(await token({ ...fields, assertion: await sign(), client_assertion: await sign() }, {}))
    const foreign = { grant_type: GRANT, assertion: await sign(), client_id: 'other', client_secret: 'secret' }
    expect(await errorIn(await token(foreign, {}))).toBe('400 invalid_grant: body.assertion: signed by another client')
  })

  it('is good once', async () => {
    const { sign, bear } = await world()
    const assertion = await sign()
    const both = await Promise.all([bear(assertion), bear(assertion)])
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 400]))
    expect(await errorIn(await bear(assertion))).toBe('400 invalid_grant: body.assertion: jti has been used before')
  })

  it.each<[string, Claims, Header]>([
    ['aud is not this server', { aud: 'https://other.example' }, {}],
    ['aud is not this server', { aud: undefined }, {}],
    ['exp is missing', { exp: undefined }, {}],
    ['exp has passed', { exp: 1_611_952_259 }, {}],
    ['exp is too far away', { exp: 1_611_952_259 + 3601 }, {}],
    ['iat is in the future', { iat: 1_611_952_260 }, {}],
    ['iat is in the future', { iat: 'now' }, {}],
    ['nbf is in the future', { nbf: 1_611_952_260 }, {}],
    ['jti is missing', { jti: undefined }, {}],
    ['no key of its iss made the signature', { iss: 'other' }, {}],
    ['no key of its iss made the signature', { iss: undefined }, {}],
    ['no key of its iss made the signature', {}, { kid: 'k2' }],
    ['sub is neither an account nor the client', { sub: 'eva' }, {}],
    ['sub is neither an account nor the client', { sub: undefined }, {}],
  ])('is refused: %s', async (problem, claims, header) => {
    const { sign, bear } = await world()
    expect(await errorIn(await bear(await sign(claims, header)))).toBe(`400 invalid_grant: body.assertion: ${problem}`)
  })

  it('is refused where it was altered, or is not one', async () => {
    const { sign, bear } = await world()
    const [header = '', claims = '', signature = ''] = (await sign()).split('.')
    const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const other = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), sub: 'ana' }
    const problems = [
      [`${header}.${encoded(other)}.${signature}`, 'no key of its iss made the signature'],
      [`${encoded({ alg: 'none' })}.${claims}.`, 'it is signed with an algorithm that is not accepted'],
      [`${encoded({ alg: 'HS256' })}.${claims}.${signature}`, 'it is signed with an algorithm that is not accepted'],
      [`${encoded({ alg: 'RS256' })}.${claims}.${signature}`, 'no key of its iss made the signature'],
      [`${encoded({ alg: 'ES256', crit: ['x'] })}.${claims}.${signature}`, 'it has a critical header that is not'],
      [`${header}.${claims}`, 'no key of its iss made the signature'],
      [`${header}.${claims}.${signature}.x`, 'not a signed JWT'],
      ['not+a/jwt', 'not a signed JWT'],
    ] as const
    for (const [assertion, problem] of problems) expect(await errorIn(await bear(assertion))).toContain(problem)
  })
})

describe('an assertion as a client’s authentication (RFC 7523 §2.2)', () => {
  it('is accepted, with the name of the client or without', async () => {
    const { oauth, sign, authenticate } = await world()
    await tokensIn(await authenticate(await sign()))
    await tokensIn(await authenticate(await sign({ aud: [`${AUDIENCE}/token`] }), { client_id: 'shop' }))
    expect(oauth.tokens).toHaveLength(2)
  })

  it.each([
    [{ sub: 'ana' }, {}, '401 invalid_client: body.client_assertion: sub is not the client'],
    [{ exp: 1 }, {}, '401 invalid_client: body.client_assertion: exp has passed'],
    [{}, { client_assertion_type: 'jwt' }, '400 invalid_request: body.client_assertion_type: expected urn:'],
    [{}, { client_id: 'other' }, '401 invalid_client: body.client_id: names another client'],
    [{}, { client_secret: 'x' }, '400 invalid_request: the client authenticates in more than one way'],
  ])('is refused with %j and %j', async (claims, fields, error) => {
    const { sign, authenticate } = await world()
    expect(await errorIn(await authenticate(await sign(claims), fields))).toContain(error)
  })
})

it('facts say whom it is for, and how long it may live', async () => {
  const { sign, bear } = await world({ audiences: ['https://acme.example/token'], assertionLifetimeMs: 60_000 })
  const aud = 'https://acme.example/token'
  expect(await errorIn(await bear(await sign({ aud })))).toContain('exp is too far away')
  await tokensIn(await bear(await sign({ aud, exp: 1_611_952_259 + 60 })))
})

it('no leeway is given to clocks', async () => {
  const { sign, bear, clock } = await world()
  const assertion = await sign()
  clock.advance(299_000)
  const late = await sign({ iat: undefined, exp: Math.floor(clock.now() / 1000) + 1 })
  await tokensIn(await bear(assertion))
  clock.advance(1_000)
  expect(await errorIn(await bear(late))).toContain('exp has passed')
})
