import type { Input, IssuedLifecycle, IssuingCall } from '../spec/lifecycle.ts'
import type { Operation } from '../spec/operations.ts'
import { secretQueries } from '../spec/secret-query.ts'
import { type IssuedScheme, issuedSchemes, operationOf, type Spec } from '../spec/spec.ts'
import { type AuthorKit, authorKit } from './author-kit.ts'
import { banner } from './banner.ts'
import { callSource, usesInputs, usesRefreshToken } from './call-source.ts'
import { grantSource } from './grant-source.ts'
import { lifetimeInWords } from './lifetime-in-words.ts'
import { camelCase, commentText, pascalCase } from './names.ts'

/** `provider.ts`: the lifecycle of a spec as TypeScript that reads as if written by hand. */
export function providerSource(spec: Spec): string {
  const [scheme] = issuedSchemes(spec)
  if (scheme === undefined) throw new TypeError(`${spec.file} has no lifecycle: lint lets no such spec through`)
  const kit = authorKit()
  const issuing = issuingCalls(spec, scheme.lifecycle)
  const shared = sharedReader(kit, issuing)
  const body = [
    serverType(spec),
    inputsInterface(kit, spec, scheme.lifecycle),
    providerFunction(kit, spec, scheme, issuing, shared !== undefined),
    ...(shared === undefined ? [] : [shared]),
  ].join('\n\n')
  const schemaTypes = shared === undefined ? 'paths' : 'components, paths'
  return [
    banner(spec),
    kit.imports(),
    `import { facts } from './facts.ts'`,
    `import type { ${schemaTypes} } from './schema.ts'`,
    '',
    body,
  ].join('\n')
}

/** A call whose answer is a token, with the operation it names. */
interface Issuing {
  readonly key: 'acquire' | 'refresh'
  readonly call: IssuingCall
  readonly operation: Operation
}

function issuingCalls(spec: Spec, lifecycle: IssuedLifecycle): readonly Issuing[] {
  return (['acquire', 'refresh'] as const).flatMap((key) => {
    const call = lifecycle[key]
    const operation = call === undefined ? undefined : operationOf(spec, call.operationId)
    return call === undefined || operation === undefined ? [] : [{ key, call, operation }]
  })
}

function serverType(spec: Spec): string {
  return [
    `/** The servers that ${spec.title} documents, by name. */`,
    `export type ${pascalCase(spec.id)}Server = keyof typeof facts.servers`,
  ].join('\n')
}

function inputsInterface(kit: AuthorKit, spec: Spec, { inputs }: IssuedLifecycle): string {
  const members = Object.entries(inputs).map(([name, input]) => inputMember(kit, name, input))
  return [
    `/** What an account at ${spec.title} is configured with. */`,
    `export interface ${pascalCase(spec.id)}Inputs {`,
    ...members,
    '}',
  ].join('\n')
}

function inputMember(kit: AuthorKit, name: string, { description, secret }: Input): string {
  return `/** ${commentText(description)} */\n${name}: ${secret === true ? kit.type('SecretInput') : 'string'}`
}

function providerFunction(
  kit: AuthorKit,
  spec: Spec,
  scheme: IssuedScheme,
  issuing: readonly Issuing[],
  isReaderShared: boolean,
): string {
  const name = pascalCase(spec.id)
  const provider = `${kit.type('TokenProvider')}<${name}Inputs>`
  const methods = issuing.map((one) => issuingMethod(kit, scheme.lifecycle, one, isReaderShared))
  return [
    docComment(lifeInWords(spec, scheme, issuing)),
    `export function ${camelCase(spec.id)}Provider(options: ${kit.type('ServerOptions')}<${name}Server>): ${provider} {`,
    `const server = ${kit.use('resolveServer')}(facts, options)`,
    `const client = (io: ${kit.type('ProviderIo')}) => ${kit.use('typedClient')}<paths>(server, io)`,
    `return ${kit.use('defineProvider')}<${name}Inputs>({`,
    ...[...properties(spec, scheme, issuing), ...methods, ...judgements(kit, scheme.lifecycle)].map(
      (member) => `${member},`,
    ),
    '})',
    '}',
  ].join('\n')
}

function properties(spec: Spec, { name, lifecycle }: IssuedScheme, issuing: readonly Issuing[]): readonly string[] {
  const replay = Object.fromEntries(issuing.map(({ key, operation }) => [key, operation.replay]))
  const secretQuery = [...new Set(secretQueries(spec).map(({ name }) => name))]
  return [
    `id: facts.id`,
    `scheme: ${JSON.stringify(name)}`,
    'server',
    'inputs: facts.inputs',
    'operations: facts.operations',
    `refreshKind: ${JSON.stringify(refreshKind(lifecycle))}`,
    `repeat: ${JSON.stringify(lifecycle.acquire.repeat)}`,
    `replay: ${JSON.stringify(replay)}`,
    ...(secretQuery.length > 0 ? [`secretQuery: ${JSON.stringify(secretQuery)}`] : []),
    ...(lifecycle.persist === false ? ['persist: false'] : []),
  ]
}

