import { isObject, type JsonObject, listIn, objectIn, stringIn } from '../spec/json.ts'
import { dereference, follow } from '../spec/references.ts'
import { carriedSchema, type Field, fieldsOf } from './carried-schema.ts'
import type { PlannedInput, ProviderPlan, TokenOperation } from './plan.ts'

/** The token operation of another document, as far as it fits the flow. */
export interface FoundOperation {
  readonly inputs: readonly PlannedInput[]
  readonly token: Omit<TokenOperation, 'mark'>
  readonly untold: readonly string[]
}

interface Candidate {
  readonly path: string
  readonly operation: JsonObject
  readonly status: string
  readonly answer: JsonObject
  readonly accessToken: Field
}

/** The operation that issues tokens, or a sentence that says why it cannot be told. */
export function findTokenOperation(document: JsonObject, plan: ProviderPlan): FoundOperation | string {
  const candidates = candidatesIn(document)
  const [best, ...others] = candidates.filter(({ path }) => !/refresh/i.test(path)).concat(candidates)
  if (best === undefined) {
    return 'The operation that issues tokens: no POST whose name speaks of tokens answers with a token in JSON.'
  }
  const request = requestOf(document, best.operation)
  if (request === 'not JSON') return `How POST ${best.path} takes its body: it is not JSON, so nothing of it was taken.`
  const bound = bindInputs(best, request, plan)
  if (typeof bound === 'string') return bound
  const expires = endOf(best, plan)
  const rivals = new Set(others.map(({ path }) => path).filter((path) => path !== best.path))
  return {
    inputs: bound.inputs,
    token: {
      operationId: stringIn(best.operation, 'operationId')?.replace(/\W/g, '') || 'issueToken',
      path: best.path,
      status: best.status,
      request,
      answer: best.answer,
      constants: bound.constants,
      accessToken: best.accessToken.pointer,
      ...expires,
    },
    untold: [
      ...(rivals.size > 0
        ? [`Which operation issues tokens: ${best.path} was taken, ${[...rivals].join(', ')} answer alike.`]
        : []),
      ...(expires.expires.format === 'undocumented' ? ['In what form the answer states the end of a token.'] : []),
      ...(plan.refresh === undefined ? [] : ['The operation that takes a refresh token: its path is a placeholder.']),
    ],
  }
}

function candidatesIn(document: JsonObject): readonly Candidate[] {
  return Object.entries(objectIn(document, 'paths')).flatMap(([path, item]) => {
    const operation = follow(document, objectIn(follow(document, item), 'post'))
    if (!speaksOfTokens(path, operation)) return []
    const [status, response] =
      Object.entries(objectIn(operation, 'responses')).find(([code]) => /^2\d\d$/.test(code)) ?? []
    const schema = jsonSchemaIn(follow(document, response))
    if (status === undefined || schema === undefined) return []
    const answer = resolved(document, schema)
    const accessToken = answer && fieldsOf(answer).find(({ name, type }) => type === 'string' && isAccessToken(name))
    return accessToken === undefined || answer === undefined ? [] : [{ path, operation, status, answer, accessToken }]
  })
}

function isAccessToken(name: string): boolean {
  return /^(access_?token|token|jwt|session_?token|data)$/i.test(name)
}

/** A schema without references; none where it contains itself. */
function resolved(document: JsonObject, schema: JsonObject): JsonObject | undefined {
  try {
    const whole = dereference(document, schema)
    return isObject(whole) ? carriedSchema(whole) : undefined
  } catch {
    return undefined
  }
}

function requestOf(document: JsonObject, operation: JsonObject): JsonObject | undefined | 'not JSON' {
  const holder = follow(document, operation['requestBody'])
  if (Object.keys(objectIn(holder, 'content')).length === 0) return undefined
  const schema = jsonSchemaIn(holder)
  return schema === undefined ? 'not JSON' : (resolved(document, schema) ?? 'not JSON')
}

interface Bound {
  readonly inputs: readonly PlannedInput[]
  readonly constants: Readonly<Record<string, string>>
}

