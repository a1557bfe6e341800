import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'

/** A request as it came over the wire. */
interface WireRequest {
  readonly line: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface CardServer extends AsyncDisposable {
  readonly url: URL
  readonly received: readonly WireRequest[]
}

/** A server on loopback that shows what arrived, and answers as the test says. */
export async function cardServer(answer: (response: ServerResponse) => void): Promise<CardServer> {
  const received: WireRequest[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString()
    received.push({ line: `${request.method} ${request.url}`, headers: request.headers, body })
    answer(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    received,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
    },
  }
}

export const json =
  (body: unknown, status = 200) =>
  (response: ServerResponse): void =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
