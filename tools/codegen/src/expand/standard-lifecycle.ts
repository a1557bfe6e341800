import { isJson, isObject, type JsonObject } from '../spec/json.ts'
import { type AnswerMatcher, type Expires, isStated, type StandardLifecycle } from '../spec/lifecycle.ts'

const ANSWER = '$response.body#'

/** The lifecycle that the standard and the facts amount to. */
export function standardLifecycle(facts: StandardLifecycle, operationId: string): JsonObject {
  const { parameters, body, granted, meta, secrets, repeat, api, rejected, persist } = facts
  const security = clientSecurity(facts)
  const lifecycle: unknown = {
    inputs: inputsOf(facts),
    acquire: {
      operationId,
      ...(parameters && { parameters }),
      body: {
        grant_type: 'client_credentials',
        scope: { scopes: '$account.scopes', ...facts.scopes },
        ...clientFields(facts),
        ...body,
      },
      ...(security && { security }),
      token: `${ANSWER}/access_token`,
      expires: endOf(facts.expires),
      granted: granted ?? `${ANSWER}/scope`,
      ...(meta && { meta }),
      ...(secrets && { secrets }),
      ...meaningsOf(facts),
      repeat,
    },
    ...(api && { api }),
    ...(rejected && { rejected }),
    ...(persist === false && { persist }),
  }
  if (!isJson(lifecycle) || !isObject(lifecycle)) throw new TypeError('a lifecycle is JSON')
  return lifecycle
}

/** RFC 6749 §2.3.1: the client sends its secret in one way, never in two. */
export function clientFields({ client }: StandardLifecycle): Readonly<Record<string, string>> {
  return client === 'body' ? { client_id: '$inputs.clientId', client_secret: '$inputs.clientSecret' } : {}
}

function clientSecurity({ client }: StandardLifecycle): object | undefined {
  if (client === 'body') return undefined
  const pair = { username: '$inputs.clientId', password: '$inputs.clientSecret' }
  return { oauthClient: client === 'basic-encoded' ? { ...pair, encoded: true } : pair }
}

function inputsOf({ inputs = {} }: StandardLifecycle): object {
  const { clientId, clientSecret, ...others } = inputs
  return {
    clientId: { description: 'The client ID of the application.', ...clientId, identity: true },
    clientSecret: { description: 'The client secret of the application.', ...clientSecret, secret: true },
    ...others,
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
  const codes = (...names: readonly string[]): AnswerMatcher => ({ status: '4XX', body: { '/error': names } })
  return {
    denied: [...denied, codes('invalid_client', 'unauthorized_client')],
    misconfigured: [...misconfigured, codes('invalid_request', 'invalid_scope', 'unsupported_grant_type')],
  }
}
