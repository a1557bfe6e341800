// The OAuth provider of ../oauth, with the page on which a person agrees.
import { type AuthorizationRequest, authorizationCode, type CallbackIssuer } from '@chaveiro/core/consent'
import { defineProvider, type TokenProvider } from '@chaveiro/core/provider'
import type { OAuthClient } from '../oauth/client-authentication.ts'
import { type OAuthOptions, oauthProvider, tokenCall } from '../oauth/oauth-provider.ts'
import { toGrant } from '../oauth/token-answer.ts'

/** How a server asks a person, and issues tokens. */
export interface ConsentOptions extends Omit<OAuthOptions, 'grant' | 'scopes'> {
  /** The page that asks the person (RFC 6749 §3.1). */
  authorizationEndpoint: URL
  /** @default 'supported' */
  pkce?: AuthorizationRequest<OAuthClient>['pkce']
  /** What every consent asks for. */
  scopes: readonly string[]
  /** The server's name for itself in a callback (RFC 9207), where it has one. */
  issuer?: CallbackIssuer | undefined
}

/** A provider whose accounts a person connects. */
export function consentProvider(options: ConsentOptions): TokenProvider<OAuthClient> {
  const { authorizationEndpoint, scopes, pkce = 'supported', issuer } = options
  return defineProvider<OAuthClient>({
    ...oauthProvider({ ...options, grant: 'refresh-token' }),
    consent: authorizationCode<OAuthClient>({
      url: authorizationEndpoint,
      clientId: ({ clientId }) => clientId,
      scopes: { always: scopes },
      pkce,
      issuer,
      async exchange(io, { code, redirectUri, verifier }, client) {
        const answer = await tokenCall(io, options, client, {
          grant_type: 'authorization_code',
          code,
          redirect_uri: redirectUri,
          ...(verifier !== undefined && { code_verifier: verifier }),
        })
        return toGrant(io, answer, options)
      },
    }),
  })
}
