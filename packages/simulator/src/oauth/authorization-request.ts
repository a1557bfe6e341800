import type { IncomingRequest } from '../incoming-request.ts'
import type { Clients, RegisteredClient } from './clients.ts'
import type { OAuthGrant } from './facts.ts'
import { OAuthError, type OAuthErrorCode } from './oauth-error.ts'
import { type Parameters, queryParameters } from './parameters.ts'
import { challengeIn, type Pkce } from './pkce.ts'
import { isRegistered } from './redirect-uri.ts'
import type { Scopes } from './scopes.ts'

export interface AuthorizationRequestOptions {
  readonly clients: Pick<Clients, 'find'>
  readonly scopes: Scopes
  readonly grants: readonly OAuthGrant[]
  readonly pkce: Pkce
  readonly needsState: boolean
  /** More parameters that are taken; undefined: any. */
  readonly moreParameters: readonly string[] | undefined
  /**
   * May a person be sent back there?
   *
   * @default where the client is registered with
   */
  readonly mayReturnTo?: ((redirectUri: string, client: RegisteredClient) => boolean) | undefined
}

/** A request that a person can be asked about. */
export interface AuthorizationRequest {
  readonly client: RegisteredClient
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly challenge: string | undefined
  readonly state: string | undefined
}

/** A request that is refused with a redirect: its redirect URI is the client's. */
export interface RefusedRequest {
  readonly redirectUri: string
  readonly state: string | undefined
  readonly error: OAuthErrorCode
  readonly detail: string
}

const KNOWN = ['response_type', 'client_id', 'redirect_uri', 'scope', 'state']
const PKCE = ['code_challenge', 'code_challenge_method']

/**
 * Reads an authorization request (RFC 6749 §4.1.1).
 * @throws {OAuthError} where the client or its redirect URI isn't known: then the browser must not be sent on (§4.1.2.1).
 */
export const readAuthorizationRequest = (
  request: IncomingRequest,
  options: AuthorizationRequestOptions,
): AuthorizationRequest | RefusedRequest => {
  const parameters = queryParameters(request)
  const client = options.clients.find(parameters.demand('client_id'))
  if (client === undefined) throw new OAuthError('invalid_request', 'query.client_id: unknown')
  const redirectUri = parameters.demand('redirect_uri')
  const { mayReturnTo = isRegisteredWith } = options
  if (!mayReturnTo(redirectUri, client)) {
    throw new OAuthError('invalid_request', 'query.redirect_uri: not registered')
  }
  try {
    return { client, redirectUri, ...readRest(parameters, client, options) }
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    return { redirectUri, state: stateIn(parameters), error: error.code, detail: error.message }
  }
}

const isRegisteredWith = (redirectUri: string, { redirectUris }: RegisteredClient): boolean =>
  isRegistered(redirectUri, redirectUris)

const readRest = (
  parameters: Parameters,
  client: RegisteredClient,
  { scopes, grants, pkce, needsState, moreParameters }: AuthorizationRequestOptions,
): Pick<AuthorizationRequest, 'scopes' | 'challenge' | 'state'> => {
  if (moreParameters !== undefined) {
    parameters.only([...KNOWN, ...(pkce === 'unsupported' ? [] : PKCE), ...moreParameters])
  }
  if (parameters.demand('response_type') !== 'code' || !grants.includes('authorization_code')) {
    throw new OAuthError('unsupported_response_type', 'query.response_type: expected code')
  }
  // RFC 9700 §2.1.1: a client without a secret has nothing but PKCE.
  const isPublic = client.methods.every((method) => method === 'none')
  return {
    scopes: scopes.asked(parameters.get('scope')),
    challenge: challengeIn(parameters, isPublic && pkce === 'supported' ? 'required' : pkce),
    state: needsState ? parameters.demand('state') : parameters.get('state'),
  }
}

/** RFC 6749 §4.1.2.1: an error brings the state back too, where there was one. */
const stateIn = (parameters: Parameters): string | undefined => {
  try {
    return parameters.get('state')
  } catch {
    return undefined
  }
}
