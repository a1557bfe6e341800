import type { ProviderFacts } from '@chaveiro/core/provider'

/** Is this path one at which the provider issues, lists or ends tokens, or which is for a customer's device? */
export type IsTokenEndpoint = (segments: readonly string[]) => boolean

/**
 * The paths of all operations of the spec that are not of the API itself, on whatever host they are: the path alone decides,
 * so that no other method, host or spelling of it reaches one.
 */
export function tokenEndpoints(
  { operations, servers, apiServers = {} }: ProviderFacts,
  baseUrl: string,
): IsTokenEndpoint {
  const paths = Object.values(operations)
    .filter(({ api }) => api !== true)
    .flatMap(({ path, ...own }) => {
      const bases = [own.servers ?? servers, own.apiServers ?? apiServers, { baseUrl }].flatMap(Object.values)
      return ['', ...bases.map(pathOf)].map((base) => segmentsOf(base + path))
    })
  return (segments) => {
    const asked = segments.map(plain).filter((segment) => segment !== '')
    return paths.some(
      (path) => path.length === asked.length && path.every((part, at) => part === ANY || part === asked[at]),
    )
  }
}

const ANY = Symbol('any segment')

function segmentsOf(path: string): (string | typeof ANY)[] {
  const segments = path.split('/').filter((segment) => segment !== '')
  return segments.map((segment) => (segment.includes('{') ? ANY : plain(decodeURIComponent(segment))))
}

/** The path of a server, whose host may be a tenant's. */
function pathOf(server: string): string {
  return /^https?:\/\/[^/]+(\/.*?)\/?$/.exec(server)?.[1] ?? ''
}

/**
 * A segment as the most forgiving server reads it: without regard to case, to what follows a `;`, to dots and spaces at its
 * end, and to a suffix that asks for a format (`token.json`).
 */
function plain(segment: string): string {
  if (/^[a-z0-9_-]*$/.test(segment)) return segment
  const [name = ''] = segment.normalize('NFKC').toUpperCase().toLowerCase().split(';')
  return name.replace(/[. ]+$/, '').replace(/\.[a-z]{1,5}$/, '')
}
