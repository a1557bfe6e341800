import { checkGrant, defineProvider, expiry, seconds, type TokenProvider } from '@chaveiro/core/provider'

const URL_OF_TOKENS = 'https://bench.invalid/tokens'
const DAY_S = 86_400

/** A token endpoint without a network, whose bare call costs a request's JSON, a `Response` and its JSON. */
export interface InProcessEndpoint {
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>
  readonly provider: TokenProvider<{ key: string }>
  /** The call by hand. */
  readonly bareCall: () => Promise<unknown>
}

export function inProcessEndpoint(tokenLength: number): InProcessEndpoint {
  let serial = 0
  const fetch: InProcessEndpoint['fetch'] = async () => {
    serial += 1
    const text = String(serial).padStart(tokenLength, 'x')
    return Response.json({ access_token: text, refresh_token: `r${text}`, expires_in: DAY_S })
  }
  const init = (secret: string): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret }),
  })
  const provider = defineProvider<{ key: string }>({
    id: 'bench',
    server: new URL(URL_OF_TOKENS),
    refreshKind: 'single-use',
    repeat: 'free',
    acquire: async (io, { key }) => grantIn(io, await io.fetch(URL_OF_TOKENS, init(key))),
    refresh: async (io, { refreshToken = '' }) => grantIn(io, await io.fetch(URL_OF_TOKENS, init(refreshToken))),
  })
  const bareCall = async (): Promise<unknown> => (await fetch(URL_OF_TOKENS, init('a-key-of-an-account'))).json()
  return { fetch, provider, bareCall }
}

type Io = Parameters<typeof expiry>[0]

async function grantIn(io: Io, response: Response) {
  const answer: unknown = await response.json()
  if (typeof answer !== 'object' || answer === null) throw new TypeError('No token in the answer')
  const fields: { access_token?: unknown; refresh_token?: unknown; expires_in?: unknown } = answer
  return checkGrant({
    accessToken: fields.access_token,
    refreshToken: fields.refresh_token,
    expiresAt: expiry(io, seconds(fields.expires_in)),
  })
}
