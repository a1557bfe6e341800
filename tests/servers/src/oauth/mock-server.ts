import { createRemoteJWKSet, jwtVerify } from 'jose'
import { type MutableResponse, OAuth2Server } from 'oauth2-mock-server'
import type { Guard } from './guarded-api.ts'

/** One request to the token endpoint, as it came. */
interface FormRequest {
  readonly authorization: string | undefined
  readonly contentType: string | undefined
  readonly form: Readonly<Record<string, unknown>>
}

export interface MockServer extends AsyncDisposable {
  readonly tokenEndpoint: URL
  readonly revocationEndpoint: URL
  readonly tokenRequests: readonly FormRequest[]
  /** Changes the next answers of the token endpoint, one each. */
  answerNext(...changes: ((answer: MutableResponse) => void)[]): void
  /** The status of all answers of the revocation endpoint from now on. */
  answerRevocations(status: number): void
  /** Believes in a token by its signature, with the keys that the server publishes. */
  readonly guard: Guard
}

/** `oauth2-mock-server`, which says yes to everybody, signs JWTs, and answers what a test tells it to. */
export async function mockServer(): Promise<MockServer> {
  const server = new OAuth2Server()
  await server.issuer.keys.generate('ES256')
  await server.start(0, '127.0.0.1')
  const url = new URL(`http://127.0.0.1:${server.address().port}`)
  const tokenRequests: FormRequest[] = []
  const changes: ((answer: MutableResponse) => void)[] = []
  let revocationStatus = 200
  server.service.on('beforeResponse', (answer: MutableResponse, { headers, body }: IncomingForm) => {
    const form = Object.fromEntries(Object.entries(body))
    tokenRequests.push({ authorization: headers['authorization'], contentType: headers['content-type'], form })
    changes.shift()?.(answer)
  })
  server.service.on('beforeRevoke', (answer: MutableResponse) => {
    answer.statusCode = revocationStatus
  })
  const keys = createRemoteJWKSet(new URL('/jwks', url))
  return {
    tokenEndpoint: new URL('/token', url),
    revocationEndpoint: new URL('/revoke', url),
    tokenRequests,
    answerNext: (...more) => void changes.push(...more),
    answerRevocations(status) {
      revocationStatus = status
    },
    async guard(token) {
      const { payload } = await jwtVerify(token, keys, { ...(server.issuer.url && { issuer: server.issuer.url }) })
      return { active: true, scope: String(payload['scope']) }
    },
    [Symbol.asyncDispose]: () => server.stop(),
  }
}

interface IncomingForm {
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: object
}