/** Finds a place for each input of the flow; whatever else the operation requires has to be a constant. */
function bindInputs({ path }: Candidate, request: JsonObject | undefined, plan: ProviderPlan): Bound | string {
  const parameters = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? '')
  const wanted = plan.inputs.filter(({ sentIn }) => sentIn === 'path').length
  if (parameters.length !== wanted) {
    return `What goes into the path of POST ${path}: the flow ${plan.flow} has ${wanted === 0 ? 'no parameter' : 'one parameter'} there.`
  }
  const fields = request === undefined ? [] : fieldsOf(request).filter(({ pointer }) => pointer.lastIndexOf('/') === 0)
  const free = new Map(fields.map((field) => [field.name, field]))
  const inputs = plan.inputs.map((input): PlannedInput | string => {
    if (input.sentIn === 'bearer') return input
    if (input.sentIn === 'path') return named(input, parameters[0] ?? input.field)
    const field = [...free.values()].find(({ name }) => (input.kind === 'secret' ? SECRET : IDENTITY).test(name))
    if (field === undefined) return `Which field of POST ${path} takes ${input.name}.`
    free.delete(field.name)
    return named(input, field.name)
  })
  const unbound = inputs.find((input) => typeof input === 'string')
  if (unbound !== undefined) return unbound
  const required = listIn(request, 'required')
  const constants: Record<string, string> = {}
  for (const { name, constant } of free.values()) {
    const value = constant ?? plan.token.constants[name]
    if (value !== undefined) constants[name] = value
    else if (required.includes(name)) return `What POST ${path} wants in ${name}, which it requires.`
  }
  return { inputs: inputs.filter((input) => typeof input !== 'string'), constants }
}

/** Called as the vendor calls it, in our spelling: `api_key` as `apiKey`. Options of every provider keep their names. */
function named(input: PlannedInput, field: string): PlannedInput {
  const words = field.replace(/[^A-Za-z0-9]+(.)?/g, (_, letter: string = '') => letter.toUpperCase())
  const name = words.charAt(0).toLowerCase() + words.slice(1)
  return { ...input, field, name: /^[a-z]/.test(name) && !OPTIONS.includes(name) ? name : input.name }
}

const OPTIONS = ['account', 'server', 'store', 'fetch', 'retry', 'clock', 'random', 'namespace']

const SECRET = /secret|password|senha|passphrase|private/i
const IDENTITY =
  /^(?!grant)(.*(id|user(name)?|login|e-?mail|consumer_?key|public_?key|api_?key|key|account|cpf|cnpj))$/i

/** When the tokens end, where the answer's fields can be told apart. */
type Ends = Pick<TokenOperation, 'expires' | 'refreshToken' | 'refreshExpires'>

function endOf({ answer, accessToken }: Candidate, { refresh: refreshes }: ProviderPlan): Ends {
  const fields = fieldsOf(answer)
  const isRefresh = (name: string): boolean => /refresh/i.test(name)
  const ends = fields.filter(({ name }) => /expir|valid_?until|ends?_?at/i.test(name))
  const end = ends.find(({ name }) => !isRefresh(name))
  const refresh = fields.find(
    ({ name, type }) => type === 'string' && isRefresh(name) && !ends.some((one) => one.name === name),
  )
  const refreshEnd = ends.find(({ name }) => isRefresh(name))
  return {
    // A pointer has to lead somewhere: where no end is stated, the token itself stands there, and is not read.
    expires: {
      at: end?.pointer ?? accessToken.pointer,
      format: end?.format === 'date-time' ? 'rfc3339' : 'undocumented',
    },
    refreshToken: refreshes && refresh?.pointer,
    refreshExpires: refreshes && (refreshEnd?.pointer ?? refresh?.pointer),
  }
}

function speaksOfTokens(path: string, operation: JsonObject): boolean {
  const { operationId, summary, tags } = operation
  const words = JSON.stringify([path, operationId, summary, tags])
  return Object.keys(operation).length > 0 && /auth|token|login|session|sess[ãa]o/i.test(words)
}

/** The JSON of a request or an answer. */
function jsonSchemaIn(holder: JsonObject): JsonObject | undefined {
  const [, media] = Object.entries(objectIn(holder, 'content')).find(([type]) => /\bjson\b/.test(type)) ?? []
  const schema = media === undefined ? {} : objectIn(media, 'schema')
  return Object.keys(schema).length === 0 ? undefined : schema
}
