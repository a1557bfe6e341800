// What a document of the vocabulary says, as its server has to know it (docs/write-a-spec.md). It was checked before, and its
// `standard: oauth2` is written out; what doesn't fit is left out here. Nothing is shared with the generator, so that a
// mistake in one of them shows against the other.

import { isJsonObject, type Json, type JsonObject, textIn } from '../json.ts'
import type { OpenApiDocument, OpenApiOperation } from '../openapi-document.ts'
import { type Binding, bindingsOf } from './bindings.ts'
import type { SpecScheme } from './spec-scheme.ts'

/** A spec that can be played: `chaveiro simulate --from` reads one. */
export interface PlayableSpec {
  /** The provider's id. */
  readonly id: string
  /** Checked, `standard: oauth2` written out, every `$ref` resolved, and with its lifecycles. */
  readonly document: OpenApiDocument
}

/** An operation of the document. */
export interface SpecOperation {
  readonly id: string
  readonly method: string
  /** As documented, and below the paths of its servers: clients of other kinds replace the host alone. */
  readonly paths: readonly string[]
  readonly documented: OpenApiOperation
  /** Each is enough; all schemes of one are needed together. */
  readonly alternatives: readonly (readonly string[])[]
}

/** What a call of a lifecycle is for. */
export type CallKey = 'acquire' | 'show' | 'exchange' | 'refresh' | 'revoke' | 'list'

/** A call of a lifecycle. */
export interface SpecCall {
  readonly key: CallKey
  readonly scheme: SpecScheme
  readonly operation: SpecOperation
  /** The words of the call. */
  readonly facts: JsonObject
  readonly bindings: readonly Binding[]
}

/** A document, read. */
export interface SpecFacts {
  readonly operations: readonly SpecOperation[]
  readonly schemes: ReadonlyMap<string, SpecScheme>
  /** Those that its operations issue tokens for. */
  readonly issued: readonly SpecScheme[]
  readonly calls: readonly SpecCall[]
  /** What an account is, by name: the inputs that a request can bring. */
  readonly inputs: ReadonlyMap<string, JsonObject>
  /** What lets a request of the API in, if it isn't an operation of the document. */
  readonly alternatives: readonly (readonly string[])[]
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch']

export const readSpec = ({ document }: PlayableSpec): SpecFacts => {
  const schemes = new Map(
    Object.entries(objectIn(document.components, 'securitySchemes')).map(([name, scheme]) => [
      name,
      readScheme(name, scheme),
    ]),
  )
  const issued = [...schemes.values()].filter(
    ({ lifecycle }) => lifecycle !== undefined && lifecycle['supplied'] === undefined,
  )
  const operations = readOperations(document)
  return {
    operations,
    schemes,
    issued,
    inputs: readInputs(issued),
    alternatives: requirementsOf(document.security),
    calls: issued.flatMap((scheme) => readCalls(scheme, { operations, schemes })),
  }
}

const readScheme = (name: string, value: Json): SpecScheme => {
  const scheme = isJsonObject(value) ? value : {}
  const type = textIn(scheme, 'type')
  const word = textIn(scheme, 'scheme')?.toLowerCase()
  return {
    name,
    kind: type === 'mutualTLS' ? 'certificate' : word === 'basic' ? 'basic' : 'token',
    header: (type === 'apiKey' ? (textIn(scheme, 'name') ?? '') : 'authorization').toLowerCase(),
    word: type === 'apiKey' ? undefined : word,
    lifecycle: isJsonObject(scheme['x-token-lifecycle']) ? scheme['x-token-lifecycle'] : undefined,
  }
}

const readOperations = (document: OpenApiDocument): readonly SpecOperation[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, documented]) => {
      if (!METHODS.includes(method)) return []
      const bases = (document.servers ?? []).map(({ url }) => basePath(url))
      return [
        {
          id: documented.operationId,
          method: method.toUpperCase(),
          paths: [...new Set([path, ...bases.map((base) => `${base}${path}`)])],
          documented,
          alternatives: requirementsOf(documented.security ?? document.security),
        },
      ]
    }),
  )

/** The path of a server's URL, which may have variables in its host. */
const basePath = (url: string): string => url.replace(/^[a-z]+:\/\/[^/]*/, '').replace(/\/$/, '')

const requirementsOf = (security: readonly JsonObject[] | undefined): readonly (readonly string[])[] =>
  (security ?? []).map((requirement) => Object.keys(requirement))

/** Of several lifecycles the inputs are one object. Those in a host's name aren't in any request. */
const readInputs = (issued: readonly SpecScheme[]): ReadonlyMap<string, JsonObject> => {
  const inHosts = issued.flatMap(({ lifecycle }) => Object.values(objectIn(lifecycle, 'variables')))
  return new Map(
    issued.flatMap(({ lifecycle }) =>
      Object.entries(objectIn(lifecycle, 'inputs')).flatMap(([name, input]) => {
        const isElsewhere = inHosts.includes(`$inputs.${name}`)
        const isSent = isJsonObject(input) && input['kind'] !== 'duration' && input['kind'] !== 'certificate'
        return isSent && !isElsewhere ? [[name, input] as const] : []
      }),
    ),
  )
}

const readCalls = (
  scheme: SpecScheme,
  { operations, schemes }: Pick<SpecFacts, 'operations' | 'schemes'>,
): readonly SpecCall[] => {
  const { acquire, consent, refresh, revoke, list } = scheme.lifecycle ?? {}
  const { shown, exchange, request }: JsonObject = isJsonObject(consent) ? consent : {}
  const needsVerifier = shown !== undefined || textIn(request, 'pkce') === 'required'
  const inputs = objectIn(scheme.lifecycle, 'inputs')
  const written: readonly (readonly [CallKey, Json | undefined])[] = [
    ['acquire', acquire],
    ['show', shown],
    ['exchange', exchange],
    ['refresh', refresh],
    ['revoke', revoke],
    ['list', list],
  ]
  return written.flatMap(([key, facts]) => {
    if (!isJsonObject(facts)) return []
    const operation = operations.find(({ id }) => id === textIn(facts, 'operationId'))
    if (operation === undefined) return []
    const bindings = bindingsOf(facts, { documented: operation.documented, schemes, inputs, needsVerifier })
    return [{ key, scheme, operation, facts, bindings }]
  })
}

/** The object under a name, or an empty one. */
export const objectIn = (parent: JsonObject | undefined, name: string): JsonObject => {
  const value = parent?.[name]
  return isJsonObject(value) ? value : {}
}
