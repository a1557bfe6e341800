import type { BitizeCredentials, Fetch } from '../src/index.ts'

/** The four documented fields. */
export interface Tokens {
  access_token: string
  refresh_token: string
  expiration_access_token: string
  expiration_refresh_token: string
}

/** Bitize's calls in one line each: what the tests send, in process or over HTTP. */
export interface BitizeClient {
  authenticate(init?: RequestInit): Promise<Response>
  refresh(refreshToken: string): Promise<Response>
  api(path: string, accessToken: string | undefined, init?: RequestInit): Promise<Response>
  /** Authenticates and reads the answer. */
  tokens(): Promise<Tokens>
}

export const createClient = (fetch: Fetch, url: URL, credentials: BitizeCredentials): BitizeClient => {
  const authenticate = (init?: RequestInit): Promise<Response> =>
    fetch(new URL('/auth', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ consumer_key: credentials.consumerKey, secret_key: credentials.secretKey }),
      ...init,
    })
  return {
    authenticate,
    refresh: (refreshToken) => fetch(new URL(`/auth?refresh_token=${encodeURIComponent(refreshToken)}`, url)),
    api: (path, accessToken, init) => {
      const headers = new Headers(init?.headers)
      if (accessToken !== undefined) headers.set('authorization', `Bearer ${accessToken}`)
      return fetch(new URL(path, url), { ...init, headers })
    },
    tokens: async () => readTokens(await authenticate()),
  }
}

export const readTokens = async (response: Response): Promise<Tokens> => {
  if (response.status !== 200) throw new Error(`expected tokens, got ${response.status}: ${await response.text()}`)
  const tokens: Tokens = JSON.parse(await response.text())
  return tokens
}

/** The error thrown, or a failure of the test. */
export const errorOf = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('expected a rejection')
}

/** The system's code in the cause of what a fetch throws. */
export const causeCode = (error: unknown): unknown =>
  error instanceof TypeError && error.cause instanceof Error && 'code' in error.cause ? error.cause.code : undefined
