import { type Answer, respond } from '../answer.ts'

/** What can be wrong with a request to the admin API, as a word for programs. */
export type ProblemCode =
  | 'invalid-request'
  | 'unknown-provider'
  | 'unknown-account'
  | 'unknown-path'
  | 'method-not-allowed'
  | 'not-loopback'
  | 'unknown-host'
  | 'foreign-origin'
  | 'timeout'

const PROBLEMS: Readonly<Record<ProblemCode, { readonly status: number; readonly title: string }>> = {
  'invalid-request': { status: 400, title: 'The request is not as documented' },
  'unknown-provider': { status: 404, title: 'No such provider is simulated' },
  'unknown-account': { status: 404, title: 'No such account is accepted' },
  'unknown-path': { status: 404, title: 'No such operation' },
  'method-not-allowed': { status: 405, title: 'Not with this method' },
  'not-loopback': { status: 403, title: 'Not from this machine' },
  'unknown-host': { status: 403, title: 'Not a host of this server' },
  'foreign-origin': { status: 403, title: 'Not from the page of this server' },
  timeout: { status: 408, title: 'Not in time' },
}

/** A request that is answered with a problem. Its message is the detail, and holds no secret. */
export class AdminProblem extends Error {
  readonly code: ProblemCode

  constructor(code: ProblemCode, detail: string) {
    super(detail)
    this.name = 'AdminProblem'
    this.code = code
  }
}

/** RFC 9457. */
export const problemAnswer = (code: ProblemCode, detail: string): Answer => {
  const { status, title } = PROBLEMS[code]
  return {
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: { type: 'about:blank', title, status, detail, code },
  }
}

/** A problem as a response. */
export const refuseFrom = (code: ProblemCode, detail: string): Response =>
  respond(problemAnswer(code, detail), Date.now())
