import type { Fetch } from '../http/fetch.ts'

// The request-body-header names of the Fetch Standard, and the length.
const BODY_HEADERS = ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length']

/**
 * Sends to where a redirect leads, whatever address it is given; everything else as for the first sending. With `asGet`
 * by that method and without what describes a body, as a 303 demands.
 */
export function sendingOn(fetch: Fetch, url: URL, asGet: boolean): Fetch {
  return (_input, init) => {
    const headers = new Headers(init?.headers)
    if (asGet) for (const name of BODY_HEADERS) headers.delete(name)
    return fetch(url.href, { ...init, headers: Object.fromEntries(headers), ...(asGet && { method: 'GET' }) })
  }
}
