import type { Answer } from '../answer.ts'

/** The `type` of every problem and of the one success that looks like one. */
export const PROBLEM_TYPE = 'http://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html'

// The reference page "Sessão" shows one error: the login's 401, "invalid_grant". That other operations answer theirs in the
// same form is our assumption, and these titles are the names of RFC 9110: no document shows them.
const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  422: 'Unprocessable Content',
  500: 'Internal Server Error',
}

/** An error, `{ type, title, status, detail }`. `detail` holds no value of a request. */
const problem = (status: number, title: string, detail: string): Answer => ({
  status,
  detail,
  body: { type: PROBLEM_TYPE, title, status, detail },
})

/** A problem by its status; no body where the status has no title here. */
export const refuse = (status: number, detail: string): Answer => {
  const title = TITLES[status]
  return title === undefined ? { status, detail } : problem(status, title, detail)
}

/** The documented error, word for word. */
export const invalidGrant = (): Answer => problem(401, 'invalid_grant', 'Invalid username and password combination')
