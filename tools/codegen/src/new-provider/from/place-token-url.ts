import type { PlannedServer } from '../plan.ts'
import { withoutBraces } from '../tenant.ts'

/** A token endpoint as a spec writes it, and the servers that it goes with. */
export interface PlacedTokenUrl {
  readonly tokenUrl: string | undefined
  readonly servers: readonly PlannedServer[]
  readonly untold: readonly string[]
}

/**
 * Writes the address of a token endpoint as the vocabulary wants it: a path where the servers are hosts alone, a whole
 * address where there is one server. Where it is known of one server only, the others are left out.
 */
export function placeTokenUrl(url: string | undefined, servers: readonly PlannedServer[]): PlacedTokenUrl {
  const [first] = servers
  if (url === undefined || first === undefined) return { tokenUrl: url, servers, untold: [] }
  const hasPath = servers.some((server) => new URL(withoutBraces(server.url)).pathname !== '/')
  if (url.startsWith('/') && !hasPath) return { tokenUrl: url, servers, untold: [] }
  const whole = url.startsWith('/') ? `${first.url}${url}` : url
  const host = new URL(withoutBraces(whole)).host
  const own = servers.find((server) => new URL(withoutBraces(server.url)).host === host) ?? first
  const others = servers.filter((server) => server !== own)
  return {
    tokenUrl: whole,
    servers: [own],
    untold: others.map(
      ({ name, url: other }) => `The token endpoint of ${name}, ${other}: so that server is left out.`,
    ),
  }
}
