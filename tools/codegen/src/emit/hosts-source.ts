import { callsOf, issuingCallsOf } from '../spec/lifecycle.ts'
import type { Operation } from '../spec/operations.ts'
import { serverVariables } from '../spec/server-variables.ts'
import { hostsOf, type IssuedScheme, isElsewhere, operationOf, type Spec, serversOf } from '../spec/spec.ts'
import type { AuthorKit } from './author-kit.ts'
import type { LifecycleCall } from './lifecycle-call.ts'

/** The operation that issues a scheme's tokens: its host is the scheme's. */
function issuerOf(spec: Spec, { lifecycle }: IssuedScheme): Operation | undefined {
  const [first] = issuingCallsOf(lifecycle)
  return first && operationOf(spec, first.call.operationId)
}

/** Is an operation where the scheme's tokens are issued? */
function isAtHome(spec: Spec, scheme: IssuedScheme, operation: Operation): boolean {
  const issuer = issuerOf(spec, scheme) ?? operation
  return hostsOf(serversOf(spec, operation)) === hostsOf(serversOf(spec, issuer))
}

/** Where the scheme's tokens are issued: `server`, unless the operation has a host of its own. */
function homeSource(spec: Spec, scheme: IssuedScheme): string {
  const issuer = issuerOf(spec, scheme)
  return issuer !== undefined && isElsewhere(spec, issuer) ? 'home' : 'server'
}

/** The client that sends what an operation takes, to where it is. */
export function clientName(spec: Spec, scheme: IssuedScheme, operation: Operation): string {
  const isForm = operation.body?.content === 'form'
  if (isAtHome(spec, scheme, operation)) return isForm ? 'form' : 'client'
  return `${operation.id}${isForm ? 'Form' : 'Client'}`
}

/** The certificate that a call presents. */
export function certificateOf({ spec, call }: Pick<LifecycleCall, 'spec' | 'call'>): string | undefined {
  const names = spec.securitySchemes.filter(({ kind }) => kind === 'certificate').map(({ name }) => name)
  return Object.entries(call.security ?? {})
    .flatMap(([name, bound]) => (names.includes(name) && typeof bound === 'string' ? [bound] : []))
    .at(0)
}

/** The statements that open what the calls are sent with: clients for JSON and for forms, for each host. */
export function hostStatements(kit: AuthorKit, spec: Spec, scheme: IssuedScheme): readonly string[] {
  const home = homeSource(spec, scheme)
  const issuer = issuerOf(spec, scheme)
  const opened = new Map<string, string>()
  for (const { call } of callsOf(scheme.lifecycle)) {
    const operation = operationOf(spec, call.operationId)
    if (operation === undefined) continue
    const helper = operation.body?.content === 'form' ? 'formClient' : 'typedClient'
    const elsewhere = isElsewhere(spec, operation) ? resolved(kit, spec, operation) : 'server'
    const host = isAtHome(spec, scheme, operation) ? home : elsewhere
    const name = clientName(spec, scheme, operation)
    const io = kit.type('ProviderIo')
    const isPresenting = callsOf(scheme.lifecycle).some((one) => certificateOf({ spec, call: one.call }))
    const type = isPresenting ? `Pick<${io}, 'fetch'>` : io
    opened.set(name, `const ${name} = (io: ${type}) => ${kit.use(helper)}<paths>(${host}, io)`)
  }
  // JSON first: the order of a reader's expectation.
  const clients = [...opened].sort(([one], [other]) => Number(other === 'client') - Number(one === 'client'))
  return [
    ...(home === 'home' && issuer !== undefined ? [`const home = ${resolved(kit, spec, issuer)}`] : []),
    ...clients.map(([, statement]) => statement),
  ]
}

/** The members that say where things are. */
export function hostMembers(kit: AuthorKit, spec: Spec, scheme: IssuedScheme): readonly string[] {
  const home = homeSource(spec, scheme)
  const issuer = issuerOf(spec, scheme)
  const at = home === 'home' && issuer !== undefined ? `, ${JSON.stringify(issuer.id)}` : ''
  const servers = issuer === undefined ? spec.servers : serversOf(spec, issuer)
  const isSpread = spec.operations.some((operation) => !isAtHome(spec, scheme, operation))
  return [
    home === 'server' ? 'server' : 'server: home',
    ...(servers.some(({ api }) => api !== undefined)
      ? [`apiServer: ${kit.use('resolveApiServer')}(${factsName(spec)}, options${at})`]
      : []),
    ...(isSpread
      ? [`operationServers: ${kit.use('resolveOperationServers')}(${factsName(spec)}, options, ${home})`]
      : []),
  ]
}

function resolved(kit: AuthorKit, spec: Spec, { id }: Operation): string {
  return `${kit.use('resolveServer')}(${factsName(spec)}, options, ${JSON.stringify(id)})`
}

/** The facts with hosts to send to: those of the tenant, where each has its own. */
function factsName(spec: Spec): string {
  return serverVariables(spec).size === 0 ? 'facts' : 'tenant.facts'
}
