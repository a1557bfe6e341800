import { browser } from './browser.ts'

/** What the application gets for a sign-in. */
export interface SignedIn {
  readonly accessToken: string
  readonly refreshToken: string
  readonly scopes: readonly string[]
}

export interface SignInOptions {
  readonly clientId: string
  readonly redirectUri: string
  /** The client's own authentication at the token endpoint. */
  readonly authorization: string
}

/** The authorization code flow (RFC 6749 §4.1) with a browser's part played: redirects and cookies, nothing else. */
export async function signIn(issuer: URL, options: SignInOptions): Promise<SignedIn> {
  const { clientId, redirectUri, authorization } = options
  const start = new URL('/auth', issuer)
  const parameters = { client_id: clientId, response_type: 'code', redirect_uri: redirectUri, scope: 'vendors:read' }
  start.search = new URLSearchParams(parameters).toString()
  const callback = await browser().visit(start, redirectUri)
  const code = callback.searchParams.get('code')
  if (code === null) throw new Error(`Signing in failed: ${callback.searchParams.get('error')}`)
  const response = await fetch(new URL('/token', issuer), {
    method: 'POST',
    headers: { authorization },
    body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
  })
  const answer = await response.json()
  return { accessToken: answer.access_token, refreshToken: answer.refresh_token, scopes: answer.scope.split(' ') }
}
