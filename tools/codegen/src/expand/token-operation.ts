import { isObject, type Json, type JsonObject, objectIn } from '../spec/json.ts'
import { pointerSegments } from '../spec/json-pointer.ts'
import type { AnswerMatcher, StandardLifecycle } from '../spec/lifecycle.ts'
import { FORM } from '../spec/operations.ts'
import type { Flow } from './check-flow.ts'
import { clientFields } from './standard-lifecycle.ts'

const TEXT = { type: 'string' }
// What the facts point to and RFC 6749 does not know.
const PLAIN = { type: ['string', 'number', 'boolean'] }

/** A document to which a token endpoint was added. */
interface TokenOperation {
  readonly document: JsonObject
  readonly operationId: string
  /** The names of the schemas that were added. */
  readonly schemas: readonly string[]
}

/** The document with the operation that issues tokens (RFC 6749 §3.2). */
export function withTokenOperation(document: JsonObject, { path }: Flow, facts: StandardLifecycle): TokenOperation {
  const operationId = uniqueId(document, 'issueToken')
  const isBasic = facts.client !== 'body'
  const matchers = [...(facts.denied ?? []), ...(facts.misconfigured ?? [])]
  const statuses = [400, 401, ...matchers.map(({ status }) => status)].filter((status) => !isSuccess(status))
  const components = objectIn(document, 'components')
  const token = unusedName(objectIn(components, 'schemas'), 'OAuthToken')
  const failure = unusedName(objectIn(components, 'schemas'), 'OAuthError')
  const error = {
    description: 'An error (RFC 6749 §5.2).',
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${failure}` } } },
  }
  const operation = {
    operationId,
    summary: 'Issues tokens (RFC 6749 §3.2).',
    security: isBasic ? [{ oauthClient: [] }] : [],
    'x-retry': { replay: 'unprocessed' },
    parameters: Object.keys(facts.parameters ?? {}).map(parameterOf),
    requestBody: {
      required: true,
      content: { [facts.content === 'form' ? FORM : 'application/json']: { schema: requestSchema(facts) } },
    },
    responses: {
      '200': {
        description: 'The token.',
        content: { 'application/json': { schema: { $ref: `#/components/schemas/${token}` } } },
      },
      ...Object.fromEntries(statuses.filter((status) => status !== '4XX').map((status) => [String(status), error])),
    },
  }
  return {
    operationId,
    schemas: [token, failure],
    document: {
      ...document,
      paths: { ...objectIn(document, 'paths'), [path]: { post: operation } },
      components: {
        ...components,
        securitySchemes: {
          ...objectIn(components, 'securitySchemes'),
          ...(isBasic && { oauthClient: { type: 'http', scheme: 'basic' } }),
        },
        schemas: {
          ...objectIn(components, 'schemas'),
          [token]: answerSchema(facts, matchers),
          [failure]: errorSchema(matchers),
        },
      },
    },
  }
}

function requestSchema(facts: StandardLifecycle): JsonObject {
  const fields = ['scope', ...Object.keys(clientFields(facts)), ...Object.keys(facts.body ?? {})]
  const schema: JsonObject = {
    type: 'object',
    required: ['grant_type'],
    properties: { grant_type: { type: 'string', enum: ['client_credentials'] } },
  }
  return fields.reduce(
    (one, field) => withField(one, field.startsWith('/') ? pointerSegments(field) : [field], TEXT),
    schema,
  )
}

function answerSchema(facts: StandardLifecycle, matchers: readonly AnswerMatcher[]): JsonObject {
  const { expires, granted, meta = {}, secrets = {} } = facts
  const at = typeof expires === 'object' && 'at' in expires ? expires.at : undefined
  const pointers = [granted, at, ...Object.values(meta), ...Object.values(secrets)].flatMap((text) => {
    const pointer = /^\$response\.body#(\/.+)$/.exec(text ?? '')?.[1]
    return pointer === undefined ? [] : [pointer]
  })
  const matched = matchers.filter(({ status }) => isSuccess(status)).flatMap(({ body = {} }) => Object.keys(body))
  return withPlainFields([...pointers, ...matched], {
    access_token: TEXT,
    token_type: TEXT,
    expires_in: { type: ['integer', 'string'] },
    scope: TEXT,
  })
}

function errorSchema(matchers: readonly AnswerMatcher[]): JsonObject {
  const matched = matchers.filter(({ status }) => !isSuccess(status)).flatMap(({ body = {} }) => Object.keys(body))
  return withPlainFields(matched, { error: TEXT, error_description: TEXT, error_uri: TEXT })
}

function withPlainFields(pointers: readonly string[], properties: JsonObject): JsonObject {
  const schema: JsonObject = { type: 'object', properties }
  return pointers.reduce((one, pointer) => withField(one, pointerSegments(pointer), PLAIN), schema)
}

/** The schema with a field, and with the objects above it. One that is there stays as it is. */
function withField(schema: JsonObject, [name, ...below]: readonly string[], type: Json): JsonObject {
  if (name === undefined) return schema
  const properties = objectIn(schema, 'properties')
  const known = properties[name]
  if (below.length === 0)
    return known === undefined ? { ...schema, properties: { ...properties, [name]: type } } : schema
  const inner = isObject(known) ? known : { type: 'object', properties: {} }
  return { ...schema, properties: { ...properties, [name]: withField(inner, below, type) } }
}

function parameterOf(qualified: string): JsonObject {
  const dot = qualified.indexOf('.')
  return { name: qualified.slice(dot + 1), in: qualified.slice(0, dot), schema: TEXT }
}

function isSuccess(status: AnswerMatcher['status']): boolean {
  return String(status).startsWith('2')
}

function unusedName(names: JsonObject, name: string): string {
  return names[name] === undefined ? name : unusedName(names, `${name}2`)
}

function uniqueId(document: JsonObject, id: string): string {
  const items = Object.values(objectIn(document, 'paths')).flatMap((item) =>
    isObject(item) ? Object.values(item) : [],
  )
  const taken = items.map((operation) => (isObject(operation) ? operation['operationId'] : undefined))
  return taken.includes(id) ? uniqueId(document, `${id}2`) : id
}
