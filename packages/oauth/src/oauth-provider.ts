import {
  askedScopes,
  checkOptions,
  classifyBy,
  defineProvider,
  type Grant,
  given,
  type ProviderIo,
  type TokenProvider,
} from '@chaveiro/core/provider'
import { checkGrantOptions, checkTokenOptions, PROVIDER_OPTIONS } from './check-options.ts'
import { type ClientAuthentication, clientAuthentication, type OAuthInputs } from './client/client-authentication.ts'
import type { OAuthProviderOptions } from './options.ts'
import { discoveredEndpoints } from './server/discovered-endpoints.ts'
import type { Endpoints, KnownServer } from './server/endpoints.ts'
import { givenEndpoints } from './server/given-endpoints.ts'
import { urlOption } from './server/url-option.ts'
import { type Fields, MEANINGS, revocationCall, toGrant, tokenCall } from './token-call.ts'

/**
 * A standard server's tokens, for `createTokenManager({ provider, credentials })`: what `standard: oauth2` of a spec becomes,
 * with its facts as options.
 *
 * @example
 * const provider = oauthProvider({ issuer: 'https://id.example.com/realms/shop', apiUrl: 'https://api.example.com' })
 * const tokens = createTokenManager({ provider, credentials: (account) => vault.load(account.tenant) })
 * @throws {TypeError} for options that can't be meant; the message says what to pass.
 */
export function oauthProvider(options: OAuthProviderOptions): TokenProvider<OAuthInputs> {
  checkOptions(options, PROVIDER_OPTIONS)
  return standardProvider(options)
}

/** The same from options that may hold those of an account, too. */
export function standardProvider(options: OAuthProviderOptions): TokenProvider<OAuthInputs> {
  checkOptions(options)
  checkTokenOptions(options)
  const client = clientAuthentication(options.client ?? 'client_secret_basic')
  checkGrantOptions(options, client)
  const known = options.issuer === undefined ? givenEndpoints(options) : discoveredEndpoints(options)
  const { apiUrl, graceMs, header, id = 'oauth' } = options
  return defineProvider<OAuthInputs>({
    id,
    server: known.server,
    ...(apiUrl !== undefined && { apiServer: urlOption('apiUrl', apiUrl, options) }),
    operationServers: known.operationServers,
    inputs: {
      // Where a person agrees, it would name all the accounts of an application alike.
      clientId: {
        description: 'The client ID of the application.',
        identity: typeof options.grant !== 'object',
        env: 'OAUTH_CLIENT_ID',
      },
      ...client.inputs,
    },
    // RFC 6749 doesn't say what another token does to those before it.
    repeat: 'unknown',
    graceMs,
    ...lifecycle(options, client, known),
    ...(header && {
      authorize(headers: Headers, { accessToken }: Grant): void {
        const { name = 'Authorization', scheme = 'Bearer' } = header
        headers.set(name, scheme === '' ? accessToken : `${scheme} ${accessToken}`)
      },
    }),
  })
}

type Lifecycle = Pick<
  TokenProvider<OAuthInputs>,
  'acquire' | 'refresh' | 'revoke' | 'consent' | 'refreshKind' | 'replay' | 'classify'
>

function lifecycle(options: OAuthProviderOptions, client: ClientAuthentication, known: KnownServer): Lifecycle {
  const { grant = 'client_credentials', content = 'form', scopes = [], resource, audience, tokenParameters } = options
  const { lifetimeMs, refreshTokenIdleMs, header } = options
  const rules = { lifetimeMs, refreshTokenIdleMs, isBearer: header === undefined }
  const always = { ...given({ resource }), ...tokenParameters }

  /** One token call: the endpoint, how the client proves who it is, and the grant's own fields. */
  const call = async (io: ProviderIo, inputs: OAuthInputs, which: 'token' | 'refresh', fields: Fields) => {
    const endpoints = await known.find(io)
    const proof = await proved(io, inputs, endpoints)
    const answer = await tokenCall(io, endpoints[which], content, proof, { ...fields, ...always })
    return toGrant(io, answer, rules, fields['scope'])
  }
  const proved = (io: ProviderIo, inputs: OAuthInputs, endpoints: Endpoints) => {
    endpoints.checkClient(client.method)
    return client.prove(io, inputs, endpoints.audience)
  }

  const revoke: TokenProvider<OAuthInputs>['revoke'] = async (io, { accessToken, refreshToken }, inputs) => {
    const endpoints = await known.find(io)
    // RFC 7009 §2.1: a refresh token takes its access tokens with it.
    const [token = '', token_type_hint] =
      refreshToken === undefined ? [accessToken, 'access_token'] : [refreshToken, 'refresh_token']
    const proof = await proved(io, inputs, endpoints)
    await revocationCall(io, endpoints.revocation(), proof, { token, token_type_hint })
  }
  const revocable = known.mayRevoke ? { revoke } : {}

  if (grant === 'client_credentials') {
    return {
      refreshKind: 'none',
      replay: { acquire: 'unprocessed' },
      async acquire(io, inputs) {
        const scope = askedScopes(io, { always: scopes })
        const fields = { grant_type: grant, ...given({ scope, audience }) }
        // There is no refresh: a client that can always ask again needs no refresh token (RFC 6749 §4.4.3).
        const { refreshToken: _, refreshExpiresAt: __, ...token } = await call(io, inputs, 'token', fields)
        return token
      },
      ...revocable,
      classify: classifyBy({ acquire: { denied: MEANINGS.denied, misconfigured: MEANINGS.misconfigured } }),
    }
  }
  const consent =
    typeof grant === 'object'
      ? grant.consent({
          page: async (io) => (await known.find(io)).page(),
          parameters: given({ audience, resource }),
          scopes,
          // RFC 6749 §4.1.3.
          exchange: (io, { code, redirectUri, verifier }, inputs) =>
            call(io, inputs, 'token', {
              grant_type: 'authorization_code',
              code,
              redirect_uri: redirectUri,
              ...given({ code_verifier: verifier }),
            }),
        })
      : undefined
  return {
    refreshKind: options.rotation === 'never' ? 'reusable' : 'single-use',
    replay: { refresh: 'unprocessed' },
    ...(consent && { consent }),
    // RFC 6749 §6. Without a scope, which asks for all that was granted.
    async refresh(io, { refreshToken }, inputs) {
      if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
      return call(io, inputs, 'refresh', { grant_type: 'refresh_token', refresh_token: refreshToken })
    },
    ...revocable,
    classify: classifyBy({ exchange: MEANINGS, refresh: MEANINGS }),
  }
}
