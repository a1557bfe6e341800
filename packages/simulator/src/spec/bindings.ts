import { FORM, parseForm } from '../form.ts'
import type { Call } from '../incoming-request.ts'
import { isJsonObject, type Json, type JsonObject, textIn } from '../json.ts'
import { mediaType } from '../media-type.ts'
import { bytesOfBase64, textOfBytes } from '../oauth/digest.ts'
import type { JsonSchema, OpenApiOperation } from '../openapi-document.ts'
import { type BoundValue, readBoundValue } from './bound-value.ts'
import { schemaAt, valueAt } from './pointer.ts'
import type { SpecScheme } from './spec-scheme.ts'

/** A place of a request, and what has to be there. */
export interface Binding {
  /** As problems name it: `body.grant_type`. */
  readonly where: string
  readonly bound: BoundValue
  readonly optional: boolean
  /** Of the value, where the document describes it. */
  readonly schema: JsonSchema | undefined
  /** What is there. */
  readonly read: (call: Call) => Json | undefined
}

interface Surroundings {
  readonly documented: OpenApiOperation
  readonly schemes: ReadonlyMap<string, SpecScheme>
  readonly inputs: JsonObject
  readonly needsVerifier: boolean
}

type Place = Pick<Binding, 'where' | 'read' | 'schema'>

/** Everything that a call binds. */
export const bindingsOf = (facts: JsonObject, surroundings: Surroundings): readonly Binding[] => {
  const bound = (place: Place, value: Json): Binding => {
    const read = readBoundValue(value)
    return { ...place, bound: read, optional: isOptional(read, surroundings) }
  }
  const { parameters, body, security } = facts
  return [
    ...entriesOf(parameters).map(([name, value]) => bound(parameterPlace(name, surroundings), value)),
    ...entriesOf(body).map(([name, value]) => bound(bodyPlace(name, surroundings), value)),
    ...entriesOf(security).flatMap(([name, value]) =>
      securityPlaces(surroundings.schemes.get(name), value).map(([place, part]) => bound(place, part)),
    ),
  ]
}

const entriesOf = (value: Json | undefined): readonly (readonly [string, Json])[] =>
  isJsonObject(value) ? Object.entries(value) : []

const isOptional = (bound: BoundValue, { inputs, needsVerifier }: Surroundings): boolean => {
  if (bound.kind === 'verifier') return !needsVerifier
  if (bound.kind === 'scopes') return !bound.demanded
  const input = bound.kind === 'input' ? inputs[bound.name] : undefined
  return isJsonObject(input) && input['optional'] === true
}

const parameterPlace = (qualified: string, { documented }: Surroundings): Place => {
  const [, place = '', name = ''] = /^(\w+)\.(.+)$/.exec(qualified) ?? []
  const described = documented.parameters?.find((one) => one.in === place && one.name === name)
  return {
    where: qualified,
    schema: described?.schema,
    read: ({ url, headers, params }) => {
      if (place === 'query') return url.searchParams.get(name) ?? undefined
      return place === 'path' ? params[name] : (headers.get(name) ?? undefined)
    },
  }
}

const bodyPlace = (name: string, { documented }: Surroundings): Place => {
  const pointer = name.startsWith('/') ? name : `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
  const [media] = Object.values(documented.requestBody?.content ?? {})
  return {
    where: `body${pointer.replaceAll('/', '.')}`,
    schema: schemaAt(media?.schema, pointer),
    read: (call) => valueAt(mediaType(call.headers) === FORM ? parseForm(call.text) : call.body, pointer),
  }
}

/** A pair, a key in a header, or a token that the caller brought. A certificate isn't in the request. */
const securityPlaces = (scheme: SpecScheme | undefined, value: Json): readonly (readonly [Place, Json])[] => {
  if (scheme === undefined || scheme.kind === 'certificate') return []
  if (!isJsonObject(value)) {
    const read = ({ headers }: Call): string | undefined => carriedIn(headers, scheme)
    return [[{ where: `header.${scheme.header}`, schema: undefined, read }, value]]
  }
  const isEncoded = value['encoded'] === true
  return (['username', 'password'] as const).map((part, index) => [
    {
      where: `header.authorization (${part})`,
      schema: undefined,
      read: ({ headers }) => basicPair(headers, isEncoded)?.[index],
    },
    textIn(value, part) ?? null,
  ])
}

/** The token or key that a request carries for a scheme. */
export const carriedIn = (headers: Headers, { header, word }: SpecScheme): string | undefined => {
  const text = headers.get(header)
  if (text === null || word === undefined) return text ?? undefined
  const [, given, token] = /^(\S+) +(\S+)$/.exec(text) ?? []
  // RFC 9110 §11.1: whatever its case.
  return given?.toLowerCase() === word ? token : undefined
}

/** RFC 7617 has the pair as it is, RFC 6749 §2.3.1 both parts encoded as a form. */
const basicPair = (headers: Headers, isEncoded: boolean): readonly string[] | undefined => {
  const text = textOfBytes(bytesOfBase64(/^basic +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? '')) ?? ''
  const colon = text.indexOf(':')
  if (colon < 0) return undefined
  const parts = [text.slice(0, colon), text.slice(colon + 1)]
  return isEncoded ? parts.map((part) => new URLSearchParams(`_=${part}`).get('_') ?? '') : parts
}
