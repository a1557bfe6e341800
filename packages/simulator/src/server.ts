/// <reference lib="esnext.disposable" preserve="true" />
// The door from real HTTP to a simulator. It is thin on purpose: whatever a simulator does, it does in its `fetch`, so both
// ways in behave alike.

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer, type ServerOptions } from 'node:https'
import { setTimeout } from 'node:timers/promises'
import { TLSSocket } from 'node:tls'
import { ADMIN_PATH, type Admin } from './admin/admin.ts'
import { refuseFrom } from './admin/problem.ts'
import type { Fetch } from './in-process-fetch.ts'
import { isConnectionReset } from './network-error.ts'

export type { Admin } from './admin/admin.ts'
export type { Fetch } from './in-process-fetch.ts'

/** What `listen` needs of a simulator. */
export interface Listenable {
  /** The origin that its `fetch` answers for. */
  readonly url: URL
  /** Answers the requests that arrive. */
  readonly fetch: Fetch
  /** The host that a request is for, of a provider with several. */
  readonly hostOf?: ((method: string, path: string) => URL) | undefined
  /** Is told the address, if it has to know it. */
  readonly servedAt?: ((url: URL) => void) | undefined
}

/** Options of `listen()`. */
export interface ListenOptions {
  /**
   * The port on 127.0.0.1.
   *
   * @default 0 (a free one)
   */
  readonly port?: number | undefined
  /**
   * Serves the admin API and its page too, below `/__simulator`. Several simulators may share one.
   *
   * @default neither
   */
  readonly admin?: Admin | undefined
  /**
   * The address to listen at. With another than a loopback address, other machines can reach the simulator; the admin API
   * then takes requests from them too, if their `Host` is among its `hosts`.
   *
   * @default 127.0.0.1
   */
  readonly address?: string | undefined
  /**
   * How long each request is in flight before the provider receives it, in milliseconds, as on a slow network.
   *
   * @default 0
   */
  readonly latencyMs?: number | undefined
  /**
   * Serves https, with a certificate of yours for 127.0.0.1.
   *
   * @default http
   */
  readonly tls?: TlsOptions | undefined
}

/** How a server proves who it is, and what it asks of clients. */
export interface TlsOptions {
  /** The private key, in PEM. */
  readonly key: string
  /** Its certificate, in PEM, with those between it and the root. */
  readonly cert: string
  /** Asks clients for certificates. @default none are asked for */
  readonly clientCertificates?: ClientCertificateOptions | undefined
}

/** Which client certificates are good. */
export interface ClientCertificateOptions {
  /** The authorities that issue them, in PEM. */
  readonly ca: string
  /**
   * Refuses connections without one. Without that, the provider decides what a request may do: it sees the certificates
   * that are good, and no others.
   *
   * @default true
   */
  readonly demanded?: boolean | undefined
}

/** A simulator that listens on loopback. */
export interface SimulatorServer extends AsyncDisposable {
  /** `http://127.0.0.1:<port>/`, or https */
  readonly url: URL
  /** Stops listening and cuts all connections, hanging ones too. */
  readonly close: () => Promise<void>
}

/** Serves a simulator over HTTP on 127.0.0.1. Rejects where the port is taken, or the key or certificate can't be read. */
export const listen = async (simulator: Listenable, options: ListenOptions = {}): Promise<SimulatorServer> => {
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse) =>
    void serve(simulator, options, incoming, outgoing)
  const server = options.tls === undefined ? createServer(answer) : createTlsServer(tlsSettings(options.tls), answer)
  // An idle connection stays open: closing it after Node's 5 s would now and then cut off a request of a slow test.
  server.keepAliveTimeout = 0
  // Room for a thousand callers who connect at once.
  const { address: host = '127.0.0.1' } = options
  server.listen({ host, port: options.port ?? 0, backlog: 4_096 })
  await once(server, 'listening')

  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port')

  const url = new URL(`${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${address.port}`)
  simulator.servedAt?.(url)
  options.admin?.servedAt(simulator, url)
  const close = async (): Promise<void> => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }
  return { url, close, [Symbol.asyncDispose]: close }
}

