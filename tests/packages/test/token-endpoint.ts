import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'

/** A token endpoint in the shape of Bitize's, which answers when the test says so. */
export interface TokenEndpoint extends AsyncDisposable {
  readonly url: string
  /** The next request that arrives, or arrived and was not asked for yet. */
  readonly arrival: () => Promise<TokenCall>
}

interface TokenCall {
  readonly path: string
  readonly answer: () => void
}

export async function tokenEndpoint(): Promise<TokenEndpoint> {
  const arrived: TokenCall[] = []
  const waiting: ((call: TokenCall) => void)[] = []
  let calls = 0
  const server = createServer((request, response) => {
    request.resume()
    calls += 1
    const call = callOf(request.url ?? '', response, calls)
    const next = waiting.shift()
    if (next) next(call)
    else arrived.push(call)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    arrival: async () => arrived.shift() ?? new Promise((resolve) => void waiting.push(resolve)),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function callOf(path: string, response: ServerResponse, number: number): TokenCall {
  const after = (ms: number): string => new Date(Date.now() + ms).toISOString()
  return {
    path,
    answer() {
      const token = {
        access_token: `access-${number}-12345678`,
        expiration_access_token: after(3_600_000),
        refresh_token: `refresh-${number}-12345678`,
        expiration_refresh_token: after(7_200_000),
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(token))
    },
  }
}
