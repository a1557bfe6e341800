import { systemClock } from '../clock.ts'
import { discardBody } from '../http/body-reader.ts'
import type { RequestParts } from './request-parts.ts'

const LONGEST_CHAIN = 20
const REDIRECTS = new Set([301, 302, 303, 307, 308])
const READS = /^(GET|HEAD)$/
const ABOUT_BODY = /^(content-(encoding|language|location|type|length))$/
const CREDENTIALS = /^(authorization|cookie|proxy-authorization|host)$/

/** Sends, and does with redirects what the call says (Fetch Standard, HTTP-redirect fetch). */
export async function sendThrough(
  parts: RequestParts,
  send: (parts: RequestParts) => Promise<Response>,
): Promise<Response> {
  let current = parts
  for (let hops = 0; ; hops += 1) {
    const response = await send(current)
    if (hops > 0) Object.defineProperty(response, 'redirected', { value: true })
    if (parts.redirect === 'manual' || !REDIRECTS.has(response.status)) return response
    if (parts.redirect === 'error') return refuse(response, 'unexpected redirect')
    const location = response.headers.get('location')
    if (location === null) return response
    if (hops === LONGEST_CHAIN) return refuse(response, 'redirect count exceeded')
    const next = nextParts(current, response.status, location)
    if (typeof next === 'string') return refuse(response, next)
    await discardBody(response, systemClock)
    current = next
  }
}

function nextParts(parts: RequestParts, status: number, location: string): RequestParts | string {
  if (!URL.canParse(location, parts.url.href)) return 'invalid redirect URL'
  const url = new URL(location, parts.url)
  if (!/^https?:$/.test(url.protocol)) return 'URL scheme must be a HTTP(S) scheme'
  if (url.username !== '' || url.password !== '') return 'a redirect with credentials'
  const asGet = status === 303 ? !READS.test(parts.method) : status < 303 && parts.method === 'POST'
  // A stream is gone once it was sent.
  if (!asGet && parts.cancel) return 'a body that cannot be sent again'
  const isElsewhere = url.origin !== parts.url.origin
  const kept = Object.entries(parts.headers).filter(
    ([name]) => !(asGet && ABOUT_BODY.test(name)) && !(isElsewhere && CREDENTIALS.test(name)),
  )
  const headers = Object.fromEntries(kept)
  return asGet ? { ...parts, url, headers, method: 'GET', body: null, cancel: undefined } : { ...parts, url, headers }
}

async function refuse(response: Response, why: string): Promise<never> {
  await discardBody(response, systemClock)
  throw new TypeError('fetch failed', { cause: new Error(why) })
}
