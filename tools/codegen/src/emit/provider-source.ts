import { isByHand } from '../spec/by-hand.ts'
import type { IssuingCall } from '../spec/call.ts'
import { parentsOf } from '../spec/call-security.ts'
import { allInputs, inputsOf } from '../spec/inputs.ts'
import { type IssuedLifecycle, issuingCallsOf, refreshTokenOf } from '../spec/lifecycle.ts'
import type { Operation } from '../spec/operations.ts'
import { secretQueries } from '../spec/secret-parameters.ts'
import { serverVariables } from '../spec/server-variables.ts'
import { type IssuedScheme, isForDevices, issuedSchemes, type Spec } from '../spec/spec.ts'
import { placesRead } from './answer-source.ts'
import { apiMembers, certificatesMember } from './api-source.ts'
import { grantedScopesInHand } from './asked-scopes.ts'
import { signerSource } from './assertion-source.ts'
import { type AuthorKit, authorKit } from './author-kit.ts'
import { banner } from './banner.ts'
import { handWritten } from './by-hand.ts'
import { tokenParts } from './call-source.ts'
import { consentSource } from './consent-source.ts'
import { describeLifetime } from './describe-lifetime.ts'
import { documentedLimits, limitSource } from './documented-limits.ts'
import { grantSource, type InHand } from './grant-source.ts'
import { hostMembers, hostStatements } from './hosts-source.ts'
import { inputsInterface, inputsOfScheme, tenantInterface } from './inputs-interface.ts'
import { judgements } from './judgements.ts'
import { type LifecycleCall, lifecycleCall } from './lifecycle-call.ts'
import { metaInterface } from './meta-interface.ts'
import { docComment, pascalCase, providerName } from './names.ts'
import { issuingMethod, listMethod, revokeMethod } from './provider-methods.ts'
import { TOKEN_NAMES } from './value-source.ts'

/** `provider.ts`: the lifecycles of a spec as TypeScript that reads as if written by hand. */
export function providerSource(spec: Spec): string {
  const schemes = issuedSchemes(spec)
  if (schemes.length === 0) throw new TypeError(`${spec.file} has no lifecycle: lint lets no such spec through`)
  const kit = authorKit()
  const providers = schemes.map((scheme) => providerFunction(kit, spec, scheme, schemes.length > 1))
  const isTenanted = serverVariables(spec).size > 0
  const tenants = isTenanted ? [tenantInterface(kit, spec)] : []
  const body = [serverType(spec), ...tenants, inputsInterface(kit, spec), ...providers].join('\n\n')
  const schemaTypes = body.includes('components[') ? 'components, paths' : 'paths'
  return [
    banner(spec),
    kit.imports(),
    `import { facts } from './facts.ts'`,
    `import type { ${schemaTypes} } from './schema.ts'`,
    '',
    body,
  ].join('\n')
}

function serverType(spec: Spec): string {
  return [
    `/** The servers that ${spec.title} documents, by name. */`,
    `export type ${pascalCase(spec.id)}Server = keyof typeof facts.servers`,
  ].join('\n')
}

