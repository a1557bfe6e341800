import type { ServerResponse } from 'node:http'
import type { Received } from '../retry/loopback.ts'

/** What a hop answers: a status, a lost connection, or nothing at all. */
export type HopAnswer = number | 'reset' | 'silence'

interface RedirectOptions {
  /** Where the redirect leads. @default the same server's `/done` */
  location?: (path: string) => string
  /** Called when a request has arrived that gets no answer. */
  onSilence?: () => void
}

/** Answers `/orders` with a redirect to `/done`, and `/done` with these, in order; then with 200. */
export function redirectedTo(
  status: number,
  answers: readonly HopAnswer[],
  { location = (path) => path, onSilence }: RedirectOptions = {},
): (response: ServerResponse, request: Received) => void {
  const left = [...answers]
  return (response, { path, socket }) => {
    if (path === '/orders') return void response.writeHead(status, { location: location('/done') }).end('moved')
    const answer = left.shift() ?? 200
    if (answer === 'reset') socket.resetAndDestroy()
    else if (answer === 'silence') onSilence?.()
    else response.writeHead(answer, { 'retry-after': '0' }).end('done')
  }
}

/** What arrived, in short: `POST /orders`. */
export function arrivals(received: readonly Received[]): string[] {
  return received.map(({ method, path }) => `${method} ${path}`)
}
