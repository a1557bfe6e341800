import type { IncomingRequest } from './incoming-request.ts'
import { refusedRedirect, unknownHost } from './network-error.ts'

/** A function that can be used in place of the global `fetch`. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/** Answers a request that reached the simulator, or throws as a broken connection does. */
export type Receive = (request: IncomingRequest, signal: AbortSignal | undefined) => Promise<Response>

/** A `fetch` to which the world has these servers: every other origin is a host without an address. */
export const createInProcessFetch = (origins: readonly string[], receive: Receive): Fetch => {
  const send = async (
    request: IncomingRequest,
    mode: Request['redirect'],
    signal: AbortSignal | undefined,
    hops = 0,
  ): Promise<Response> => {
    if (!origins.includes(request.url.origin)) throw unknownHost(request.url.hostname)
    const response = await receive(request, signal)
    const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null
    if (location === null || mode === 'manual') return response
    if (mode === 'error') throw refusedRedirect('unexpected redirect')
    if (hops === MAX_HOPS) throw refusedRedirect('redirect count exceeded')
    return send(redirected(request, response.status, new URL(location, request.url)), mode, signal, hops + 1)
  }

  return async (input, init) => {
    const signal = signalOf(input, init)
    signal?.throwIfAborted()
    // The signal stays outside: a Request would follow it through one more listener for each call.
    const request = new Request(input, { ...init, signal: null })
    const { method, headers, redirect } = request
    const incoming = { method, headers, url: new URL(request.url), text: await request.text() }
    signal?.throwIfAborted()
    return send(incoming, redirect, signal)
  }
}

// Fetch standard, "redirect status".
const REDIRECTS = new Set([301, 302, 303, 307, 308])
const MAX_HOPS = 20

const signalOf = (input: string | URL | Request, init: RequestInit | undefined): AbortSignal | undefined => {
  if (init?.signal !== undefined) return init.signal ?? undefined
  return typeof input === 'object' && 'signal' in input ? input.signal : undefined
}

/** Fetch standard, HTTP-redirect fetch, step 11: some redirects turn into a GET and drop the body. */
const redirected = (request: IncomingRequest, status: number, url: URL): IncomingRequest => {
  const { method, headers } = request
  const becomesGet = status === 303 ? method !== 'GET' && method !== 'HEAD' : status <= 302 && method === 'POST'
  if (!becomesGet) return { ...request, url }
  const kept = new Headers(headers)
  for (const name of ['content-type', 'content-length', 'content-encoding', 'content-language', 'content-location']) {
    kept.delete(name)
  }
  return { method: 'GET', url, headers: kept, text: '' }
}
