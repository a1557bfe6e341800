import { isObject, type Json, type JsonObject, objectIn, stringIn } from '../spec/json.ts'
import type { Origin } from '../spec/origin.ts'
import type { Problem } from '../spec/problem.ts'
import type { Vocabulary } from '../spec/vocabulary.ts'
import { checkFlow } from './check-flow.ts'
import { CERTIFICATE, isBasic } from './client.ts'
import { checkEndpoints, endpointsOf, type Subject } from './endpoints.ts'
import { originsOf } from './origins.ts'
import { type Surroundings, standardLifecycle } from './standard-lifecycle.ts'
import { answerSchema, errorSchema, nameOf, tokenOperation } from './token-operation.ts'

/** A document with ordinary operations and lifecycles in place of `standard: oauth2`. */
export interface Expansion {
  readonly document: JsonObject
  readonly origins: readonly Origin[]
  /** Why a scheme was left as it is. */
  readonly problems: readonly Problem[]
}

/** Writes `standard: oauth2` out. Pure: nothing but the document is read, and it stays as it is. */
export function expandStandard(source: JsonObject, vocabulary: Vocabulary): Expansion {
  const found = Object.entries(objectIn(source['components'], 'securitySchemes')).map(([name, scheme]) =>
    readSubject(source, name, scheme, vocabulary),
  )
  const subjects = found.flatMap((one) => ('flow' in one ? [one] : []))
  const problems = [...found.flatMap((one) => ('flow' in one ? [] : one)), ...checkEndpoints(subjects)]
  // One scheme alone would share its endpoints with none of the others.
  if (problems.length > 0 || subjects.length === 0) return { document: source, origins: [], problems }
  return { ...written(source, subjects), problems }
}

/** What a scheme states in the words of the standard, or what is wrong with it; nothing, where it does not. */
function readSubject(
  source: JsonObject,
  name: string,
  scheme: Json,
  vocabulary: Vocabulary,
): Subject | readonly Problem[] {
  const facts = isObject(scheme) ? scheme['x-token-lifecycle'] : undefined
  if (!isObject(scheme) || !isObject(facts) || facts['standard'] === undefined) return []
  const at = ['components', 'securitySchemes', name]
  if (!vocabulary.isStandard(facts)) return vocabulary.check('standard', facts, [...at, 'x-token-lifecycle'])
  const flow = checkFlow(source, scheme, facts, at)
  return 'kind' in flow ? { name, facts, flow } : flow
}

function written(source: JsonObject, subjects: readonly Subject[]): Omit<Expansion, 'problems'> {
  const components = objectIn(source, 'components')
  const schemes = objectIn(components, 'securitySchemes')
  const schemas = objectIn(components, 'schemas')
  const names = { token: unusedName(schemas, 'OAuthToken'), failure: unusedName(schemas, 'OAuthError') }
  const facts = subjects.map((subject) => subject.facts)
  const endpoints = endpointsOf(subjects)
  const taken = operationIds(source)
  const ids = new Map<string, string>()
  for (const endpoint of endpoints) ids.set(endpoint.path, unusedId([...taken, ...ids.values()], nameOf(endpoint)))
  const surroundings = {
    idOf: (path: string): string => ids.get(path) ?? '',
    hasConsent: subjects.some(({ flow }) => flow.kind === 'authorizationCode'),
  }
  const paths = endpoints.map((endpoint) => {
    const post = tokenOperation(endpoint, surroundings.idOf(endpoint.path), names)
    return [endpoint.path, { ...(endpoint.servers && { servers: endpoint.servers }), post }] as const
  })
  const lifecycles = subjects.map((subject) => [
    subject.name,
    schemeOf(objectIn(schemes, subject.name), subject, surroundings),
  ])
  return {
    origins: originsOf(subjects, endpoints, Object.values(names)),
    document: {
      ...source,
      paths: { ...objectIn(source, 'paths'), ...Object.fromEntries(paths) },
      components: {
        ...components,
        securitySchemes: {
          ...schemes,
          ...(facts.some(isBasic) && { oauthClient: { type: 'http', scheme: 'basic' } }),
          ...(facts.some(({ certificate }) => certificate !== undefined) && { [CERTIFICATE]: { type: 'mutualTLS' } }),
          ...Object.fromEntries(lifecycles),
        },
        schemas: { ...schemas, [names.token]: answerSchema(facts), [names.failure]: errorSchema(facts) },
      },
    },
  }
}

function schemeOf(scheme: JsonObject, { facts, flow }: Subject, surroundings: Surroundings): JsonObject {
  const description = stringIn(scheme, 'description')
  return {
    type: 'http',
    scheme: 'bearer',
    ...(description !== undefined && { description }),
    'x-token-lifecycle': standardLifecycle(facts, flow, surroundings),
  }
}

function operationIds(document: JsonObject): readonly string[] {
  const items = Object.values(objectIn(document, 'paths')).flatMap((item) =>
    isObject(item) ? Object.values(item) : [],
  )
  return items.flatMap((operation) => (isObject(operation) ? (stringIn(operation, 'operationId') ?? []) : []))
}

function unusedId(taken: readonly string[], id: string): string {
  return taken.includes(id) ? unusedId(taken, `${id}2`) : id
}

function unusedName(names: JsonObject, name: string): string {
  return names[name] === undefined ? name : unusedName(names, `${name}2`)
}
