import { isObject } from '../brands.ts'
import type { Fetch } from '../http/fetch.ts'

const MASK = '[hidden]'
const MOST_ERRORS = 32

/**
 * A fetch to `url`, whose query may hold a secret: responses say that they came from `shown`, and errors
 * don't quote the query.
 */
export function hidingQuery(fetch: Fetch, url: URL, shown: URL): Fetch {
  return async (_input, init) => {
    try {
      return shownAs(shown.href, await fetch(url.href, init))
    } catch (error) {
      // Deno and Bun quote the address that they could not reach.
      hide(error, url.search, new Set())
      throw error
    }
  }
}

function shownAs(href: string, response: Response): Response {
  const { body, status, statusText, headers } = response
  // Another one, because what prints a response looks behind its properties. Not where there is no body to move (React
  // Native), and not of a redirect that a browser hides.
  const isMovable = body !== undefined && status >= 200
  const shown = isMovable ? new Response(body, { status, statusText, headers }) : response
  const clone = shown.clone.bind(shown)
  return Object.defineProperties(shown, { url: { value: href }, clone: { value: () => shownAs(href, clone()) } })
}

/** In place: what an error is and what its codes are decides about another attempt. */
function hide(error: unknown, search: string, seen: Set<unknown>): void {
  if (!isObject(error) || seen.has(error) || seen.size > MOST_ERRORS) return
  seen.add(error)
  for (const name of Object.getOwnPropertyNames(error)) {
    const value: unknown = Reflect.get(error, name)
    if (typeof value === 'string' && value.includes(search)) Reflect.set(error, name, value.replaceAll(search, MASK))
    else hide(value, search, seen)
  }
}