const tlsSettings = ({ key, cert, clientCertificates }: TlsOptions): ServerOptions => ({
  key,
  cert,
  ...(clientCertificates !== undefined && {
    ca: clientCertificates.ca,
    requestCert: true,
    rejectUnauthorized: clientCertificates.demanded ?? true,
  }),
})

const serve = async (
  simulator: Listenable,
  options: ListenOptions,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> => {
  // The one method that a fetch, and so a simulator, cannot express.
  if (incoming.method === 'TRACE') return void outgoing.writeHead(501).end()
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort())
  const { signal } = gone
  try {
    const response =
      options.admin !== undefined && isForAdmin(incoming)
        ? await answerAdmin(options.admin, options, incoming, signal)
        : await answerOf(simulator, options, incoming, signal)
    await write(response, outgoing, signal)
  } catch (error) {
    const gaveUp = signal.aborted || !incoming.complete
    if (outgoing.headersSent) incoming.socket.destroy()
    else incoming.socket.resetAndDestroy()
    // Anything else is a defect of the simulator and must not pass for a fault.
    if (!gaveUp && !isConnectionReset(error)) throw error
  }
}

const answerOf = async (
  simulator: Listenable,
  { latencyMs = 0 }: ListenOptions,
  incoming: IncomingMessage,
  signal: AbortSignal,
): Promise<Response> => {
  const content = await contentOf(incoming)
  if (latencyMs > 0) await setTimeout(latencyMs, undefined, { signal })
  return simulator.fetch(target(simulator, incoming), { ...content, redirect: 'manual', signal })
}

const isForAdmin = ({ url = '' }: IncomingMessage): boolean =>
  url === ADMIN_PATH || url.startsWith(`${ADMIN_PATH}/`) || url.startsWith(`${ADMIN_PATH}?`)

const answerAdmin = async (
  admin: Admin,
  { address, tls }: ListenOptions,
  incoming: IncomingMessage,
  signal: AbortSignal,
): Promise<Response> => {
  const scheme = tls === undefined ? 'http' : 'https'
  // Any text can come as `Host`.
  const base = `${scheme}://${incoming.headers.host ?? ''}`
  const url = URL.canParse(base) ? new URL(incoming.url ?? '/', base) : undefined
  if (url === undefined) return refuseFrom('unknown-host', 'The Host header is missing or is not a host.')
  if (address === undefined && !isLoopback(incoming.socket.remoteAddress)) {
    return refuseFrom('not-loopback', 'The request came from another machine.')
  }
  return admin.fetch(new Request(url, { ...(await contentOf(incoming)), signal }))
}

const isLoopback = (address = ''): boolean => /^(?:::ffff:)?127\.|^::1$/.test(address)

const target = ({ url, hostOf = () => url }: Listenable, { method = '', url: path = '' }: IncomingMessage): string => {
  const inside = path.startsWith('/') ? path : '/'
  return `${hostOf(method, inside.split('?', 1)[0] ?? '').origin}${inside}`
}

const contentOf = async (incoming: IncomingMessage): Promise<RequestInit> => {
  const headers = new Headers()
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value)
  }
  // Where TLS ends here, only the handshake says what a client presented (RFC 9440 §2.4).
  if (incoming.socket instanceof TLSSocket) {
    headers.delete('client-cert')
    const { raw } = incoming.socket.authorized ? incoming.socket.getPeerCertificate() : {}
    if (raw !== undefined) headers.set('client-cert', `:${raw.toString('base64')}:`)
  }
  const chunks: Uint8Array[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const method = incoming.method ?? 'GET'
  // The Fetch standard knows no GET with a body.
  return { method, headers, ...(method === 'GET' || method === 'HEAD' ? {} : { body: Buffer.concat(chunks) }) }
}

const write = async (response: Response, outgoing: ServerResponse, signal: AbortSignal): Promise<void> => {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  // Node would keep the head back until the body begins, which for a slow body is a different fault.
  outgoing.flushHeaders()
  for await (const chunk of response.body ?? []) {
    if (!outgoing.write(chunk)) await once(outgoing, 'drain', { signal })
  }
  outgoing.end()
}
