import { once } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer, type ServerOptions } from 'node:https'
import { onTestFinished } from 'vitest'

/** An HTTPS server for one test. Answers with the text ok, unless told otherwise. */
export async function tlsServer(
  options: ServerOptions,
  answer: (response: ServerResponse, request: IncomingMessage) => void = (response) => void response.end('ok'),
): Promise<URL> {
  const server = createServer(options, (request, response) => {
    request.resume().on('end', () => answer(response, request))
  })
  // A handshake that fails is what the test is about.
  server.on('tlsClientError', () => {})
  return new URL(`https://localhost:${await portOf(server)}`)
}

/** Where a server of one test listens. */
export async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
