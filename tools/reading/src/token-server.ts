import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A provider on this machine: token calls, and an API that rejects the first token it issued. */
export interface TokenServer extends AsyncDisposable {
  readonly url: URL
  /** How many tokens it has issued. */
  issued(): number
}

export async function startTokenServer(): Promise<TokenServer> {
  let issued = 0
  const answer = ({ method, headers }: IncomingMessage, response: ServerResponse): void => {
    if (method === 'POST') {
      issued += 1
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ access: `access-token-${issued}`, refresh: `refresh-token-${issued}` }))
      return
    }
    response.statusCode = headers.authorization === 'Bearer access-token-1' ? 401 : 200
    response.end()
  }
  const server = createServer((request, response) => request.resume().once('end', () => answer(request, response)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: new URL(`http://127.0.0.1:${portOf(server.address())}`),
    issued: () => issued,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.')
  return address.port
}
