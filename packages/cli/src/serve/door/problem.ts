import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { ErrorAction } from '@chaveiro/core'

/** Why a call got nothing else, for programs and in English (RFC 9457). No secret is ever in it. */
export interface Problem {
  readonly status: number
  /** Stays the same, so that a program can go by it. */
  readonly code: string
  /** What the caller can do about it. */
  readonly action: ErrorAction
  /** What happened and what to do, in at most two sentences. */
  readonly detail: string
  /** How long to wait before trying again, in milliseconds. Absent: unknown, or waiting doesn't help. */
  readonly retryAfterMs?: number | undefined
  /** Ends the connection, because what is left of the request was not read. */
  readonly closes?: boolean | undefined
  /** What the status asks for besides, such as `Allow`. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** Answers with a problem. Nothing may have been sent before. */
export function sendProblem(response: ServerResponse, problem: Problem): void {
  const body = problemBody(problem)
  response.writeHead(problem.status, problemHeaders(problem, body))
  response.end(body)
}

/** The same for a connection on which no request could be read. */
export function rawProblem(problem: Problem): string {
  const body = problemBody(problem)
  const headers = Object.entries(problemHeaders({ ...problem, closes: true }, body))
  const lines = headers.map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${problem.status} ${titleOf(problem)}`, ...lines, '', body].join('\r\n')
}

function problemBody(problem: Problem): string {
  const { status, code, action, detail } = problem
  // Without `type` it is `about:blank`, whose title is the status phrase (RFC 9457 §4.2.1).
  return `${JSON.stringify({ title: titleOf(problem), status, code, action, detail })}\n`
}

function problemHeaders({ retryAfterMs, closes = false, headers }: Problem, body: string): Record<string, string> {
  return {
    'Content-Type': 'application/problem+json',
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    ...(retryAfterMs !== undefined && { 'Retry-After': String(Math.max(1, Math.ceil(retryAfterMs / 1_000))) }),
    ...(closes && { Connection: 'close' }),
    ...headers,
  }
}

function titleOf({ status }: Problem): string {
  return STATUS_CODES[status] ?? 'Error'
}
