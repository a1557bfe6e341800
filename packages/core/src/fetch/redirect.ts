import type { Clock } from '../clock.ts'
import { discardBody } from './discard-body.ts'

/** Where a redirect leads. */
interface Hop {
  readonly url: URL
  /** The method becomes GET and the body is dropped. */
  readonly asGet: boolean
}

/** A call on its way through redirects. */
export interface Journey {
  readonly mode: 'follow' | 'manual' | 'error'
  readonly method: string
  /** Where it was sent first. */
  readonly url: URL
  readonly clock: Clock
  /** May the token go there? */
  allows(url: URL): boolean
  /** May the body be sent again? */
  readonly canRepeatBody: boolean
  /** Sends it on. `asGet` stays true once a hop has said so. */
  send(url: URL, asGet: boolean): Promise<Response>
}

// The Fetch Standard's limit.
const LONGEST_CHAIN = 20

/**
 * Follows redirects that stay within the allowed origins: a fetch left to itself would follow any, and take custom
 * headers with it. One that leads elsewhere, or needs a body that cannot be sent again, is returned as it came. So is
 * one that the platform hides (browsers: an opaque response).
 */
export async function followRedirects(first: Response, journey: Journey): Promise<Response> {
  const { mode, method, clock } = journey
  let response = first
  let from = journey.url
  let asGet = false
  for (let hops = 0; mode !== 'manual'; hops += 1) {
    if (mode === 'error' && isRedirect(response))
      return refuse(response, clock, 'and the request says redirect: "error"')
    const hop = redirectTarget(response, from, asGet ? 'GET' : method)
    if (hop === undefined || !journey.allows(hop.url)) break
    if (!(hop.asGet || asGet || journey.canRepeatBody)) break
    if (hops === LONGEST_CHAIN) return refuse(response, clock, `more than ${LONGEST_CHAIN} times`)
    await discardBody(response, clock)
    asGet ||= hop.asGet
    from = hop.url
    response = await journey.send(hop.url, asGet)
  }
  return response
}

/**
 * Reads a redirect as the Fetch Standard does (HTTP-redirect fetch): 303 turns everything but HEAD into GET, 301 and
 * 302 turn POST into GET, 307 and 308 change nothing. `undefined`: not a redirect, or one that leads nowhere.
 */
function redirectTarget(response: Response, from: URL, method: string): Hop | undefined {
  const { status } = response
  if (!isRedirect(response)) return undefined
  const location = response.headers.get('location')
  if (location === null || !URL.canParse(location, from)) return undefined
  const url = new URL(location, from)
  // Whoever wants Basic authentication on the way does not want our token.
  if (url.username !== '' || url.password !== '') return undefined
  const asGet = status === 303 ? method !== 'HEAD' && method !== 'GET' : status < 303 && method === 'POST'
  return { url, asGet }
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])

function isRedirect({ status, type }: Response): boolean {
  return REDIRECTS.has(status) || type === 'opaqueredirect'
}

// As fetch does it: a TypeError with a cause that has no code, which is never worth another attempt.
async function refuse(response: Response, clock: Clock, how: string): Promise<never> {
  await discardBody(response, clock)
  throw new TypeError(`The server redirected ${how}.`, { cause: new Error('unexpected redirect') })
}
