import { isObject, type Json, type JsonObject, type KeyPath, listIn, objectIn, stringIn } from './json.ts'
import type { ReplayClass } from './lifecycle.ts'
import { follow } from './references.ts'

/** One operation of a document, with what the generator needs to know about it. */
export interface Operation {
  readonly id: string
  /** Upper case. */
  readonly method: string
  readonly path: string
  readonly at: KeyPath
  /** Those of the path included. */
  readonly parameters: readonly Parameter[]
  readonly body: Body | undefined
  readonly success: Success | undefined
  /** The statuses that are listed, `default` included. */
  readonly statuses: readonly string[]
  /** The names of all security schemes that are mentioned. */
  readonly security: readonly string[]
  /** Each entry is enough; all schemes of one are needed together. */
  readonly requirements: readonly (readonly string[])[]
  /** The operation says nothing about security, so the document's security applies. */
  readonly inheritsSecurity: boolean
  readonly replay: ReplayClass
}

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required: boolean
  readonly schema: Json | undefined
}

interface Body {
  readonly required: boolean
  /** Every media type that is listed. */
  readonly mediaTypes: readonly string[]
  /** How it is sent; `undefined` where it cannot be. */
  readonly content: 'json' | 'form' | undefined
  /** The form says how its fields are encoded. */
  readonly isEncoded: boolean
  /** Of the media type that is sent. */
  readonly schema: Json | undefined
  readonly at: KeyPath
}

/** The first 2xx answer that is documented. */
interface Success {
  readonly status: string
  /** The names of the headers that are described. */
  readonly headers: readonly string[]
  /** Every media type that is listed. */
  readonly mediaTypes: readonly string[]
  /** Of its JSON body; may be a reference. */
  readonly schema: Json | undefined
}

export const FORM = 'application/x-www-form-urlencoded'

const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'])

// RFC 9110 §9.2.2: these may be sent again without being asked.
const IDEMPOTENT = new Set(['get', 'put', 'delete', 'options', 'head', 'trace'])

/** The operations of a document, in its order. */
export function readOperations(document: JsonObject): readonly Operation[] {
  return Object.entries(objectIn(document, 'paths')).flatMap(([path, item]) =>
    Object.entries(isObject(item) ? item : {}).flatMap(([method, operation]) =>
      METHODS.has(method) && isObject(operation) ? [readOperation(document, path, method, item, operation)] : [],
    ),
  )
}

function readOperation(
  document: JsonObject,
  path: string,
  method: string,
  item: Json,
  operation: JsonObject,
): Operation {
  const replay = stringIn(operation['x-retry'], 'replay')
  const requirements = readRequirements(operation['security'] ?? document['security'])
  return {
    id: stringIn(operation, 'operationId') ?? '',
    method: method.toUpperCase(),
    path,
    at: ['paths', path, method],
    parameters: readParameters(document, [...listIn(item, 'parameters'), ...listIn(operation, 'parameters')]),
    body: readBody(document, operation['requestBody'], ['paths', path, method, 'requestBody']),
    success: readSuccess(document, objectIn(operation, 'responses')),
    statuses: Object.keys(objectIn(operation, 'responses')),
    security: [...new Set(requirements.flat())],
    requirements,
    inheritsSecurity: operation['security'] === undefined,
    replay: isReplayClass(replay) ? replay : IDEMPOTENT.has(method) ? 'always' : 'unprocessed',
  }
}

function isReplayClass(value: string | undefined): value is ReplayClass {
  return value === 'always' || value === 'unprocessed' || value === 'never'
}

/** A parameter of the operation replaces one of its path with the same name and place. */
function readParameters(document: JsonObject, parameters: readonly Json[]): readonly Parameter[] {
  const byPlace = new Map<string, Parameter>()
  for (const parameter of parameters.map((reference) => follow(document, reference))) {
    const name = stringIn(parameter, 'name') ?? ''
    const place = stringIn(parameter, 'in') ?? ''
    const required = parameter['required'] === true
    byPlace.set(`${place}.${name}`, { name, in: place, required, schema: parameter['schema'] })
  }
  return [...byPlace.values()]
}

function readBody(document: JsonObject, reference: Json | undefined, at: KeyPath): Body | undefined {
  if (reference === undefined) return undefined
  const body = follow(document, reference)
  const mediaTypes = Object.keys(objectIn(body, 'content'))
  const form = objectIn(body, 'content')[FORM]
  const json = jsonSchemaOf(body)
  return {
    required: body['required'] === true,
    mediaTypes,
    content: json !== undefined ? 'json' : form !== undefined ? 'form' : undefined,
    isEncoded: isObject(form) && form['encoding'] !== undefined,
    schema: json ?? (isObject(form) ? (form['schema'] ?? {}) : undefined),
    at,
  }
}

function readSuccess(document: JsonObject, responses: JsonObject): Success | undefined {
  const status = Object.keys(responses).find((name) => /^2(\d\d|XX)$/.test(name))
  if (status === undefined) return undefined
  const answer = follow(document, responses[status])
  const mediaTypes = Object.keys(objectIn(answer, 'content'))
  return { status, headers: Object.keys(objectIn(answer, 'headers')), mediaTypes, schema: jsonSchemaOf(answer) }
}

function isJsonType(mediaType: string): boolean {
  return /^application\/(.+\+)?json\b/.test(mediaType)
}

/** The described answers with that status or in that range; those of `default` where there is no other. */
export function answersOf(
  document: JsonObject,
  { at }: Pick<Operation, 'at'>,
  status: number | string,
): readonly JsonObject[] {
  const [paths, path, method] = at
  const operation = objectIn(objectIn(objectIn(document, String(paths)), String(path)), String(method))
  const responses = objectIn(operation, 'responses')
  const wanted = new RegExp(`^${String(status).replaceAll('X', '[0-9X]')}$`)
  const exact = Object.keys(responses).filter((name) => wanted.test(name))
  const range = `${String(status)[0]}XX`
  const names = exact.length > 0 ? exact : [Object.hasOwn(responses, range) ? range : 'default']
  return names.flatMap((name) => (responses[name] === undefined ? [] : [follow(document, responses[name])]))
}

/** The schema of the JSON representation of a body; an empty one where it is not described. */
export function jsonSchemaOf(body: JsonObject): Json | undefined {
  const [, media] = Object.entries(objectIn(body, 'content')).find(([type]) => isJsonType(type)) ?? []
  return isObject(media) ? (media['schema'] ?? {}) : undefined
}

function readRequirements(requirements: Json | undefined): readonly (readonly string[])[] {
  const list = Array.isArray(requirements) ? requirements : []
  return list.flatMap((requirement: Json) => (isObject(requirement) ? [Object.keys(requirement)] : []))
}
