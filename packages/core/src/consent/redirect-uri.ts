import { requireSafeOrigin } from '../origins.ts'

// What a callback carries besides the redirect URI's own query (RFC 6749 §4.1.2, RFC 9207 §2).
const OF_THE_ANSWER = ['code', 'state', 'iss', 'error', 'error_description', 'error_uri']

/**
 * The redirect URI as it was given, because servers compare it as a text.
 * @throws {TypeError} for one that a code must not be sent to, or whose answer could not be told from it.
 */
export function checkedRedirectUri(given: string | URL): string {
  const text = String(given)
  const url = parsed(text)
  if (url === undefined) throw new TypeError('redirectUri must be a whole address: https://… or http://127.0.0.1:….')
  // A program's own scheme has a dot, because it is a domain's name in reverse (RFC 8252 §7.1).
  if (!/^[a-z][a-z\d+-]*\.[a-z\d.+-]*:$/.test(url.protocol)) requireSafeOrigin(url, 'redirectUri', {})
  if (text.includes('#')) throw new TypeError('redirectUri must not have a fragment (RFC 6749 §3.1.2).')
  const names = [...url.searchParams.keys()]
  const reserved = names.find((name, index) => OF_THE_ANSWER.includes(name) || names.indexOf(name) !== index)
  if (reserved !== undefined)
    throw new TypeError(`redirectUri must not have the parameter ${reserved}, or have it twice.`)
  return text
}

/**
 * The parameters of a callback, without the redirect URI's own. `undefined`: it isn't an answer to that redirect URI.
 * `repeated`: it has a parameter twice.
 */
export function answerAt(
  redirectUri: string,
  callback: string | URL,
): ReadonlyMap<string, string> | 'repeated' | undefined {
  const url = parsed(String(callback))
  const own = new URL(redirectUri)
  if (url === undefined || placeOf(url) !== placeOf(own)) return undefined
  const answer = new Map<string, string>()
  for (const [name, value] of url.searchParams) {
    if (answer.has(name)) return 'repeated'
    answer.set(name, value)
  }
  for (const [name, value] of own.searchParams) {
    if (answer.get(name) !== value) return undefined
    answer.delete(name)
  }
  return answer
}

/** Origin and path. By its parts, because a program's own scheme has the origin "null". */
function placeOf({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname}`
}

function parsed(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}
