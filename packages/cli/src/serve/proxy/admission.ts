import type { PathRule, ProxyExchange, ServedAccount } from './exchange.ts'
import { limitPaths, ruleFor } from './path-rules.ts'
import { badRequest, forbidden } from './refusal.ts'
import { BadTarget, hasParameters, queryNames, type RequestTarget, readTarget } from './request-target.ts'
import { type IsTokenEndpoint, tokenEndpoints } from './token-endpoints.ts'

/** A request that may be sent. */
export interface Admitted {
  readonly url: URL
  /** The rule that matched; absent: the key has none for this account. */
  readonly rule: PathRule | undefined
}

/** Decides about each request of a call, and about each redirect. */
export interface Admission {
  /**
   * May this be sent, with this target behind the base URL of the API?
   * @throws {Refusal} if not
   */
  admit(method: string, target: string): Admitted
  /** The target behind the base URL; `undefined`: the URL is elsewhere. */
  targetOf(url: URL): string | undefined
}

/** The rules of a call: what its key allows, and what is out of reach for every key. */
export function admissionOf({ account, rules }: Pick<ProxyExchange, 'account' | 'rules'>): Admission {
  const { base, folder, isTokenEndpoint, ownParameters } = placeOf(account)
  return {
    admit(method, target) {
      const asked = judged(() => readTarget(target))
      if (limitPaths(rules) && hasParameters(asked)) {
        throw badRequest('invalid-path', 'The path may not have a ";", because this key is limited to paths.')
      }
      const rule = ruleFor(rules, method, asked.segments)
      if (rule === undefined && rules.length > 0) {
        throw forbidden('forbidden', 'This key does not allow this method and path. Ask for a key that does.')
      }
      refuseTokenEndpoint(isTokenEndpoint, folder, asked)
      refuseParameters(ownParameters, asked)
      return { url: joined(base, folder, asked), rule }
    },
    targetOf({ origin, pathname, search }) {
      const isBelow = origin === base.origin && `${pathname}/`.startsWith(`${folder}/`)
      return isBelow ? pathname.slice(folder.length) + search : undefined
    },
  }
}

/** What is the same for all calls of an account. */
interface ApiPlace {
  readonly base: URL
  /** Of the base URL, without its closing slash. */
  readonly folder: string
  readonly isTokenEndpoint: IsTokenEndpoint
  /** The query parameters that the package itself sets. */
  readonly ownParameters: readonly string[]
}

const places = new WeakMap<ServedAccount, ApiPlace>()

function placeOf(account: ServedAccount): ApiPlace {
  const known = places.get(account)
  if (known !== undefined) return known
  const { client, facts } = account
  const base = new URL(client.baseUrl)
  const place = {
    base,
    folder: base.pathname.replace(/\/$/, ''),
    isTokenEndpoint: tokenEndpoints(facts, client.baseUrl),
    ownParameters: facts.apiQuery ?? [],
  }
  places.set(account, place)
  return place
}

function refuseTokenEndpoint(isTokenEndpoint: IsTokenEndpoint, folder: string, { segments }: RequestTarget): void {
  const above = folder.split('/').filter((segment) => segment !== '')
  if (!isTokenEndpoint(segments) && (above.length === 0 || !isTokenEndpoint([...above, ...segments]))) return
  throw forbidden('token-endpoint', 'No key reaches the endpoints that issue, list or end tokens.')
}

/** A provider that reads the first of two would use the caller's. */
function refuseParameters(names: readonly string[], { search }: RequestTarget): void {
  if (names.length === 0) return
  const given = judged(() => queryNames(search))
  const own = names.find((name) => given.has(name))
  if (own === undefined) return
  throw badRequest('query-parameter', `The proxy itself sends the query parameter "${own}". Leave it out.`)
}

/** The target is sent byte for byte as it was checked. */
function joined(base: URL, folder: string, { path, search }: RequestTarget): URL {
  const url = new URL(base.origin + folder + path + search)
  if (url.origin === base.origin && url.pathname === folder + path && url.search === (search === '?' ? '' : search)) {
    return url
  }
  throw badRequest('invalid-path', 'The path or the query has a character that must be percent-encoded.')
}

function judged<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof BadTarget) throw badRequest('invalid-path', error.message)
    throw error
  }
}
