import { isUrl } from '../brands.ts'
import { type InsecureHttpOption, requireSafeOrigin } from '../origins.ts'
import type { OperationFact, ProviderFacts } from './facts.ts'
import type { TokenLifecycle } from './token-lifecycle.ts'

/** Where an account lives. Required by every provider: a secret never goes to a host that the user did not choose. */
export interface ServerOptions<Name extends string> extends InsecureHttpOption {
  /** A server that the provider documents, by name, or the URL of another one. */
  server: Name | URL
}

/**
 * The URL of the server that was chosen, or of an operation that is on another host. A server that is given as a URL is
 * the one for all operations.
 * @throws {TypeError} when it is missing, unknown, or plain http to another machine.
 */
export function resolveServer(facts: ProviderFacts, options: ServerOptions<string>, operation?: string): URL {
  const { server } = options ?? {}
  const names = Object.keys(facts.servers).map((name) => `'${name}'`)
  if (isUrl(server)) {
    requireSafeOrigin(server, 'server', options)
    return new URL(server)
  }
  const known = urlOf(facts.servers, server)
  if (known !== undefined) return urlOf(operationOf(facts, operation)?.servers, server) ?? known
  const given = server === undefined ? 'is missing' : 'is not one that its documents name'
  const elsewhere = Object.values(facts.undocumentedServers ?? {}).map((where) => ` ${where}`)
  throw new TypeError(
    `${facts.title}: server ${given}. Pass ${names.join(', ')} or a URL: new URL('https://…').${elsewhere.join('')}`,
  )
}

/**
 * Where the API is that a server's tokens are for, where that is elsewhere. `operation`: the one that issues them, if it is
 * on another host.
 */
export function resolveApiServer(
  facts: ProviderFacts,
  { server }: ServerOptions<string>,
  operation?: string,
): URL | undefined {
  const own = operationOf(facts, operation)
  return urlOf(own?.servers === undefined ? facts.apiServers : own.apiServers, server)
}

/** Where the operations are that are elsewhere than at `server`. */
export function resolveOperationServers(
  facts: ProviderFacts,
  options: ServerOptions<string>,
  server: URL,
): Readonly<Record<string, URL>> {
  const all = Object.keys(facts.operations).map((id) => [id, resolveServer(facts, options, id)] as const)
  return Object.fromEntries(all.filter(([, url]) => url.href !== server.href))
}

function urlOf(servers: Readonly<Record<string, string>> = {}, name: unknown): URL | undefined {
  const url = typeof name === 'string' && Object.hasOwn(servers, name) ? servers[name] : undefined
  return url === undefined ? undefined : new URL(url)
}

function operationOf({ operations }: ProviderFacts, id: string | undefined): OperationFact | undefined {
  return id !== undefined && Object.hasOwn(operations, id) ? operations[id] : undefined
}

/** Every origin at which the provider itself is. The user chose them all with the server. */
export function originsOf({
  server,
  apiServer,
  operationServers = {},
}: Pick<TokenLifecycle<never>, 'server' | 'apiServer' | 'operationServers'>): ReadonlySet<string> {
  const urls = [server, ...(apiServer === undefined ? [] : [apiServer]), ...Object.values(operationServers)]
  return new Set(urls.map(({ origin }) => origin))
}

/**
 * The providers of a spec, one for each server: with a client for each tenant, all of them share one. A server that is
 * given as a URL gets a provider each time. `byHand`: the members that the spec leaves to be written by hand; keep them
 * in one object, because each object gets providers of its own.
 */
export function perServer<Name extends string, Provider, ByHand extends readonly object[] = []>(
  facts: ProviderFacts,
  make: (server: URL, options: ServerOptions<Name>, ...byHand: ByHand) => Provider,
): (options: ServerOptions<Name>, ...byHand: ByHand) => Provider {
  const byMembers = new WeakMap<object, Map<string, Provider>>()
  return (options, ...byHand) => {
    const members = byHand[0] ?? facts
    const made = byMembers.get(members) ?? new Map<string, Provider>()
    byMembers.set(members, made)
    const known = made.get(String(options?.server))
    if (known !== undefined && !isUrl(options.server)) return known
    const provider = make(resolveServer(facts, options), options, ...byHand)
    if (!isUrl(options.server)) made.set(options.server, provider)
    return provider
  }
}

/** What clients want as a base: no slash at the end. */
export function baseUrlOf(server: URL): string {
  return server.href.replace(/\/$/, '')
}
