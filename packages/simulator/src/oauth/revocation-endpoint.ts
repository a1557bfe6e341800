import type { Answering } from '../route.ts'
import { type AuthenticateClient, CLIENT_PARAMETERS } from './client-authentication.ts'
import type { OAuthContent } from './facts.ts'
import { OAuthError } from './oauth-error.ts'
import type { OAuthTokens } from './oauth-tokens.ts'
import { bodyParameters } from './parameters.ts'

export interface RevocationEndpointOptions {
  readonly tokens: OAuthTokens
  readonly authenticate: AuthenticateClient
  readonly content: readonly OAuthContent[]
  readonly isStrict: boolean
}

/** Answers calls to the revocation endpoint (RFC 7009 §2). */
export const revocationEndpoint = ({
  tokens,
  authenticate,
  content,
  isStrict,
}: RevocationEndpointOptions): Answering => {
  return async (request) => {
    const parameters = bodyParameters(request, content)
    if (isStrict) parameters.only([...CLIENT_PARAMETERS, 'token', 'token_type_hint'])
    const { client } = await authenticate(request, parameters)
    const value = parameters.demand('token')
    const hint = parameters.get('token_type_hint')
    // The standard ignores hints that it doesn't know; in a test they are mistakes.
    if (isStrict && hint !== undefined && hint !== 'access_token' && hint !== 'refresh_token') {
      throw new OAuthError('invalid_request', 'body.token_type_hint: expected access_token or refresh_token')
    }
    const found = tokens.find(value)
    // RFC 7009 §2.1: the client is told; RFC 6749 §5.2 has this error for it.
    if (found !== undefined && found.owner.clientId !== client.clientId) {
      throw new OAuthError('invalid_grant', 'body.token: issued to another client')
    }
    tokens.revokeValue(value)
    return { status: 200 }
  }
}
