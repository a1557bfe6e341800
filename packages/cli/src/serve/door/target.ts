/** A request target as it came, in its two parts. */
export interface RawTarget {
  /** Begins with `/`. */
  readonly path: string
  /** With its `?`, or empty. */
  readonly query: string
}

/** Where a call goes. What is behind an account is left as it came: the proxy judges it before any URL parser sees it. */
export type Route =
  | { readonly door: 'health' | 'ready' | 'metrics' | 'openapi' | 'accounts'; readonly query: string }
  | { readonly door: 'token'; readonly provider: string; readonly account: string; readonly query: string }
  | {
      readonly door: 'proxy'
      readonly provider: string
      readonly account: string
      /** Begins with `/`. */
      readonly target: string
      readonly mount: string
    }

/** Splits a target in origin form (RFC 9112 §3.2.1); `undefined`: it has another form. */
export function splitTarget(url: string | undefined): RawTarget | undefined {
  if (url === undefined || !url.startsWith('/')) return undefined
  const at = url.indexOf('?')
  return at < 0 ? { path: url, query: '' } : { path: url.slice(0, at), query: url.slice(at) }
}

const PLACES: Readonly<Record<string, 'health' | 'ready' | 'metrics' | 'openapi' | 'accounts'>> = {
  '/healthz': 'health',
  '/readyz': 'ready',
  '/metrics': 'metrics',
  '/v1/openapi.json': 'openapi',
  '/v1/accounts': 'accounts',
}

const TOKEN = /^\/v1\/tokens\/([^/]+)\/([^/]+)$/
const PROXY = /^\/v1\/proxy\/([^/]+)\/([^/]+)/

/** `undefined`: there is nothing there. `bad`: the name of the account is not a percent-encoded segment. */
export function routeOf({ path, query }: RawTarget): Route | 'bad' | undefined {
  const place = Object.hasOwn(PLACES, path) ? PLACES[path] : undefined
  if (place !== undefined) return { door: place, query }
  const [mount, provider, segment] = TOKEN.exec(path) ?? PROXY.exec(path) ?? []
  if (mount === undefined || provider === undefined || segment === undefined) return undefined
  const account = decoded(segment)
  if (account === undefined) return 'bad'
  if (path.startsWith('/v1/tokens/')) return { door: 'token', provider, account, query }
  const rest = path.slice(mount.length)
  return rest === '' ? undefined : { door: 'proxy', provider, account, target: `${rest}${query}`, mount }
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}
