import type { Grant } from '@chaveiro/core/provider'

export interface SignInOptions {
  readonly clientId: string
  readonly redirectUri: string
  /** The client's own authentication at the token endpoint. */
  readonly authorization: string
}

/** The authorization code flow (RFC 6749 §4.1) with a browser's part played: redirects and cookies, nothing else. */
export async function signIn(issuer: URL, options: SignInOptions): Promise<Grant & { refreshToken: string }> {
  const { clientId, redirectUri, authorization } = options
  const start = new URL('/auth', issuer)
  const parameters = { client_id: clientId, response_type: 'code', redirect_uri: redirectUri, scope: 'vendors:read' }
  start.search = new URLSearchParams(parameters).toString()
  const code = await browse(start, redirectUri)
  const response = await fetch(new URL('/token', issuer), {
    method: 'POST',
    headers: { authorization },
    body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
  })
  const answer = await response.json()
  return { accessToken: answer.access_token, refreshToken: answer.refresh_token, scopes: answer.scope.split(' ') }
}

/** Follows redirects until they leave for the application; the code that they carry there. */
async function browse(start: URL, redirectUri: string): Promise<string> {
  const cookies = new Map<string, string>()
  for (let url = start; ; ) {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    if (location === null) throw new Error(`${url.pathname} answered ${response.status}, not with a redirect.`)
    url = new URL(location, url)
    const code = url.searchParams.get('code')
    if (url.href.startsWith(redirectUri)) {
      if (code === null) throw new Error(`Signing in failed: ${url.searchParams.get('error')}`)
      return code
    }
  }
}
