import { type AnswerMatcher, secretPlace } from '../spec/call.ts'
import { isObject, type Json, type JsonObject, objectIn } from '../spec/json.ts'
import { pointerSegments } from '../spec/json-pointer.ts'
import type { StandardLifecycle } from '../spec/lifecycle.ts'
import { FORM } from '../spec/operations.ts'
import { clientFields, clientSecurity } from './client.ts'
import { contentOf, type EndpointUse, type Grant, type SharedEndpoint } from './endpoints.ts'

const TEXT = { type: 'string' }
// What the facts point to and RFC 6749 does not know.
const PLAIN = { type: ['string', 'number', 'boolean'] }

const NAMES: Readonly<Record<Grant, string>> = {
  client_credentials: 'issueToken',
  authorization_code: 'issueToken',
  refresh_token: 'refreshToken',
  revocation: 'revokeToken',
}

/** The names that the operations point to. */
export interface SchemaNames {
  readonly token: string
  readonly failure: string
}

/** What the operation of an endpoint is called, where no other has the name. */
export function nameOf({ uses }: SharedEndpoint): string {
  return NAMES[uses[0]?.grant ?? 'client_credentials']
}

/** The operation of an endpoint (RFC 6749 §3.2, RFC 7009 §2). */
export function tokenOperation({ uses }: SharedEndpoint, operationId: string, names: SchemaNames): JsonObject {
  const isRevocation = uses.every(({ grant }) => grant === 'revocation')
  const content = uses.some((use) => contentOf(use) === 'form') ? FORM : 'application/json'
  const success = {
    description: 'The token.',
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${names.token}` } } },
  }
  return {
    operationId,
    summary: isRevocation ? 'Revokes a token (RFC 7009 §2).' : 'Issues tokens (RFC 6749 §3.2).',
    security: requirementsOf(uses),
    'x-retry': { replay: isRevocation ? 'always' : 'unprocessed' },
    parameters: unique(uses.flatMap(({ facts }) => Object.keys(facts.parameters ?? {}))).map(parameterOf),
    requestBody: {
      required: true,
      content: { [content]: { schema: isRevocation ? revocationSchema(uses) : requestSchema(uses) } },
    },
    responses: {
      '200': isRevocation ? { description: 'The token is revoked, or was unknown.' } : success,
      ...failures(uses, names),
    },
  }
}

function requirementsOf(uses: readonly EndpointUse[]): readonly JsonObject[] {
  const all = uses.map(({ facts }) => Object.keys(clientSecurity(facts) ?? {}))
  if (all.every((names) => names.length === 0)) return []
  return unique(all.map((names) => names.join(' '))).map((names) =>
    Object.fromEntries(names.split(' ').flatMap((name) => (name === '' ? [] : [[name, []]]))),
  )
}

function failures(uses: readonly EndpointUse[], { failure }: SchemaNames): JsonObject {
  const error = {
    description: 'An error (RFC 6749 §5.2).',
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${failure}` } } },
  }
  const statuses = [400, 401, ...uses.flatMap(({ facts }) => matchersOf(facts)).map(({ status }) => status)]
  const failing = statuses.filter((status) => !isSuccess(status) && status !== '4XX')
  return Object.fromEntries(failing.map((status) => [String(status), error]))
}

/** Of all grants and all schemes; only the grant is demanded. */
function requestSchema(uses: readonly EndpointUse[]): JsonObject {
  const grants = unique(uses.map(({ grant }) => grant))
  const fields = uses.flatMap(({ facts, grant }) => [
    ...fieldsOf(grant, facts),
    ...Object.keys(clientFields(facts)),
    ...Object.keys(facts.body ?? {}),
  ])
  const schema: JsonObject = {
    type: 'object',
    required: ['grant_type'],
    properties: { grant_type: { type: 'string', enum: grants, description: 'What is exchanged for a token.' } },
  }
  return withFields(fields, schema)
}

