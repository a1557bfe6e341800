import { type Loopback, loopback } from '@chaveiro/test-servers/oauth'

/** What the server answers at a path. */
interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** A text as it is, anything else as JSON. */
  readonly body?: unknown
}

/** A request as it arrived. */
interface Received {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** A server that answers a path with what the test put there, and issues tokens at `/token`. */
export interface StandardServer extends Loopback {
  readonly received: readonly Received[]
  /** The paths of requests that arrived, in order. */
  paths(): readonly string[]
  /** From now on. A function is asked each time. */
  put(path: string, answer: Answer | (() => Answer | Promise<Answer>)): void
  /** What it says about itself (RFC 8414 §2), with changes. */
  document(changes?: Readonly<Record<string, unknown>>): Answer
}

export const OPENID = '/.well-known/openid-configuration'
export const OAUTH = '/.well-known/oauth-authorization-server'

/** Without a document, until the test puts one there. */
export async function standardServer(): Promise<StandardServer> {
  const received: Received[] = []
  const answers = new Map<string, Answer | (() => Answer | Promise<Answer>)>()
  let issued = 0
  answers.set('/token', () => {
    issued += 1
    return { body: { access_token: `access-${issued}`, token_type: 'Bearer', expires_in: 3600 } }
  })
  const server = await loopback(() => async (request, response) => {
    const body = (await request.setEncoding('utf8').toArray()).join('')
    const { method = '', url: path = '', headers } = request
    received.push({ method, path, headers, body })
    const given = answers.get(path) ?? { status: 404, body: 'there is nothing' }
    const answer = typeof given === 'function' ? await given() : given
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers }).end(text)
  })
  return {
    ...server,
    received,
    paths: () => received.map(({ path }) => path),
    put: (path, answer) => void answers.set(path, answer),
    document: (changes) => ({
      body: { issuer: server.url.origin, token_endpoint: new URL('/token', server.url).href, ...changes },
    }),
  }
}
