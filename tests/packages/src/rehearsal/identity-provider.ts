import { createServer } from 'node:http'
import type { Environment } from './users-machine.ts'

/** Plays the service that tells a job of GitHub who it is. It refuses. */
export interface IdentityProvider extends AsyncDisposable {
  /** What a job has that may ask it. */
  readonly env: Environment
  /** For whom an identity was asked: `sigstore` signs, the other one is the registry. */
  audiences(): readonly string[]
}

export async function startIdentityProvider(): Promise<IdentityProvider> {
  const audiences: string[] = []
  const server = createServer(({ url = '/' }, response) => {
    audiences.push(new URL(url, 'http://127.0.0.1').searchParams.get('audience') ?? '')
    response.writeHead(403, { 'content-type': 'application/json' }).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    env: {
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/identity?job=rehearsal`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'rehearsal',
    },
    audiences: () => audiences,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
