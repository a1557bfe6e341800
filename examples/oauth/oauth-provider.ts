// A standard OAuth 2.0 provider, for any server that follows RFC 6749. Written with nothing but what every author of a
// provider has: copy it, and change what your server does differently.
import { defineProvider, expectData, expectDone, type ProviderIo, type TokenProvider } from '@chaveiro/core/provider'
import { judgeBearer } from './bearer-challenge.ts'
import type { ClientAuthentication, OAuthClient } from './client-authentication.ts'
import { postForm } from './form-request.ts'
import { type TokenAnswer, toGrant } from './token-answer.ts'
import { classifyTokenError } from './token-error.ts'

/** How a server issues tokens. What may differ between accounts is the {@link OAuthClient}. */
export interface OAuthOptions {
  /** Names the provider in errors, in events and in a store, for example `acme`. */
  id: string
  /** Where tokens come from (RFC 6749 §3.2). */
  tokenEndpoint: URL
  /**
   * `client-credentials`: the application asks in its own name (RFC 6749 §4.4). `refresh-token`: a person signed in, by
   * a flow outside of Chaveiro, and what came of it went to `seed()` (RFC 6749 §6).
   */
  grant: 'client-credentials' | 'refresh-token'
  /** How the application proves who it is (RFC 6749 §2.3.1). Every server has to take `client_secret_basic`. */
  clientAuthentication: ClientAuthentication
  /** What to ask for with client credentials. A refresh asks for what was granted before. @default the server's choice */
  scopes?: readonly string[] | undefined
  /**
   * What becomes of a refresh token that was used. `single-use` is right for every server, and asks for a person sooner
   * when an answer gets lost; `reusable` only where the server documents that it does not rotate. @default 'single-use'
   */
  refreshTokens?: 'single-use' | 'reusable' | undefined
  /**
   * The life of an access token, in milliseconds, where the answer does not tell.
   * @default such a token is used until the API refuses it
   */
  lifetimeMs?: number | undefined
  /** Where tokens are ended (RFC 7009), at the origin of the token endpoint. @default `end()` only forgets them */
  revocationEndpoint?: URL | undefined
}

/**
 * The life of an OAuth 2.0 access token, for `createTokenManager({ provider, credentials })`, where `credentials` gives
 * the client that an account belongs to.
 * @throws {TypeError} when the options cannot be meant.
 */
export function oauthProvider(options: OAuthOptions): TokenProvider<OAuthClient> {
  const { id, tokenEndpoint, revocationEndpoint, clientAuthentication, grant } = options
  if (revocationEndpoint && revocationEndpoint.origin !== tokenEndpoint.origin) {
    throw new TypeError(`${id}: the revocation endpoint is not at ${tokenEndpoint.origin}, where token calls go.`)
  }
  return defineProvider<OAuthClient>({
    id,
    server: new URL(tokenEndpoint.origin),
    inputs: {
      clientId: { description: 'the client identifier', env: 'OAUTH_CLIENT_ID' },
      clientSecret: {
        description: 'the client secret',
        secret: true,
        env: 'OAUTH_CLIENT_SECRET',
        optional: clientAuthentication === 'none',
      },
    },
    // RFC 6749 does not say what another token does to those before it.
    repeat: 'unknown',
    ...(grant === 'client-credentials' ? clientCredentials(options) : refreshToken(options)),
    ...(revocationEndpoint && {
      // RFC 7009 §2.2: 200 also for a token that was unknown or had ended, and the body means nothing.
      async revoke(io, { accessToken = '' }, client) {
        const form = { token: accessToken, token_type_hint: 'access_token' }
        await expectDone('revocation', postForm(io, revocationEndpoint, clientAuthentication, client, form))
      },
    }),
    classify: classifyTokenError,
    judge: judgeBearer,
  })
}

type Lifecycle = Pick<TokenProvider<OAuthClient>, 'refreshKind' | 'acquire' | 'refresh'>

/** RFC 6749 §4.4. There is no refresh: whoever can always ask again needs no refresh token (§4.4.3). */
function clientCredentials(options: OAuthOptions): Lifecycle {
  const { scopes } = options
  return {
    refreshKind: 'none',
    async acquire(io, client) {
      const scope = scopes && { scope: scopes.join(' ') }
      const answer = await tokenCall(io, options, client, { grant_type: 'client_credentials', ...scope })
      // RFC 6749 §5.1: an answer without a scope grants what was asked for.
      const token = toGrant(io, answer, options)
      return { ...token, scopes: token.scopes ?? scopes }
    },
  }
}

/** RFC 6749 §6. Without a scope, which asks for all that was granted; what the answer leaves out stays as it was. */
function refreshToken(options: OAuthOptions): Lifecycle {
  return {
    refreshKind: options.refreshTokens ?? 'single-use',
    async refresh(io, { refreshToken }, client) {
      if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
      const form = { grant_type: 'refresh_token', refresh_token: refreshToken }
      return toGrant(io, await tokenCall(io, options, client, form), options)
    },
  }
}

/** The data of a successful answer; everything else is thrown, and judged by `classify`. */
export function tokenCall(
  io: ProviderIo,
  { tokenEndpoint, clientAuthentication }: Pick<OAuthOptions, 'tokenEndpoint' | 'clientAuthentication'>,
  client: OAuthClient,
  form: Readonly<Record<string, string>>,
): Promise<TokenAnswer> {
  return expectData('the token endpoint', postForm<TokenAnswer>(io, tokenEndpoint, clientAuthentication, client, form))
}