function providerFunction(kit: AuthorKit, spec: Spec, scheme: IssuedScheme, isOneOfSeveral: boolean): string {
  const type = pascalCase(spec.id)
  const name = providerName(spec.id, scheme.name, isOneOfSeveral)
  const { lifecycle } = scheme
  const issuing = issuingCallsOf(lifecycle)
    .map(({ key, call }) => lifecycleCall(kit, spec, scheme, key, call))
    .filter((call) => call !== undefined)
  const written = issuing.filter(({ key }) => !isByHand(lifecycle, key))
  const reader = sharedReader(kit, written, isOneOfSeveral ? `to${pascalScheme(scheme)}Grant` : 'toGrant')
  const list = lifecycleCall(kit, spec, scheme, 'list', lifecycle.list)
  const revoke = lifecycleCall(kit, spec, scheme, 'revoke', lifecycle.revoke)
  const judged = judgements(kit, lifecycle)
  const members = [
    ...properties(kit, spec, scheme, issuing, isOneOfSeveral),
    ...issuing.flatMap((call) => {
      const source = (): string => issuingMethod(call, reader?.call ?? grantSource(kit, call.call, inHand(call)))
      const { consent } = lifecycle
      const isOther = isByHand(lifecycle, call.key)
      if (call.key !== 'exchange' || !consent) return isOther ? [] : [source()]
      return [consentSource(call, consent, isOther ? 'exchange: byHand.exchange' : source())]
    }),
    ...(revoke === undefined || isByHand(lifecycle, 'revoke') ? [] : [revokeMethod(revoke)]),
    ...(list === undefined || isByHand(lifecycle, 'list') ? [] : [listMethod(list)]),
    ...judged.members,
    ...apiMembers(kit, scheme),
  ]
  const meta = metaInterface(kit, spec, scheme, isOneOfSeveral)
  const inputs = inputsOfScheme(spec, scheme)
  const types = [inputs.name, ...(meta === undefined ? [] : [meta.name])].join(', ')
  const others = handWritten(kit, lifecycle, name, types)
  const isTenanted = serverVariables(spec).size > 0
  const options = `${kit.type('ServerOptions')}<${type}Server>${isTenanted ? ` & ${type}Tenant` : ''}`
  const maker = kit.use(isTenanted ? 'perTenant' : 'perServer')
  const taken = [`options: ${options}`, ...(others ? [`byHand: ${others.type}`] : [])]
  const made = `(${taken.join(', ')}) => ${kit.type('TokenProvider')}<${types}>`
  const statements = hostStatements(kit, spec, scheme)
  const all = [...members, ...(others?.members ?? [])]
  return [
    ...(inputs.source === undefined ? [] : [inputs.source, '']),
    ...(meta === undefined ? [] : [meta.source, '']),
    ...(others === undefined ? [] : [others.source, '']),
    ...(lifecycle.limit ? [limitSource(kit, lifecycle.limit, limitNameOf(spec, scheme, isOneOfSeveral)), ''] : []),
    docComment(describeLifetime(spec, scheme)),
    // Pure: a bundler may leave it out where no one uses the provider.
    `export const ${name}: ${made} = /* @__PURE__ */ ${maker}(facts, (${parametersOf([...statements, ...judged.statements, ...all].join('\n'), isTenanted)}) => {`,
    ...statements,
    ...signerSource(kit, members.join('\n')),
    ...judged.statements,
    `return ${kit.use('defineProvider')}<${types}>({`,
    ...all.map((member) => `${member},`),
    '})',
    '})',
    ...(reader === undefined ? [] : ['', reader.source]),
  ].join('\n')
}

/** The parameters of the function that makes the provider, as far as it uses them. */
function parametersOf(body: string, isTenanted: boolean): string {
  const names = ['server', 'options', ...(isTenanted ? ['tenant'] : []), 'byHand']
  // `server:` is a member.
  const isUsed = names.map((name) => new RegExp(`\\b${name}\\b${name === 'server' ? '(?!:)' : ''}`).test(body))
  const taken = names.map((name, index) => (isUsed[index] ? name : `_${name}`))
  return taken.slice(0, isUsed.lastIndexOf(true) + 1).join(', ')
}

function limitNameOf(spec: Spec, scheme: IssuedScheme, isOneOfSeveral: boolean): string {
  return `${providerName(spec.id, scheme.name, isOneOfSeveral)}Limit`
}

function pascalScheme({ name }: IssuedScheme): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

function properties(
  kit: AuthorKit,
  spec: Spec,
  scheme: IssuedScheme,
  issuing: readonly LifecycleCall[],
  isOneOfSeveral: boolean,
): readonly string[] {
  const { name, lifecycle } = scheme
  // A code is sent once, whatever its operation says.
  const replay = Object.fromEntries(
    issuing.filter(({ key }) => key !== 'exchange').map(({ key, operation }) => [key, operation.replay]),
  )
  const secretQuery = secretQueries(spec).filter((one) => one.scheme === name)
  const parents = parentsOf(spec, scheme).map(
    (parent) => `${JSON.stringify(parent.name)}: ${providerName(spec.id, parent.name, true)}(options)`,
  )
  return [
    isOneOfSeveral ? `id: ${JSON.stringify(`${spec.id}/${name}`)}` : 'id: facts.id',
    `scheme: ${JSON.stringify(name)}`,
    ...hostMembers(kit, spec, scheme),
    inputsSource(spec, scheme),
    ...certificatesMember(kit, spec, scheme),
    'operations: facts.operations',
    ...(spec.operations.some((operation) => isForDevices(spec, operation))
      ? [`deviceCalls: ${kit.use('refuseDeviceCalls')}()`]
      : []),
    `refreshKind: ${JSON.stringify(refreshKind(lifecycle))}`,
    `repeat: ${JSON.stringify(lifecycle.acquire?.repeat ?? 'unknown')}`,
    ...(Object.keys(replay).length > 0 ? [`replay: ${JSON.stringify(replay)}`] : []),
    ...(parents.length > 0 ? [`parents: ${kit.use('parentSchemes')}({ ${parents.join(', ')} })`] : []),
    ...(secretQuery.length > 0
      ? [`secretQuery: ${JSON.stringify([...new Set(secretQuery.map((one) => one.name))])}`]
      : []),
    ...(spec.retryAfter.length > 0 ? ['hints: facts.retryAfter'] : []),
    ...(lifecycle.persist === false ? ['persist: false'] : []),
    ...documentedLimits(kit, lifecycle, limitNameOf(spec, scheme, isOneOfSeveral)),
    ...(leavesTokens(lifecycle) ? [`policies: [${kit.other('revokeOldTokens')}()]`] : []),
  ]
}

