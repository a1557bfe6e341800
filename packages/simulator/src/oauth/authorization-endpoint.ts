import type { Answer } from '../answer.ts'
import type { IncomingRequest } from '../incoming-request.ts'
import type { Answering } from '../route.ts'
import {
  type AuthorizationRequest,
  type AuthorizationRequestOptions,
  type RefusedRequest,
  readAuthorizationRequest,
} from './authorization-request.ts'
import type { Codes } from './codes.ts'
import { consentPage, errorPage } from './consent-page.ts'
import { OAuthError } from './oauth-error.ts'
import { bodyParameters } from './parameters.ts'

export interface AuthorizationEndpointOptions extends AuthorizationRequestOptions {
  readonly codes: Codes
  readonly accounts: readonly string[]
  /** Named in callbacks (RFC 9207); undefined: in none. */
  readonly issuer: () => string | undefined
  /** What else the callback of a person who agreed brings. @default nothing */
  readonly callback?: Readonly<Record<string, string>> | undefined
}

/** The two steps of the authorization endpoint (RFC 6749 §3.1). */
export interface AuthorizationEndpoint {
  /** Shows the page. */
  readonly ask: Answering
  /** Takes the person's answer. */
  readonly decide: Answering
}

export const authorizationEndpoint = (options: AuthorizationEndpointOptions): AuthorizationEndpoint => {
  const { codes, accounts, issuer } = options

  const sendBack = (
    { redirectUri, state }: Pick<AuthorizationRequest, 'redirectUri' | 'state'>,
    answer: Readonly<Record<string, string>>,
  ): Answer => {
    const location = new URL(redirectUri)
    const iss = issuer()
    const named = { ...answer, ...(state !== undefined && { state }), ...(iss !== undefined && { iss }) }
    for (const [name, value] of Object.entries(named)) location.searchParams.append(name, value)
    // RFC 9700 §4.12: never a 307, which would send the person's form on.
    return { status: 303, headers: { location: location.href } }
  }

  const refuse = (request: RefusedRequest): Answer => ({
    ...sendBack(request, { error: request.error, error_description: request.detail }),
    detail: request.detail,
  })

  const decided = (asked: AuthorizationRequest, request: IncomingRequest): Answer => {
    const { client, redirectUri, scopes, challenge } = asked
    // The page's own form: the query is that of the authorization request.
    const parameters = bodyParameters({ ...request, url: new URL(request.url.pathname, request.url) }, ['form'])
    parameters.only(['decision', 'account', 'error', 'scope'])
    const decision = parameters.demand('decision')
    if (decision === 'deny') return sendBack(asked, { error: parameters.get('error') ?? 'access_denied' })
    const account = parameters.get('account') ?? accounts[0] ?? ''
    if (decision !== 'allow' || !accounts.includes(account)) {
      throw new OAuthError('invalid_request', 'body: expected decision (allow or deny), and an account that exists')
    }
    // A person may agree to less (RFC 6749 §3.3).
    const agreed = options.scopes.narrowed(parameters.get('scope'), scopes)
    const agreement = { clientId: client.clientId, account, scopes: agreed, redirectUri, challenge }
    return sendBack(asked, { code: codes.issue(agreement), ...options.callback })
  }

  const withPage =
    (answer: (asked: AuthorizationRequest, request: IncomingRequest) => Answer): Answering =>
    (request) => {
      try {
        const asked = readAuthorizationRequest(request, options)
        return 'error' in asked ? refuse(asked) : answer(asked, request)
      } catch (error) {
        if (error instanceof OAuthError)
          return { status: 400, detail: error.message, headers: PAGE, html: errorPage(error.message) }
        throw error
      }
    }

  return {
    ask: withPage(({ client: { clientId }, scopes }) => ({
      status: 200,
      headers: PAGE,
      html: consentPage({ clientId, scopes, accounts }),
    })),
    decide: withPage(decided),
  }
}

// RFC 9700 §4.16: no other page shows this one in a frame.
const PAGE = { 'content-security-policy': "frame-ancestors 'none'" }
