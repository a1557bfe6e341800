import type { Fetch } from '@chaveiro/core'
import { SECRET } from './setup.ts'

export const SERVER = new URL('https://issuer.example')
/** A server that has nothing to do with the provider. */
export const ELSEWHERE = new URL('https://elsewhere.example')

/** A network as a platform's fetch sees it: redirects are followed, with all that a request carries, unless it says no. */
export function network(answer: (request: Request) => Promise<Response>): Fetch {
  const underWay = new Set<Request>()
  const send = async (request: Request): Promise<Response> => {
    const { redirect, method, headers, signal } = request
    const body = redirect === 'follow' && method !== 'GET' ? await request.clone().text() : null
    // As a connection does. A Request that is only reachable from here may be collected, and then hears of no abort.
    underWay.add(request)
    const response = await answer(request).finally(() => underWay.delete(request))
    const location = response.headers.get('location')
    if (location === null || redirect !== 'follow') return response
    const isGet = response.status < 307
    const next = { method: isGet ? 'GET' : method, body: isGet ? null : body, headers, signal, redirect }
    return send(new Request(new URL(location, request.url), next))
  }
  return (input, init) => send(new Request(input, init))
}

/** Does the request carry a secret, anywhere? */
export async function carriesSecret(request: Request): Promise<boolean> {
  const { url, headers } = request
  return [url, JSON.stringify([...headers]), await request.clone().text()].some((part) => part.includes(SECRET))
}
