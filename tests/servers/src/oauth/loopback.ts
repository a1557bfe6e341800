import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'

/** A server on 127.0.0.1 and a free port, until the test's scope ends. */
export interface Loopback extends AsyncDisposable {
  readonly url: URL
}

/** Starts a server. The listener is made once the address is known, which an issuer has to be told. */
export async function loopback(listener: (url: URL) => RequestListener): Promise<Loopback> {
  const server = createServer()
  // Node would close an idle connection after 5 s, and now and then cut off the next request of a slow machine.
  server.keepAliveTimeout = 0
  server.listen({ host: '127.0.0.1', port: 0, backlog: 512 })
  await once(server, 'listening')
  const url = new URL(`http://127.0.0.1:${portOf(server)}`)
  server.on('request', listener(url))
  return {
    url,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port')
  return address.port
}
