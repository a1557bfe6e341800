import type { Clock } from '../clock.ts'
import { discardBody } from '../http/body-reader.ts'
import type { Fetch } from '../http/fetch.ts'
import type { Attempt, Leg } from './call.ts'

/** How a call travels through redirects. */
export interface Journey {
  readonly clock: Clock
  /** May the token go there? Absent: the call carries no token of ours, so it goes wherever the platform's fetch would. */
  readonly allows?: (url: URL) => boolean
  /** Puts the token on, for each leg. */
  readonly authorize?: (headers: Headers) => void
}

// The Fetch Standard's limit.
const LONGEST_CHAIN = 20
const REDIRECTS = new Set([301, 302, 303, 307, 308])
const READS = /^(GET|HEAD)$/
// What the Fetch Standard (HTTP-redirect fetch) takes off for another origin, and what Node's fetch takes off beyond it.
const CREDENTIALS = ['authorization', 'cookie', 'proxy-authorization', 'host']

/**
 * Sends an attempt, and follows redirects as the caller asks. A 301, 302 or 303 to anything but a GET or HEAD ends the
 * first request, because the server may have applied it: what is sent again later begins behind that redirect. A 307 or
 * 308 says that nothing was done.
 *
 * With a token, a redirect is returned as it came if it leads to an origin that may not have the token, if it needs a
 * body that can't be sent again, or if the platform hides it (browsers: an opaque response).
 */
export async function sendAlong(attempt: Attempt, fetch: Fetch, journey: Journey): Promise<Response> {
  const { clock, authorize } = journey
  let leg = attempt.leg
  for (let hops = 0; ; hops += 1) {
    const headers = attempt.headers
    for (const name of leg?.isElsewhere ? CREDENTIALS : []) headers.delete(name)
    authorize?.(headers)
    const response = await attempt.transmit(fetch, headers, leg, 'manual')
    // A fetch that pays no heed to `redirect` has followed by itself.
    attempt.isUnsure = response.redirected
    if (leg) Reflect.defineProperty(response, 'redirected', { value: true })
    const { status, type } = response
    const isHidden = type === 'opaqueredirect'
    if (attempt.redirect === 'manual' || !(REDIRECTS.has(status) || isHidden)) return response
    if (attempt.redirect === 'error') return refuse(response, clock, 'and the request says redirect: "error"')
    const next = nextLeg(response, attempt, leg, journey)
    if (next === undefined) return response
    if (next === 'nowhere') return refuse(response, clock, 'to an address that fetch does not follow')
    if (hops === LONGEST_CHAIN) return refuse(response, clock, `more than ${LONGEST_CHAIN} times`)
    if (status < 307 && !READS.test(attempt.method)) attempt.leg = next
    await discardBody(response, clock)
    leg = next
  }
}

/**
 * Sends an attempt without a token. The platform follows redirects, except where the call may be repeated and must not
 * be applied twice. Where nothing is seen of redirects, the call is sent as it is, and `isUnsure` until an answer shows
 * that none was followed.
 */
export async function sendAnywhere(attempt: Attempt, fetch: Fetch, clock: Clock): Promise<Response> {
  const { leg, method, redirect, canReplay, origin } = attempt
  const isPlain = leg === undefined && (READS.test(method) || redirect !== 'follow' || !canReplay)
  if (!isPlain && origin !== '' && !hidesRedirects()) return sendAlong(attempt, fetch, { clock })
  attempt.isUnsure = !isPlain
  const response = await attempt.transmit(fetch, attempt.headers)
  attempt.isUnsure = !isPlain && response.redirected
  return response
}

let hides: boolean | undefined

/** Browsers hide a redirect from `redirect: 'manual'`. By what else they keep to themselves, because a try would send. */
function hidesRedirects(): boolean {
  hides ??= !new Request('https://hidden.invalid', { headers: { cookie: 'shown' } }).headers.has('cookie')
  return hides
}

/**
 * Reads a redirect as the Fetch Standard does (HTTP-redirect fetch): 303 turns everything but HEAD into GET, 301 and
 * 302 turn POST into GET, 307 and 308 change nothing. `undefined`: the response is the answer.
 */
function nextLeg(
  { status, headers }: Response,
  attempt: Attempt,
  leg: Leg | undefined,
  { allows }: Journey,
): Leg | 'nowhere' | undefined {
  const { method } = attempt
  const location = headers.get('location')
  if (location === null) return undefined
  const from = leg?.url ?? attempt.url
  const url = URL.canParse(location, from) ? new URL(location, from) : undefined
  // A server that wants Basic authentication on the way does not want our token.
  const isOpen = url?.username === '' && url.password === '' && (allows ? allows(url) : /^https?:$/.test(url.protocol))
  if (!isOpen) return allows ? undefined : 'nowhere'
  const asGet = status === 303 ? !READS.test(method) : status < 303 && method === 'POST'
  const isGet = asGet || leg?.asGet === true
  // An operation that must not be repeated may still be redirected: then it was not applied.
  if (!(isGet || attempt.canReplay || READS.test(method))) return undefined
  return { url, asGet: isGet, isElsewhere: leg?.isElsewhere === true || url.origin !== from.origin }
}

// As fetch does it: a TypeError with a cause that has no code, which is never worth another attempt.
async function refuse(response: Response, clock: Clock, how: string): Promise<never> {
  await discardBody(response, clock)
  throw new TypeError(`The server redirected ${how}.`, { cause: new Error('unexpected redirect') })
}
