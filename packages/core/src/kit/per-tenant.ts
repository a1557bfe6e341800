import type { OperationFact, ProviderFacts } from '../provider/facts.ts'
import { resolveServer, type ServerOptions } from '../provider/server.ts'

/** A part of a server's URL that each tenant has of its own. */
export interface ServerVariable {
  /** What it is and where a user finds it. */
  readonly description: string
  /** What the provider allows, as a regular expression. It narrows what a host label may be, and never widens it. */
  readonly pattern: string
}

/** The facts of a provider where each tenant has a host of its own: `https://{shop}.acme.example`. */
export interface TenantFacts extends ProviderFacts {
  /** By the name in braces, under which a program passes the value. */
  readonly serverVariables: Readonly<Record<string, ServerVariable>>
}

/** The hosts of one tenant. */
export interface Tenant {
  /** With the tenant's own hosts in place of the braces. */
  readonly facts: ProviderFacts
  /** A URL of the spec with the tenant's values in place of the braces. */
  url(template: string): string
}

/**
 * The providers of a spec, one for each call: no two tenants share a provider. Keep the provider as long as the tenant's
 * accounts are used.
 *
 * `make` gets the tenant's server. The returned function throws a `TypeError` for a value that isn't a host label or that
 * its pattern doesn't allow: it would send secrets to a host that the user did not choose. The value isn't quoted.
 */
export function perTenant<
  Name extends string,
  Variables extends object,
  Provider,
  ByHand extends readonly object[] = [],
>(
  facts: TenantFacts,
  make: (server: URL, options: ServerOptions<Name> & Variables, tenant: Tenant, ...byHand: ByHand) => Provider,
): (options: ServerOptions<Name> & Variables, ...byHand: ByHand) => Provider {
  return (options, ...byHand) => {
    const tenant = tenantOf(facts, options)
    return make(resolveServer(tenant.facts, options), options, tenant, ...byHand)
  }
}

function tenantOf(facts: TenantFacts, options: object): Tenant {
  const values = new Map(
    Object.entries(facts.serverVariables).map(([name, variable]) => [
      name,
      hostLabel(`${facts.title}: ${name}`, variable, Object.hasOwn(options ?? {}, name) && Reflect.get(options, name)),
    ]),
  )
  // Lint lets no spec have a variable without a value. Here too, because a URL with braces in its path can be parsed.
  const url = (template: string): string =>
    template.replace(/\{([^{}]*)\}/g, (_, name: string) => {
      const value = values.get(name)
      if (value === undefined) throw new TypeError(`${facts.title}: nothing says what {${name}} is in a server's URL.`)
      return value
    })
  const all = (servers: Readonly<Record<string, string>> = {}): Record<string, string> =>
    Object.fromEntries(Object.entries(servers).map(([name, template]) => [name, url(template)]))
  const hostsOf = ({ servers, apiServers }: Pick<OperationFact, 'servers' | 'apiServers'>) => ({
    ...(servers && { servers: all(servers) }),
    ...(apiServers && { apiServers: all(apiServers) }),
  })
  const operations = Object.entries(facts.operations).map(
    ([id, operation]) => [id, { ...operation, ...hostsOf(operation) }] as const,
  )
  return {
    facts: { ...facts, ...hostsOf(facts), operations: Object.fromEntries(operations) },
    url,
  }
}

/** RFC 1123 §2.1 with the length of RFC 1035 §2.3.4, in lower case: a host that is written in two ways is one host. */
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/

function hostLabel(option: string, { description, pattern }: ServerVariable, value: unknown): string {
  if (typeof value === 'string' && LABEL.test(value) && new RegExp(pattern).test(value)) return value
  throw new TypeError(
    `${option} ${typeof value === 'string' ? 'is not a host label that the provider allows' : 'is missing'}. ` +
      `Pass lower-case letters, digits and hyphens that match ${pattern}. ${description}`,
  )
}