function fieldsOf(grant: Grant, { pkce }: StandardLifecycle): readonly string[] {
  if (grant === 'client_credentials') return ['scope']
  if (grant === 'refresh_token') return ['refresh_token']
  return ['code', 'redirect_uri', ...(pkce === 'unsupported' ? [] : ['code_verifier'])]
}

function revocationSchema(uses: readonly EndpointUse[]): JsonObject {
  const fields = uses.flatMap((use) => [
    'token',
    ...(contentOf(use) === 'form' ? ['token_type_hint'] : []),
    ...Object.keys(clientFields(use.facts)),
  ])
  return withFields(fields, { type: 'object', required: ['token'], properties: {} })
}

/** The schema of the answers of all schemes (RFC 6749 §5.1). */
export function answerSchema(schemes: readonly StandardLifecycle[]): JsonObject {
  const pointers = schemes.flatMap(pointersOf)
  const matched = schemes.flatMap(matchersOf).filter(({ status }) => isSuccess(status))
  const brings = schemes.some(({ refreshToken }) => refreshToken !== undefined)
  return withPlainFields([...pointers, ...matched.flatMap(({ body = {} }) => Object.keys(body))], {
    access_token: TEXT,
    token_type: TEXT,
    expires_in: { type: ['integer', 'string'] },
    ...(brings && { refresh_token: TEXT }),
    scope: TEXT,
  })
}

/** Where the facts say that the answer keeps something. */
function pointersOf(facts: StandardLifecycle): readonly string[] {
  const { expires, granted, meta = {}, secrets = {}, refreshToken } = facts
  const ends = [expires, refreshToken?.expires].map((end) =>
    typeof end === 'object' && 'at' in end ? end.at : undefined,
  )
  return [granted, ...ends, ...Object.values(meta), ...Object.values(secrets).map(secretPlace)].flatMap((text) => {
    const pointer = /^\$response\.body#(\/.+)$/.exec(text ?? '')?.[1]
    return pointer === undefined ? [] : [pointer]
  })
}

/** The schema of their errors (RFC 6749 §5.2). */
export function errorSchema(schemes: readonly StandardLifecycle[]): JsonObject {
  const matched = schemes.flatMap(matchersOf).filter(({ status }) => !isSuccess(status))
  return withPlainFields(
    matched.flatMap(({ body = {} }) => Object.keys(body)),
    { error: TEXT, error_description: TEXT, error_uri: TEXT },
  )
}

function matchersOf({ dead = [], denied = [], misconfigured = [] }: StandardLifecycle): readonly AnswerMatcher[] {
  return [...dead, ...denied, ...misconfigured]
}

function withPlainFields(pointers: readonly string[], properties: JsonObject): JsonObject {
  const schema: JsonObject = { type: 'object', properties }
  return pointers.reduce((one, pointer) => withField(one, pointerSegments(pointer), PLAIN), schema)
}

function withFields(fields: readonly string[], schema: JsonObject): JsonObject {
  return fields.reduce(
    (one, field) => withField(one, field.startsWith('/') ? pointerSegments(field) : [field], TEXT),
    schema,
  )
}

/** The schema with a field, and with the objects above it. One that is there stays as it is. */
function withField(schema: JsonObject, [name, ...below]: readonly string[], type: Json): JsonObject {
  if (name === undefined) return schema
  const properties = objectIn(schema, 'properties')
  const known = properties[name]
  if (below.length === 0)
    return known === undefined ? { ...schema, properties: { ...properties, [name]: type } } : schema
  // If the standard has a string, as in `error`, a provider may have an object; the schema then allows both.
  const fresh = { type: known === TEXT ? ['string', 'object'] : 'object', properties: {} }
  const inner = isObject(known) && known !== TEXT ? known : fresh
  return { ...schema, properties: { ...properties, [name]: withField(inner, below, type) } }
}

function parameterOf(qualified: string): JsonObject {
  const dot = qualified.indexOf('.')
  return { name: qualified.slice(dot + 1), in: qualified.slice(0, dot), schema: TEXT }
}

function isSuccess(status: AnswerMatcher['status']): boolean {
  return String(status).startsWith('2')
}

function unique<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Set(items)]
}