/** A refresh token whose fate is unknown is treated as one that is spent by its use. */
function refreshKind({ acquire, refresh }: IssuedLifecycle): 'none' | 'reusable' | 'single-use' {
  if (refresh === undefined) return 'none'
  return acquire.refreshToken?.rotation === 'never' ? 'reusable' : 'single-use'
}

function issuingMethod(
  kit: AuthorKit,
  lifecycle: IssuedLifecycle,
  { key, call, operation }: Issuing,
  isReaderShared: boolean,
): string {
  const needsRefreshToken = usesRefreshToken(call)
  const parameters = ['io', ...(key === 'refresh' ? [needsRefreshToken ? '{ refreshToken }' : 'current'] : [])]
  if (usesInputs(call)) parameters.push('inputs')
  return [
    `async ${key}(${parameters.join(', ')}) {`,
    ...(needsRefreshToken
      ? [`if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')`]
      : []),
    `const answer = ${callSource(kit, lifecycle, call, operation)}`,
    `return ${isReaderShared ? 'toGrant(io, answer)' : grantSource(kit, call)}`,
    '}',
  ].join('\n')
}

function judgements(kit: AuthorKit, { refresh, rejected }: IssuedLifecycle): readonly string[] {
  const dead = refresh?.dead?.map(({ status }) => status) ?? []
  const refused = rejected?.map(({ status }) => status) ?? [401]
  const isDefault = refused.length === 1 && refused[0] === 401
  return [
    ...(dead.length > 0 ? [`classify: ${kit.use('spentWhen')}([${dead.join(', ')}])`] : []),
    ...(isDefault ? [] : [`judge: ${kit.use('refusedWhen')}([${refused.join(', ')}])`]),
  ]
}

/** One reader for acquire and refresh, when both answer with the same schema and are read alike. */
function sharedReader(kit: AuthorKit, issuing: readonly Issuing[]): string | undefined {
  const [first, second] = issuing
  if (first === undefined || second === undefined) return undefined
  const component = componentName(first.operation)
  if (component === undefined || component !== componentName(second.operation)) return undefined
  // The reader has a kit of its own until it is known to be used, so that nothing is imported for nothing.
  if (grantSource(authorKit(), first.call) !== grantSource(authorKit(), second.call)) return undefined
  const type = `components['schemas'][${JSON.stringify(component)}]`
  return [
    `/** Reads an answer of \`${first.operation.id}\` or \`${second.operation.id}\`; the readers check what the types cannot. */`,
    `function toGrant(io: ${kit.type('ProviderIo')}, answer: ${type}): ${kit.type('Grant')} {`,
    `return ${grantSource(kit, first.call)}`,
    '}',
  ].join('\n')
}

function componentName({ success }: Operation): string | undefined {
  const reference = JSON.stringify(success?.schema ?? null)
  return /^\{"\$ref":"#\/components\/schemas\/([^"/]+)"\}$/.exec(reference)?.[1]
}

/** What the doc comment of a provider tells. */
function lifeInWords(spec: Spec, { name, lifecycle }: IssuedScheme, issuing: readonly Issuing[]): readonly string[] {
  const calls = Object.fromEntries(
    issuing.map(({ key, operation }) => [key, `\`${operation.id}\`, \`${operation.method} ${operation.path}\``]),
  )
  return [
    `The life of ${spec.title}'s \`${name}\`.`,
    '',
    `- Issued by ${calls['acquire']}; ${REPEAT_IN_WORDS[lifecycle.acquire.repeat]}.`,
    ...(calls['refresh'] === undefined ? [] : [`- Refreshed by ${calls['refresh']}; ${rotationInWords(lifecycle)}.`]),
    `- ${lifetimeInWords(lifecycle.acquire.expires, spec.id)}`,
  ]
}

const REPEAT_IN_WORDS = {
  free: 'a second call does no harm',
  'leaves-token': 'each call leaves a token that has to be cleaned up',
  'ends-previous': 'a second call ends the token of the first',
  unknown: 'what a second call does to the first token is undocumented',
} as const

function rotationInWords({ acquire }: IssuedLifecycle): string {
  switch (acquire.refreshToken?.rotation) {
    case 'never':
      return 'the refresh token stays the same'
    case 'always':
      return 'each call replaces the refresh token'
    default:
      return 'what becomes of the refresh token that was sent is undocumented, so it is used once'
  }
}

function docComment(lines: readonly string[]): string {
  return ['/**', ...lines.map((line) => ` * ${commentText(line)}`.trimEnd()), ' */'].join('\n')
}
