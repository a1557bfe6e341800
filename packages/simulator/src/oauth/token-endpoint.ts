import type { SimulatorClock } from '../clock.ts'
import type { IncomingRequest } from '../incoming-request.ts'
import type { JsonObject } from '../json.ts'
import type { Answering } from '../route.ts'
import type { Assertion, TakeAssertion } from './assertions.ts'
import { presentedCertificate } from './certificate.ts'
import { type AuthenticateClient, CLIENT_PARAMETERS } from './client-authentication.ts'
import type { OAuthAnswerSubject, OAuthContent, OAuthGrant } from './facts.ts'
import type { GrantRequest, Grants } from './grants.ts'
import { OAuthError } from './oauth-error.ts'
import type { Issued } from './oauth-tokens.ts'
import { bodyParameters, type Parameters } from './parameters.ts'

export interface TokenEndpointOptions {
  readonly clock: SimulatorClock
  readonly grants: Grants
  readonly authenticate: AuthenticateClient
  readonly takeAssertion: TakeAssertion
  readonly content: readonly OAuthContent[]
  readonly hasPkce: boolean
  /** More parameters that are taken; undefined: any. */
  readonly moreParameters: readonly string[] | undefined
  /** Are tokens bound to the certificate of the client (RFC 8705 §3)? */
  readonly bindsTokens: boolean
  readonly accessTokenLifetimeMs: number
  readonly expiresIn: 'number' | 'string' | 'absent'
  readonly refreshExpiresInField: string | undefined
  readonly writeScopes: (scopes: readonly string[]) => string
  readonly changeAnswer: (body: JsonObject, subject: OAuthAnswerSubject) => JsonObject
}

const GRANT_NAMES: Readonly<Record<string, OAuthGrant>> = {
  client_credentials: 'client_credentials',
  authorization_code: 'authorization_code',
  refresh_token: 'refresh_token',
  'urn:ietf:params:oauth:grant-type:jwt-bearer': 'jwt-bearer',
}

const GRANT_PARAMETERS: Readonly<Record<OAuthGrant, readonly string[]>> = {
  client_credentials: ['scope'],
  authorization_code: ['code', 'redirect_uri'],
  refresh_token: ['refresh_token', 'scope'],
  'jwt-bearer': ['assertion', 'scope'],
}

/** Answers calls to a token endpoint that takes these grants (RFC 6749 §3.2, §5.1). */
export const tokenEndpoint = (taken: readonly OAuthGrant[], options: TokenEndpointOptions): Answering => {
  const { content, moreParameters } = options
  return async (request) => {
    const parameters = bodyParameters(request, content)
    const grant = GRANT_NAMES[parameters.demand('grant_type')]
    if (grant === undefined || !taken.includes(grant)) {
      throw new OAuthError('unsupported_grant_type', 'body.grant_type: not one of this endpoint')
    }
    if (moreParameters !== undefined) {
      const verifier = options.hasPkce && grant === 'authorization_code' ? ['code_verifier'] : []
      parameters.only(['grant_type', ...CLIENT_PARAMETERS, ...GRANT_PARAMETERS[grant], ...verifier, ...moreParameters])
    }
    const known = await identify(options, request, parameters, grant)
    const issued = await options.grants[grant](known)
    return { status: 200, body: answerOf(options, issued, grant) }
  }
}

const identify = async (
  { authenticate, takeAssertion, bindsTokens }: TokenEndpointOptions,
  request: IncomingRequest,
  parameters: Parameters,
  grant: OAuthGrant,
): Promise<GrantRequest> => {
  const isSilent = !request.headers.has('authorization') && CLIENT_PARAMETERS.every((name) => !parameters.has(name))
  // RFC 7521 §4.1: an assertion may be all that says who the client is.
  const isAlone = grant === 'jwt-bearer' && isSilent
  const authenticated = isAlone ? undefined : await authenticate(request, parameters)
  if (grant === 'client_credentials' && authenticated?.method === 'none') {
    throw new OAuthError('unauthorized_client', 'a client that cannot keep a secret has no token of its own')
  }
  const assertion = grant === 'jwt-bearer' ? await assertionIn(parameters, takeAssertion) : undefined
  const client = authenticated?.client ?? assertion?.client
  if (client === undefined || (assertion && assertion.client !== client)) {
    throw new OAuthError('invalid_grant', 'body.assertion: signed by another client')
  }
  const certificate = bindsTokens ? await presentedCertificate(request.headers) : undefined
  return { parameters, client, certificate, assertion }
}

/** RFC 7523 §3.1. */
const assertionIn = async (parameters: Parameters, takeAssertion: TakeAssertion): Promise<Assertion> => {
  const assertion = await takeAssertion(parameters.demand('assertion'))
  if (typeof assertion === 'string') throw new OAuthError('invalid_grant', `body.assertion: ${assertion}`)
  return assertion
}

/** RFC 6749 §5.1. */
const answerOf = (options: TokenEndpointOptions, issued: Issued, grant: OAuthGrant): JsonObject => {
  const { clock, expiresIn, refreshExpiresInField, writeScopes, changeAnswer } = options
  const { owner, accessToken, refreshToken, refreshExpiresAt } = issued
  const seconds = Math.floor(options.accessTokenLifetimeMs / 1000)
  const body = {
    access_token: accessToken,
    token_type: 'Bearer',
    ...(expiresIn !== 'absent' && { expires_in: expiresIn === 'string' ? String(seconds) : seconds }),
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    ...(refreshExpiresInField !== undefined &&
      refreshExpiresAt !== undefined && {
        [refreshExpiresInField]: Math.floor((refreshExpiresAt - clock.now()) / 1000),
      }),
    scope: writeScopes(owner.scopes),
  }
  const { clientId, account, scopes } = owner
  return changeAnswer(body, { clientId, account, scopes, grant })
}
