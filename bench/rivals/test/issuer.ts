import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

/** What a token call is answered with. */
interface TokenAnswer {
  readonly status?: number
  readonly body: Readonly<Record<string, unknown>>
}

/** An OAuth issuer with an API behind it, on loopback. The scenario says what it answers. */
export interface Issuer {
  readonly url: URL
  /** The forms of the token calls, as they came. */
  readonly forms: readonly URLSearchParams[]
  token: (form: URLSearchParams) => TokenAnswer | Promise<TokenAnswer>
  /** The status of an API call with this `Authorization`. */
  api: (authorization: string) => number | Promise<number>
}

export async function startIssuer(): Promise<Issuer> {
  const forms: URLSearchParams[] = []
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url !== '/token') {
      response.writeHead(await issuer.api(request.headers.authorization ?? '')).end()
      return
    }
    const form = new URLSearchParams(await text(request))
    forms.push(form)
    const { status = 200, body } = await issuer.token(form)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  const server = createServer((request, response) => {
    // A connection that the client closed is not the scenario's concern.
    answer(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const issuer: Issuer = {
    url: new URL(`http://127.0.0.1:${port}`),
    forms,
    token: () => ({ status: 418, body: {} }),
    api: () => 200,
  }
  return issuer
}
