import { isObject, type JsonObject, objectIn, stringIn } from '../../spec/json.ts'
import { dereference, follow } from '../../spec/references.ts'
import type { Content } from '../plan.ts'
import { type Field, fieldsOf, importedSchema } from './imported-schema.ts'

/** A POST of another document whose name speaks of tokens. */
export interface TokenEndpoint {
  readonly path: string
  readonly operation: JsonObject
  readonly content: Content
  /** Of its body, without references; none: it takes no body, or one that can't be told. */
  readonly request: JsonObject | undefined
  readonly status: string
  /** Of its answer, without references; none: the document doesn't describe it. */
  readonly answer: JsonObject | undefined
  /** Where the answer has the token. */
  readonly accessToken: Field | undefined
}

/** Whatever may issue tokens, in the order of the document. */
export function tokenEndpoints(document: JsonObject): readonly TokenEndpoint[] {
  return Object.entries(objectIn(document, 'paths')).flatMap(([path, item]) => {
    const operation = follow(document, objectIn(follow(document, item), 'post'))
    if (!speaksOfTokens(path, operation)) return []
    const media = Object.entries(objectIn(follow(document, operation['requestBody']), 'content'))
    const form = media.find(([type]) => type === 'application/x-www-form-urlencoded')
    const json = media.find(([type]) => /\bjson\b/.test(type))
    const [status = '200', response] =
      Object.entries(objectIn(operation, 'responses')).find(([code]) => /^2\d\d$/.test(code)) ?? []
    const answer = jsonOf(document, follow(document, response))
    return [
      {
        path,
        operation,
        content: form !== undefined && json === undefined ? 'form' : 'json',
        request: schemaOf(document, (json ?? form)?.[1]),
        status,
        answer,
        accessToken: answer && fieldsOf(answer).find(({ name, type }) => type === 'string' && isAccessToken(name)),
      },
    ]
  })
}

function speaksOfTokens(path: string, operation: JsonObject): boolean {
  const { operationId, summary, tags } = operation
  const words = JSON.stringify([path, operationId, summary, tags])
  return Object.keys(operation).length > 0 && /auth|token|login|session|sess[ãa]o/i.test(words)
}

function isAccessToken(name: string): boolean {
  return /^(access_?token|token|jwt|session_?token|data)$/i.test(name)
}

function jsonOf(document: JsonObject, holder: JsonObject): JsonObject | undefined {
  const [, media] = Object.entries(objectIn(holder, 'content')).find(([type]) => /\bjson\b/.test(type)) ?? []
  return schemaOf(document, media)
}

/** A schema without references; none where it contains itself. */
function schemaOf(document: JsonObject, media: JsonObject[string] | undefined): JsonObject | undefined {
  const schema = media === undefined ? {} : objectIn(media, 'schema')
  if (Object.keys(schema).length === 0) return undefined
  try {
    const whole = dereference(document, schema)
    return isObject(whole) ? importedSchema(whole) : undefined
  } catch {
    return undefined
  }
}

/** The operation's name, where it is one in TypeScript too. */
export function operationIdOf({ operation }: TokenEndpoint): string {
  const words = (stringIn(operation, 'operationId') ?? '').match(/[A-Za-z0-9]+/g) ?? []
  const name = words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('')
  return /^[A-Za-z]\w{2,30}$/.test(name) ? name : 'issueToken'
}
