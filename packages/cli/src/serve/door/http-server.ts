import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Duplex } from 'node:stream'
import { type Problem, rawProblem } from './problem.ts'
import { PROBLEMS } from './problems.ts'
import type { TlsFiles } from './tls.ts'

/** What a connection may take. */
export interface ConnectionLimits {
  readonly maxConnections: number
  /** For a request's line and headers to arrive, in milliseconds. @default 10_000 */
  readonly headersTimeoutMs?: number | undefined
  /** Between two requests of a connection, in milliseconds. @default 65_000 */
  readonly keepAliveMs?: number | undefined
}

/** Answers a request, by what it expects. */
export type Answer = (
  request: IncomingMessage,
  response: ServerResponse,
  expects: 'nothing' | 'continue' | 'something else',
) => Promise<void>

const HEADERS_BYTES = 16 * 1_024
const HEADERS_TIMEOUT_MS = 10_000
// Longer than clients and load balancers keep theirs, so that they are the ones that close.
const KEEP_ALIVE_MS = 65_000
const CHECKS_FOR_EACH_TIMEOUT = 10
const TLS = { minVersion: 'TLSv1.2', ALPNProtocols: ['http/1.1'] } as const

/** Node's own server with its strict parser: HTTP/1.1 and nothing else. */
export function httpServer(limits: ConnectionLimits, tls: TlsFiles | undefined, answer: Answer): Server {
  const { maxConnections, headersTimeoutMs = HEADERS_TIMEOUT_MS, keepAliveMs = KEEP_ALIVE_MS } = limits
  const options: ServerOptions = {
    insecureHTTPParser: false,
    maxHeaderSize: HEADERS_BYTES,
    headersTimeout: headersTimeoutMs,
    // Bodies may take as long as they arrive: `Calls` ends those that don't.
    requestTimeout: 0,
    connectionsCheckingInterval: Math.ceil(headersTimeoutMs / CHECKS_FOR_EACH_TIMEOUT),
    keepAliveTimeout: keepAliveMs,
    noDelay: true,
  }
  const server =
    tls === undefined
      ? createServer(options)
      : createTlsServer({ ...options, ...tls, ...TLS, handshakeTimeout: headersTimeoutMs })
  server.maxConnections = maxConnections
  server.on('request', (request, response) => void answer(request, response, 'nothing'))
  server.on('checkContinue', (request, response) => void answer(request, response, 'continue'))
  server.on('checkExpectation', (request, response) => void answer(request, response, 'something else'))
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => endWith(socket, PROBLEMS.switching))
  server.on('upgrade', (_request: IncomingMessage, socket: Duplex) => endWith(socket, PROBLEMS.switching))
  server.on('clientError', (error: Error & { readonly code?: string }, socket: Duplex) => {
    // In the middle of an answer another one would be taken for a part of it.
    if (isAnswering(socket) || !socket.writable || error.code === 'ECONNRESET') socket.destroy()
    else endWith(socket, PARSER_PROBLEMS[error.code ?? ''] ?? PROBLEMS['bad-request'])
  })
  return server
}

const PARSER_PROBLEMS: Readonly<Record<string, Problem>> = {
  HPE_HEADER_OVERFLOW: PROBLEMS['headers-too-long'],
  ERR_HTTP_REQUEST_TIMEOUT: PROBLEMS.idle,
}

/** Node's own mark of a connection whose answer has begun or is awaited. */
function isAnswering(socket: Duplex): boolean {
  return '_httpMessage' in socket && socket._httpMessage !== null && socket._httpMessage !== undefined
}

function endWith(socket: Duplex, problem: Problem): void {
  socket.on('error', () => {})
  socket.end(rawProblem(problem), () => socket.destroy())
}
