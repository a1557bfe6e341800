/// <reference lib="esnext.disposable" preserve="true" />
// The door from real HTTP to a simulator. It is thin on purpose: whatever a simulator does, it does in its `fetch`, so both
// ways in behave alike.

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Fetch } from './in-process-fetch.ts'
import { isConnectionReset } from './network-error.ts'

export type { Fetch } from './in-process-fetch.ts'

/** What `listen` needs of a simulator. */
export interface Listenable {
  /** The origin that its `fetch` answers for. */
  readonly url: URL
  /** Answers the requests that arrive. */
  readonly fetch: Fetch
}

/** Options of `listen()`. */
export interface ListenOptions {
  /**
   * The port on 127.0.0.1.
   *
   * @default 0 (a free one)
   */
  readonly port?: number | undefined
}

/** A simulator that listens on loopback. */
export interface SimulatorServer extends AsyncDisposable {
  /** `http://127.0.0.1:<port>/` */
  readonly url: URL
  /** Stops listening and cuts all connections, hanging ones too. */
  readonly close: () => Promise<void>
}

/** Serves a simulator over HTTP on 127.0.0.1. Rejects where the port is taken. */
export const listen = async (simulator: Listenable, options: ListenOptions = {}): Promise<SimulatorServer> => {
  const server = createServer((incoming, outgoing) => void serve(simulator, incoming, outgoing))
  // An idle connection stays open: closing it after Node's 5 s would now and then cut off a request of a slow test.
  server.keepAliveTimeout = 0
  // Room for a thousand callers who connect at once.
  server.listen({ host: '127.0.0.1', port: options.port ?? 0, backlog: 4_096 })
  await once(server, 'listening')

  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port')

  const close = async (): Promise<void> => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }
  return { url: new URL(`http://127.0.0.1:${address.port}`), close, [Symbol.asyncDispose]: close }
}

const serve = async (simulator: Listenable, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
  // The one method that a fetch, and so a simulator, cannot express.
  if (incoming.method === 'TRACE') return void outgoing.writeHead(501).end()
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort())
  try {
    const response = await simulator.fetch(target(simulator, incoming), {
      ...(await contentOf(incoming)),
      redirect: 'manual',
      signal: gone.signal,
    })
    await write(response, outgoing, gone.signal)
  } catch (error) {
    const gaveUp = gone.signal.aborted || !incoming.complete
    if (outgoing.headersSent) incoming.socket.destroy()
    else incoming.socket.resetAndDestroy()
    // Anything else is a defect of the simulator and must not pass for a fault.
    if (!gaveUp && !isConnectionReset(error)) throw error
  }
}

const target = (simulator: Listenable, incoming: IncomingMessage): string =>
  `${simulator.url.origin}${incoming.url?.startsWith('/') ? incoming.url : '/'}`

const contentOf = async (incoming: IncomingMessage): Promise<RequestInit> => {
  const headers = new Headers()
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value)
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
