// The server against oauth4webapi, a client that shares no code with it or with the core and that is strict itself.
import { exportJWK, generateKeyPair } from 'jose'
import * as oauth from 'oauth4webapi'
import { describe, expect, it } from 'vitest'
import { type OAuthClientMethod, type OAuthSimulatorOptions, simulateOAuth } from '../../src/index.ts'
import { doors } from '../ways-in.ts'

const SECRET = 'p%40ss w+rd/=&?:~é'
const REDIRECT_URI = 'http://127.0.0.1:4321/callback'

interface Scene extends AsyncDisposable {
  readonly simulator: ReturnType<typeof simulateOAuth>
  readonly as: oauth.AuthorizationServer
  readonly client: oauth.Client
  readonly options: { [oauth.allowInsecureRequests]: boolean; [oauth.customFetch]: typeof fetch }
}

type Open = (typeof doors)[number][1]

/** What oauth4webapi needs to know of a server. Its clock is the system's, so the simulator's is too. */
const scene = async (open: Open, options: OAuthSimulatorOptions = {}): Promise<Scene> => {
  const simulator = simulateOAuth({
    credentials: { clientId: 'shop:1', clientSecret: SECRET, redirectUris: ['http://127.0.0.1/callback'] },
    issuer: 'https://issuer.example',
    ...options,
  })
  const { url, fetch, close } = await open(simulator)
  const at = (path: string): string => new URL(path, url).href
  return {
    simulator,
    as: {
      issuer: 'https://issuer.example',
      authorization_endpoint: at('/authorize'),
      token_endpoint: at('/token'),
      revocation_endpoint: at('/revoke'),
      authorization_response_iss_parameter_supported: true,
    },
    client: { client_id: 'shop:1' },
    options: { [oauth.allowInsecureRequests]: true, [oauth.customFetch]: fetch as typeof globalThis.fetch },
    [Symbol.asyncDispose]: close,
  }
}

/** A person agrees, and the client exchanges the code. */
const connect = async ({ simulator, as, client, options }: Scene, how: oauth.ClientAuth) => {
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const page = new URL(as.authorization_endpoint ?? '')
  page.search = new URLSearchParams({
    client_id: client.client_id,
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    scope: 'read write',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
  }).toString()
  const callback = new URL(await simulator.consent(page, { allow: true }))
  const answer = oauth.validateAuthResponse(as, client, callback, state)
  const response = await oauth.authorizationCodeGrantRequest(as, client, how, answer, REDIRECT_URI, verifier, options)
  return oauth.processAuthorizationCodeResponse(as, client, response)
}

const methods: readonly (readonly [OAuthClientMethod, oauth.ClientAuth])[] = [
  ['body', oauth.ClientSecretPost(SECRET)],
  ['basic-encoded', oauth.ClientSecretBasic(SECRET)],
  ['none', oauth.None()],
]

describe.each(doors)('an independent client, %s,', (_, open) => {
  it.each(methods)('connects, refreshes and revokes as %s', async (method, how) => {
    await using world = await scene(open, { client: method })
    const { simulator, as, client, options } = world
    const first = await connect(world, how)
    expect(first).toMatchObject({ token_type: 'bearer', expires_in: 3600, scope: 'read write' })

    const refreshing = await oauth.refreshTokenGrantRequest(as, client, how, first.refresh_token ?? '', options)
    const second = await oauth.processRefreshTokenResponse(as, client, refreshing)
    expect(simulator.tokens.map(({ refresh }) => refresh?.state)).toEqual(['spent', 'live'])

    const revoking = await oauth.revocationRequest(as, client, how, second.refresh_token ?? '', options)
    await oauth.processRevocationResponse(revoking)
    expect(simulator.tokens.map(({ access }) => access.state)).toEqual(['revoked', 'revoked'])
  })

  it.each(methods.slice(0, 2))('gets a token of its own as %s', async (method, how) => {
    await using world = await scene(open, { client: method })
    const { as, client, options } = world
    const response = await oauth.clientCredentialsGrantRequest(as, client, how, { scope: 'read' }, options)
    const answer = await oauth.processClientCredentialsResponse(as, client, response)
    expect(answer).toMatchObject({ expires_in: 3600, scope: 'read' })
    expect(answer).not.toHaveProperty('refresh_token')
  })

  it.each(['RS256', 'PS256', 'ES256', 'ES384', 'Ed25519'])('signs with a key for %s', async (alg) => {
    const { publicKey, privateKey } = await generateKeyPair(alg)
    const keys = [JSON.parse(JSON.stringify(await exportJWK(publicKey)))]
    await using world = await scene(open, { credentials: { clientId: 'shop:1', keys, methods: ['private_key_jwt'] } })
    const { as, client, options } = world
    const how = oauth.PrivateKeyJwt(privateKey as CryptoKey, {
      // Its name for Ed25519 is the newer one (RFC 9864), and it has no other.
      [oauth.modifyAssertion]: (header) => {
        if (alg === 'Ed25519') header['alg'] = 'EdDSA'
      },
    })
    const response = await oauth.clientCredentialsGrantRequest(as, client, how, {}, options)
    const answer = await oauth.processClientCredentialsResponse(as, client, response)
    expect(answer).toMatchObject({ token_type: 'bearer' })
  })

  it('reads the errors', async () => {
    await using world = await scene(open)
    const { as, client, options } = world
    const wrong = oauth.ClientSecretBasic('wrong')
    const denied = await oauth.clientCredentialsGrantRequest(as, client, wrong, {}, options)
    await expect(oauth.processClientCredentialsResponse(as, client, denied)).rejects.toMatchObject({
      cause: [{ scheme: 'basic', parameters: { realm: 'simulator' } }],
    })
    const right = oauth.ClientSecretBasic(SECRET)
    const unknown = await oauth.clientCredentialsGrantRequest(as, client, right, { scope: 'admin' }, options)
    await expect(oauth.processClientCredentialsResponse(as, client, unknown)).rejects.toMatchObject({
      error: 'invalid_scope',
      status: 400,
    })
  })

  it('reads a refusal of the person, with the issuer', async () => {
    await using world = await scene(open)
    const { simulator, as, client } = world
    const page = new URL(as.authorization_endpoint ?? '')
    const challenge = await oauth.calculatePKCECodeChallenge(oauth.generateRandomCodeVerifier())
    page.search = new URLSearchParams({
      client_id: client.client_id,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      state: 'state',
    }).toString()
    const callback = new URL(await simulator.consent(page, { allow: false }))
    expect(() => oauth.validateAuthResponse(as, client, callback, 'state')).toThrow(
      expect.objectContaining({ error: 'access_denied' }),
    )
  })
})
