import type { Answer } from '../answer.ts'
import { bearerToken, type Call } from '../incoming-request.ts'
import type { JsonObject } from '../json.ts'
import type { Answering } from '../route.ts'
import { presentedCertificate } from './certificate.ts'
import type { OAuthHeaders } from './facts.ts'
import type { FoundToken, OAuthTokens } from './oauth-tokens.ts'
import { problemOfHeaders } from './required-headers.ts'

/** Puts an operation of the API behind an access token (RFC 6750). */
export type Guarded = (answer: (call: Call, token: FoundToken) => Answer) => Answering

export interface GuardOptions {
  readonly tokens: OAuthTokens
  readonly headers: OAuthHeaders
  readonly errorBody: (error: string, status: number) => JsonObject
}

export const createGuard = ({ tokens, headers, errorBody }: GuardOptions): Guarded => {
  const refused = (detail: string, status: number, error = ''): Answer => ({
    status,
    detail,
    headers: { 'www-authenticate': `Bearer realm="simulator"${error && `, error="${error}"`}` },
    body: errorBody(error, status),
  })
  return (answer) => async (call) => {
    const problem = problemOfHeaders(call.headers, headers)
    if (problem !== undefined) return refused(problem, 400, 'invalid_request')
    // RFC 6750 §2.3, and RFC 9700 §4.3.2: a token in an address is a token in logs.
    if (call.url.searchParams.has('access_token')) {
      return refused('query.access_token: a token is sent in the Authorization header', 400, 'invalid_request')
    }
    const value = bearerToken(call.headers)
    // RFC 6750 §3.1: no error where no token was sent.
    if (value === undefined) return refused('header.authorization: access token missing', 401)
    const token = tokens.find(value)
    if (token?.kind !== 'access' || token.state !== 'live') {
      const state = token?.kind === 'access' ? token.state : 'unknown'
      return refused(`header.authorization: access token ${state}`, 401, 'invalid_token')
    }
    const bound = token.owner.certificate
    if (bound !== undefined && bound !== (await presentedCertificate(call.headers)))
      return refused('the token is bound to another certificate', 401, 'invalid_token')
    return answer(call, token)
  }
}
