/** Where a redirect leads. */
export interface Hop {
  readonly url: URL
  /** The method becomes GET and the body is dropped. */
  readonly asGet: boolean
}

/**
 * Reads a redirect as the Fetch Standard does (HTTP-redirect fetch): 303 turns everything but HEAD into GET, 301 and
 * 302 turn POST into GET, 307 and 308 change nothing. `undefined`: not a redirect, or one that leads nowhere.
 */
export function redirectTarget(response: Response, from: URL, method: string): Hop | undefined {
  const { status } = response
  if (status !== 301 && status !== 302 && status !== 303 && status !== 307 && status !== 308) return undefined
  const location = response.headers.get('location')
  if (location === null || !URL.canParse(location, from)) return undefined
  const asGet = status === 303 ? method !== 'HEAD' && method !== 'GET' : status < 303 && method === 'POST'
  return { url: new URL(location, from), asGet }
}
