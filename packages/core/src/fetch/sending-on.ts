import type { Fetch } from './fetch.ts'

// The request-body-header names of the Fetch Standard, and the length.
const BODY_HEADERS = ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length']

/**
 * Sends to where a redirect leads, whatever address it is given; everything else as for the first sending. With `asGet`
 * by that method and without what describes a body, as a 303 demands.
 */
export function sendingOn(fetch: Fetch, url: URL, asGet: boolean): Fetch {
  return (input, init) => {
    const headers = new Headers(init?.headers)
    if (asGet) for (const name of BODY_HEADERS) headers.delete(name)
    const request = typeof input === 'object' && 'headers' in input ? requestFields(input) : {}
    return fetch(url, { ...request, ...init, headers, ...(asGet && { method: 'GET' }) })
  }
}

/**
 * What a Request says besides its URL, headers, body and signal, as an init for another URL; with what frameworks hang
 * on the object (`next`, `cf`), which `new Request(url, request)` loses.
 */
function requestFields(request: Request): RequestInit {
  const { method, mode, credentials, cache, redirect, referrer, referrerPolicy, integrity, keepalive } = request
  const custom: RequestInit = Object.fromEntries(Object.entries(request))
  const fields = { ...custom, method, credentials, cache, redirect, referrer, referrerPolicy, integrity, keepalive }
  // No program may ask for `navigate` (Fetch Standard, Request constructor).
  return mode === 'navigate' ? fields : { ...fields, mode }
}