/** Does each new token leave the old one behind, to be revoked? */
function leavesTokens({ acquire, revoke }: IssuedLifecycle): boolean {
  return acquire?.repeat === 'leaves-token' && revoke !== undefined
}

/** All inputs, or those that this scheme and its parents take. */
function inputsSource(spec: Spec, scheme: IssuedScheme): string {
  const names = [...inputsOf(spec, scheme).keys()]
  if (names.length === allInputs(spec).size) return 'inputs: facts.inputs'
  return `inputs: { ${names.map((name) => `${name}: facts.inputs.${name}`).join(', ')} }`
}

/** A refresh token whose fate is unknown is treated as one that is spent by its use. */
function refreshKind(lifecycle: IssuedLifecycle): 'none' | 'reusable' | 'single-use' {
  if (lifecycle.refresh === undefined) return 'none'
  const { rotation, uses } = refreshTokenOf(lifecycle) ?? {}
  return rotation === 'never' || uses !== undefined ? 'reusable' : 'single-use'
}

/** What a call has in hand besides its answer: of a refresh, the token before. */
function inHand(call: LifecycleCall<IssuingCall>): InHand {
  const scopes = grantedScopesInHand(call)
  if (call.key !== 'refresh') return scopes
  const isSent = tokenParts(call).includes(TOKEN_NAMES.refresh)
  return { ...scopes, kept: isSent ? TOKEN_NAMES.refresh : undefined, before: call.call.meta && 'meta' }
}

/** One reader for acquire and refresh, when both answer with the same schema and are read alike. */
function sharedReader(
  kit: AuthorKit,
  [first, second]: readonly LifecycleCall<IssuingCall>[],
  name: string,
): { readonly source: string; readonly call: string } | undefined {
  if (first === undefined || second === undefined) return undefined
  const component = componentName(first.operation)
  if (component === undefined || component !== componentName(second.operation)) return undefined
  if (placesRead(first.call).has('header') || placesRead(second.call).has('header')) return undefined
  // The reader has a kit of its own until it is known to be used, so that nothing is imported for nothing.
  const [one, other] = [first, second].map((call) => grantSource(authorKit(), call.call, inHand(call)))
  if (one !== other) return undefined
  const type = `components['schemas'][${JSON.stringify(component)}]`
  const read = grantSource(kit, first.call, inHand(first))
  // Only ends are read with it, and an end in an unknown format is not read at all.
  const usesIo = read.includes('(io, ')
  const operations = [...new Set([first, second].map(({ operation }) => `\`${operation.id}\``))].join(' or ')
  const parameters = [...(usesIo ? [`io: ${kit.type('ProviderIo')}`] : []), `answer: ${type}`].join(', ')
  const source = [
    `/** Reads an answer of ${operations}; the readers check what the types cannot. */`,
    `function ${name}(${parameters}): ${kit.type('Grant')}${grantType(kit, first)} {`,
    `return ${read}`,
    '}',
  ].join('\n')
  return { source, call: usesIo ? `${name}(io, answer)` : `${name}(answer)` }
}

function grantType(kit: AuthorKit, { spec, scheme }: LifecycleCall<IssuingCall>): string {
  const meta = metaInterface(kit, spec, scheme, issuedSchemes(spec).length > 1)
  return meta === undefined ? '' : `<${meta.name}>`
}

function componentName({ success }: Operation): string | undefined {
  const reference = JSON.stringify(success?.schema ?? null)
  return /^\{"\$ref":"#\/components\/schemas\/([^"/]+)"\}$/.exec(reference)?.[1]
}
