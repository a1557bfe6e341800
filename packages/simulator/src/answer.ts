import type { Json } from './json.ts'

/** What a provider answers, before it becomes a Response: faults alter it in this form. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Absent: an empty body. */
  readonly body?: Json | undefined
  /** A page, in place of a body of JSON. */
  readonly html?: string | undefined
  /** Why the provider refuses, for the log; it holds no value of the request. Never sent. */
  readonly detail?: string | undefined
}

/** The body as it goes over the wire. */
export const serialise = ({ body, html }: Answer): string => html ?? (body === undefined ? '' : JSON.stringify(body))

// The Fetch standard refuses a body, even an empty one, with these.
const WITHOUT_BODY = new Set([204, 205, 304])

/** Builds the Response, with a `Date` header from the simulator's clock; `body` replaces the answer's own. */
export const respond = (answer: Answer, now: number, body?: string | ReadableStream<Uint8Array>): Response => {
  const content = body ?? serialise(answer)
  const headers = new Headers({
    'content-type': `${answer.html === undefined ? 'application/json' : 'text/html'}; charset=utf-8`,
    date: new Date(now).toUTCString(),
    ...answer.headers,
  })
  if (WITHOUT_BODY.has(answer.status)) headers.delete('content-type')
  return new Response(WITHOUT_BODY.has(answer.status) ? null : content, { status: answer.status, headers })
}
