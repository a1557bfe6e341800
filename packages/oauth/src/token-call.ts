import {
  type AnswerMeanings,
  checkGrant,
  expectData,
  expectDone,
  expiry,
  formClient,
  type Grant,
  grantedScopes,
  optionalExpiry,
  type ProviderIo,
  seconds,
  type TypedClient,
  typedClient,
} from '@chaveiro/core/provider'
import type { ClientProof } from './client/client-authentication.ts'

/** What a standard token call sends. */
export type Fields = Readonly<Record<string, string>>

/** A successful answer of a token endpoint (RFC 6749 §5.1), before anything in it is believed. */
export interface TokenAnswer {
  access_token?: string
  token_type?: string
  expires_in?: number | string
  refresh_token?: string
  /** Not in the standard: Keycloak's end of a refresh token. */
  refresh_expires_in?: number | string
  scope?: string
}

interface Body {
  content: { 'application/x-www-form-urlencoded': Fields; 'application/json': Fields }
}

interface Endpoint<Answer> {
  post: {
    requestBody: Body
    responses: { 200: { content: { 'application/json': Answer } }; 400: { content: { 'application/json': object } } }
  }
}

/** An endpoint below its own address: the base URL of a client loses a slash at its end. */
interface EndpointPaths<Answer> {
  '': Endpoint<Answer>
  '/': Endpoint<Answer>
}

/** How the token endpoint's answers are read. */
export interface AnswerRules {
  /** The token goes into `Authorization: Bearer`, so it has to be of that type. */
  readonly isBearer: boolean
  readonly lifetimeMs: number | undefined
  readonly refreshTokenIdleMs: number | undefined
}

/** Sends a token call and reads its answer, as a generated provider does. */
export async function tokenCall(
  io: ProviderIo,
  endpoint: URL,
  content: 'form' | 'json',
  { headers = {}, fields = {} }: ClientProof,
  body: Fields,
): Promise<TokenAnswer> {
  const client = open<EndpointPaths<TokenAnswer>>(content)(endpoint, io)
  return expectData('the token endpoint', client.POST(endOf(endpoint), { headers, body: { ...body, ...fields } }))
}

/** RFC 7009 §2.1. Its body is a form, and of a success only the status counts. */
export async function revocationCall(
  io: ProviderIo,
  endpoint: URL,
  { headers = {}, fields = {} }: ClientProof,
  body: Fields,
): Promise<void> {
  const client = formClient<EndpointPaths<object>>(endpoint, io)
  const call = client.POST(endOf(endpoint), { headers, body: { ...body, ...fields } })
  await expectDone('the revocation endpoint', call)
}

/** Reads an answer; the readers check what the types cannot. `asked`: the scopes that the call asked for. */
export function toGrant(io: ProviderIo, answer: TokenAnswer, rules: AnswerRules, asked?: string): Grant {
  return checkGrant({
    accessToken: answer.access_token,
    expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: rules.lifetimeMs }),
    refreshToken: answer.refresh_token,
    refreshExpiresAt: optionalExpiry(io, seconds(answer.refresh_expires_in), { idleMs: rules.refreshTokenIdleMs }),
    ...(rules.isBearer && { tokenType: answer.token_type }),
    scopes: grantedScopes(answer.scope, { asked }),
  })
}

/** What the answers mean (RFC 6749 §5.2): what `standard: oauth2` of a spec becomes. */
export const MEANINGS: AnswerMeanings = {
  dead: [{ status: '4XX', body: { '/error': 'invalid_grant' } }],
  denied: [{ status: '4XX', body: { '/error': ['invalid_client', 'unauthorized_client'] } }],
  misconfigured: [
    { status: '4XX', body: { '/error': ['invalid_request', 'invalid_scope', 'unsupported_grant_type'] } },
  ],
}

function open<Paths extends object>(content: 'form' | 'json'): (server: URL, io: ProviderIo) => TypedClient<Paths> {
  return content === 'form' ? formClient<Paths> : typedClient<Paths>
}

function endOf({ href }: URL): '' | '/' {
  return href.endsWith('/') ? '/' : ''
}
