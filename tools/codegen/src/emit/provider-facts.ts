import { isOfApi } from '../spec/api-operations.ts'
import { allInputs, defaultValue } from '../spec/inputs.ts'
import type { Input } from '../spec/lifecycle.ts'
import type { Operation } from '../spec/operations.ts'
import { secretQueries } from '../spec/secret-parameters.ts'
import { serverVariables, withInputNames } from '../spec/server-variables.ts'
import { isElsewhere, isForDevices, issuedSchemes, type Server, type Spec, serversOf } from '../spec/spec.ts'
import { banner } from './banner.ts'

/**
 * `facts.ts`: what the spec states and a program needs, as data. `provider.ts` hands it to core, where its shape is
 * checked. What only people read (the lifetimes of tokens) is in docstrings and READMEs, because it would be shipped here.
 */
export function providerFacts(spec: Spec): string {
  const facts = {
    id: spec.id,
    title: spec.title,
    ...serverFacts(spec, spec.servers),
    undocumentedServers: Object.keys(spec.undocumentedServers).length === 0 ? undefined : spec.undocumentedServers,
    serverVariables: variableFacts(spec),
    inputs: Object.fromEntries([...allInputs(spec)].map(([name, input]) => [name, inputFact(input)])),
    operations: Object.fromEntries(spec.operations.map((operation) => [operation.id, operationFact(spec, operation)])),
    apiQuery: apiQuery(spec),
    retryAfter: spec.retryAfter.length === 0 ? undefined : spec.retryAfter,
  }
  return [
    banner(spec),
    `/** What the documents of ${spec.title} state, as data. */`,
    `export const facts = ${JSON.stringify(facts)} as const`,
    ...inPortuguese(spec),
  ].join('\n')
}

/** What a person is told, apart: a program that shows none of it doesn't ship it. */
function inPortuguese(spec: Spec): readonly string[] {
  const ofTenants = [...serverVariables(spec).values()].map(({ name, input }) => [name, input] as const)
  const texts = [...ofTenants, ...allInputs(spec)].flatMap(([name, { 'x-description-pt-BR': text }]) =>
    text === undefined ? [] : [[name, text]],
  )
  if (texts.length === 0) return []
  return [
    '\n/** What each input is and where a user finds it, in Brazilian Portuguese. */',
    `export const inPortuguese = ${JSON.stringify(Object.fromEntries(texts))} as const`,
  ]
}

/** The query parameters of `api`, in all lifecycles. */
function apiQuery(spec: Spec): readonly string[] | undefined {
  const names = issuedSchemes(spec)
    .flatMap(({ lifecycle }) => Object.keys(lifecycle.api?.parameters ?? {}))
    .flatMap((name) => (name.startsWith('query.') ? [name.slice('query.'.length)] : []))
  return names.length === 0 ? undefined : [...new Set(names)]
}

/** By the names under which programs pass them. */
function variableFacts(spec: Spec): object | undefined {
  const variables = [...serverVariables(spec).values()]
  if (variables.length === 0) return undefined
  return Object.fromEntries(
    variables.map(({ name, input: { description, pattern } }) => [name, { description, pattern }]),
  )
}

function serverFacts(spec: Spec, servers: readonly Server[]): object {
  const apis = servers.flatMap(({ name, api }) =>
    api === undefined ? [] : [[name, withInputNames(spec, api)] as const],
  )
  return {
    servers: Object.fromEntries(servers.map(({ name, url }) => [name, withInputNames(spec, url)])),
    apiServers: apis.length === 0 ? undefined : Object.fromEntries(apis),
  }
}

function inputFact(input: Input): object {
  const { description, secret, identity, env, kind, optional } = input
  // Core takes what says nothing for open: `secret: false` is for those who read the spec.
  return {
    description,
    secret: secret === true ? true : undefined,
    identity,
    env,
    optional,
    kind,
    default: defaultValue(input),
  }
}

function operationFact(spec: Spec, operation: Operation): object {
  const { id, method, path, security, replay } = operation
  const names = secretQueries(spec).flatMap(({ operationId, name }) => (operationId === id ? [name] : []))
  return {
    method,
    path,
    ...(isElsewhere(spec, operation) && serverFacts(spec, serversOf(spec, operation))),
    content: operation.body?.content === 'form' ? 'form' : undefined,
    security,
    replay,
    secretQuery: names.length === 0 ? undefined : [...new Set(names)],
    device: isForDevices(spec, operation) ? true : undefined,
    api: isOfApi(spec, operation) ? true : undefined,
  }
}
