import type { RevealedRequest } from '../recorded-request.ts'

/** Answers in place of the server, or fails as a connection does. */
export type Answerer = (request: RevealedRequest, secrets: readonly string[]) => Response

const STATUSES = [200, 400, 401, 403, 404, 422, 429, 500, 503]

/** Servers, proxies and connections that repeat what was sent to them. */
export const quotingAnswers: Readonly<Record<string, Answerer>> = {
  ...Object.fromEntries(STATUSES.map((status) => [`a ${status}`, withStatus(status)])),
  'a page': (request) =>
    new Response(`<p>${JSON.stringify(request)}</p>`, { headers: { 'content-type': 'text/html' } }),
  'a redirect': ({ url, body }) =>
    new Response(null, { status: 307, headers: { location: `${url}#${encodeURIComponent(body)}` } }),
  'a reset': (request) => {
    throw new TypeError(`fetch failed: ${JSON.stringify(request)}`)
  },
}

function withStatus(status: number): Answerer {
  return (request, secrets) => {
    const text = JSON.stringify(request)
    const sent = secrets.filter((secret) => text.includes(secret)).sort((a, b) => a.length - b.length)
    // Short enough to be taken for a description.
    const title = `Refused: ${sent[0] ?? ''}`
    return Response.json({ title, error: title, error_description: text, message: text }, { status })
  }
}
