import { isUrl } from '../brands.ts'
import { type InsecureHttpOption, requireSafeOrigin } from '../origins.ts'
import type { ProviderFacts } from './facts.ts'

/** Where an account lives. Required by every provider: a secret never goes to a host that the user did not choose. */
export interface ServerOptions<Name extends string> extends InsecureHttpOption {
  /** A server that the provider documents, by name, or the URL of another one. */
  server: Name | URL
}

/**
 * The URL of the server that was chosen.
 * @throws {TypeError} when it is missing, unknown, or plain http to another machine.
 */
export function resolveServer(facts: ProviderFacts, options: ServerOptions<string>): URL {
  const { server } = options ?? {}
  const names = Object.keys(facts.servers).map((name) => `'${name}'`)
  if (isUrl(server)) {
    requireSafeOrigin(server, 'server', options)
    return new URL(server)
  }
  const known = typeof server === 'string' && Object.hasOwn(facts.servers, server) ? facts.servers[server] : undefined
  if (known !== undefined) return new URL(known)
  const given = server === undefined ? 'is missing' : 'is not one that its documents name'
  const elsewhere = Object.values(facts.undocumentedServers ?? {}).map((where) => ` ${where}`)
  throw new TypeError(
    `${facts.title}: server ${given}. Pass ${names.join(', ')} or a URL: new URL('https://…').${elsewhere.join('')}`,
  )
}

/**
 * The providers of a spec, one for each server: with a client for each tenant, all of them share one. A server that is
 * given as a URL gets a provider each time.
 */
export function perServer<Name extends string, Provider>(
  facts: ProviderFacts,
  make: (server: URL, options: ServerOptions<Name>) => Provider,
): (options: ServerOptions<Name>) => Provider {
  const made = new Map<string, Provider>()
  return (options) => {
    const known = made.get(String(options?.server))
    if (known !== undefined && !isUrl(options.server)) return known
    const provider = make(resolveServer(facts, options), options)
    if (!isUrl(options.server)) made.set(options.server, provider)
    return provider
  }
}

/** What clients want as a base: no slash at the end. */
export function baseUrlOf(server: URL): string {
  return server.href.replace(/\/$/, '')
}
