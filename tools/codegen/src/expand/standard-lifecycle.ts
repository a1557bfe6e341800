import { type AnswerMatcher, type Expires, isStated } from '../spec/call.ts'
import { isJson, isObject, type JsonObject } from '../spec/json.ts'
import type { StandardLifecycle } from '../spec/lifecycle.ts'
import type { Flow } from './check-flow.ts'
import { carriedBy, clientFields, clientSecurity, ownInputs } from './client.ts'
import { contentOf } from './endpoints.ts'

const ANSWER = '$response.body#'

/** What the document has besides the scheme. */
export interface Surroundings {
  /** The operation at an endpoint. */
  readonly idOf: (path: string) => string
  /** A person agrees to one of the tokens, so that one application has many accounts. */
  readonly hasConsent: boolean
}

/** The lifecycle that the standard and the facts amount to. */
export function standardLifecycle(
  facts: StandardLifecycle,
  flow: Flow,
  { idOf, hasConsent }: Surroundings,
): JsonObject {
  const carried = carriedBy(facts)
  const lifecycle: unknown = {
    inputs: inputsOf(facts, hasConsent),
    ...(flow.kind === 'clientCredentials'
      ? { acquire: acquireCall(facts, idOf(flow.token.path)) }
      : { consent: { request: consentRequest(facts, flow), exchange: exchangeCall(facts, idOf(flow.token.path)) } }),
    ...(flow.refresh && { refresh: refreshCall(facts, idOf(flow.refresh.path)) }),
    ...(flow.revoke && { revoke: revokeCall(facts, idOf(flow.revoke.path)) }),
    ...pick(carried === undefined ? facts : { ...facts, api: carried }, OF_LIFECYCLES),
  }
  if (!isJson(lifecycle) || !isObject(lifecycle)) throw new TypeError('a lifecycle is JSON')
  return lifecycle
}

/** The words that stay where they are. */
export const OF_LIFECYCLES: readonly string[] = ['api', 'rejected', 'persist', 'renew', 'limit', 'lockout', 'variables']

/** The words that say what each answer holds and means. */
export const OF_ANSWERS: readonly string[] = [
  'expires',
  'refreshToken',
  'tokenType',
  'granted',
  'meta',
  'secrets',
  'dead',
  'denied',
  'misconfigured',
]

function acquireCall(facts: StandardLifecycle, operationId: string): object {
  return {
    ...call(facts, operationId, { grant_type: 'client_credentials', scope: askedScopes(facts) }),
    ...answerOf(facts),
    ...meaningsOf(facts),
    repeat: facts.repeat,
  }
}

/** RFC 6749 §4.1.1. */
function consentRequest(facts: StandardLifecycle, { authorizationUrl }: Flow): object {
  const { authorization, pkce = 'unknown', issuer } = facts
  return {
    url: authorizationUrl,
    clientId: '$inputs.clientId',
    ...(authorization && { parameters: authorization }),
    scopes: askedScopes(facts),
    pkce,
    ...(issuer && { issuer }),
  }
}

/** RFC 6749 §4.1.3. */
function exchangeCall(facts: StandardLifecycle, operationId: string): object {
  const body = {
    grant_type: 'authorization_code',
    code: '$code',
    redirect_uri: '$redirectUri',
    ...(facts.pkce !== 'unsupported' && { code_verifier: '$verifier' }),
  }
  return { ...call(facts, operationId, body), ...answerOf(facts), dead: deadOf(facts), ...meaningsOf(facts) }
}

/** RFC 6749 §6. A refresh has no callback. */
function refreshCall(facts: StandardLifecycle, operationId: string): object {
  const body = { grant_type: 'refresh_token', refresh_token: '$token.refresh' }
  const { meta, ...others } = facts
  const kept = Object.entries(meta ?? {}).filter(([, text]) => !text.startsWith('$callback'))
  return {
    ...call(facts, operationId, body),
    ...answerOf(kept.length === 0 ? others : { ...others, meta: Object.fromEntries(kept) }),
    dead: deadOf(facts),
    ...meaningsOf(facts),
  }
}

/** RFC 7009 §2.1: a refresh token takes its access tokens with it. */
function revokeCall(facts: StandardLifecycle, operationId: string): object {
  const [token, hint] =
    facts.refreshToken === undefined ? ['$token.value', 'access_token'] : ['$token.refresh', 'refresh_token']
  const isForm = contentOf({ facts, grant: 'revocation' }) === 'form'
  const { body: _, ...ownFacts } = facts
  return call(ownFacts, operationId, { token, ...(isForm && { token_type_hint: hint }) })
}

function call(facts: StandardLifecycle, operationId: string, fields: object): object {
  const { parameters, body } = facts
  const security = clientSecurity(facts)
  return {
    operationId,
    ...(parameters && { parameters }),
    body: { ...fields, ...clientFields(facts), ...body },
    ...(security && { security }),
  }
}

function inputsOf(facts: StandardLifecycle, hasConsent: boolean): object {
  const { clientId, clientSecret, certificate, ...others } = facts.inputs ?? {}
  const hasSecret = ownInputs(facts).includes('clientSecret')
  return {
    clientId: {
      description: 'The client ID of the application.',
      ...clientId,
      // It would name all the accounts of an application alike, and one would get the token of another.
      ...(hasConsent ? { secret: false } : { identity: true }),
    },
    ...(hasSecret && {
      clientSecret: { description: 'The client secret of the application.', ...clientSecret, secret: true },
    }),
    ...(ownInputs(facts).includes('certificate') && {
      certificate: { description: 'The certificate of the application.', ...certificate, kind: 'certificate' },
    }),
    ...others,
  }
}

function askedScopes({ scopes }: StandardLifecycle): object {
  return { scopes: '$account.scopes', ...scopes }
}

/** RFC 6749 §5.1. */
function answerOf(facts: StandardLifecycle): object {
  const { refreshToken, tokenType, granted } = facts
  return {
    token: `${ANSWER}/access_token`,
    tokenType: { at: `${ANSWER}/token_type`, ...tokenType },
    expires: endOf(facts.expires),
    ...(refreshToken && { refreshToken: { token: `${ANSWER}/refresh_token`, ...refreshToken } }),
    granted: granted ?? `${ANSWER}/scope`,
    ...pick(facts, ['meta', 'secrets']),
  }
}

function endOf(expires: StandardLifecycle['expires']): object | Expires {
  const isWhole = typeof expires === 'string' || (expires !== undefined && 'after' in expires) || isEnd(expires)
  return isWhole && expires !== undefined
    ? expires
    : { at: `${ANSWER}/expires_in`, format: 'seconds', ...otherwise(expires) }
}

function isEnd(expires: StandardLifecycle['expires']): boolean {
  return typeof expires === 'object' && 'at' in expires && isStated(expires)
}

function otherwise(expires: StandardLifecycle['expires']): object {
  return typeof expires === 'object' && 'otherwise' in expires ? { otherwise: expires.otherwise } : {}
}

/** RFC 6749 §5.2. The provider's own answers are tried first. */
function meaningsOf({ denied = [], misconfigured = [] }: StandardLifecycle): object {
  return {
    denied: [...denied, codes('invalid_client', 'unauthorized_client')],
    misconfigured: [...misconfigured, codes('invalid_request', 'invalid_scope', 'unsupported_grant_type')],
  }
}

/** The refresh token that was sent, or the code. */
function deadOf({ dead = [] }: StandardLifecycle): readonly AnswerMatcher[] {
  return [...dead, codes('invalid_grant')]
}

function codes(name: string, ...others: readonly string[]): AnswerMatcher {
  return { status: '4XX', body: { '/error': others.length === 0 ? name : [name, ...others] } }
}

function pick(facts: StandardLifecycle, words: readonly string[]): object {
  return Object.fromEntries(Object.entries(facts).filter(([word]) => words.includes(word)))
}
