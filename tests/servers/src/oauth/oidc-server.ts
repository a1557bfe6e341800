import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider'
import type { Guard } from './guarded-api.ts'
import { loadOidcProvider } from './load-oidc-provider.ts'
import { type Loopback, loopback } from './loopback.ts'
import { type SignedIn, signIn } from './sign-in.ts'

const Provider = await loadOidcProvider()

/** What ids and secrets may be made of (RFC 6749 Appendix A), with all that has a meaning in a form or in Basic. */
export const CLIENT = { clientId: 'shop:1', clientSecret: 'p%40ss w+rd/=&?:"~' }

/** Where the browser would go after signing in. Nothing is there; what matters is the code in the address. */
const REDIRECT_URI = 'https://app.example/callback'

/** One request to the token endpoint, as the server understood it. */
interface TokenRequest {
  readonly grantType: unknown
  readonly refreshToken: unknown
  /** The `error` of its answer; absent when it was a token. */
  readonly error: string | undefined
}

export interface OidcServer extends Loopback {
  readonly tokenEndpoint: URL
  readonly revocationEndpoint: URL
  /** Requests to the token endpoint since the person signed in, the oldest first. */
  readonly tokenRequests: readonly TokenRequest[]
  /** Grants that the server revoked because a refresh token came back that it had replaced. */
  readonly reuses: readonly string[]
  /** A person signs in and agrees; what the application gets for that. */
  signIn(): Promise<SignedIn>
  /** What the server says about a token (RFC 7662). */
  readonly introspect: Guard
  /** The server ends an access token before its time, and nothing else. */
  endAccessToken(token: string): Promise<void>
  /** The next token request is handled, and its answer lost: the connection breaks. */
  loseNextAnswer(): void
  /** The next person does not agree. */
  denyNext(): void
}

/** How the person at the browser is asked. */
export interface AskingOptions {
  /** By a page with buttons, for a real browser. @default the person has agreed before the page would show */
  readonly withPage?: boolean
}

/** The certified `oidc-provider`, with refresh tokens that it replaces at each use, unless `settings` say otherwise. */
export async function oidcServer(
  settings: Configuration = {},
  { withPage = false }: AskingOptions = {},
): Promise<OidcServer> {
  const tokenRequests: TokenRequest[] = []
  const reuses: string[] = []
  let provider: InstanceType<typeof Provider> | undefined
  let answersToLose = 0
  let denials = 0

  const server = await loopback((url) => {
    const oidc = new Provider(url.origin, { ...configuration(), ...settings })
    provider = oidc
    oidc.on('grant.success', (context) => tokenRequests.push(tokenRequest(context)))
    oidc.on('grant.error', (context, error) => tokenRequests.push(tokenRequest(context, error.error)))
    oidc.on('grant.revoked', (_, grantId) => reuses.push(grantId))
    const handle = oidc.callback()
    return (request, response) => {
      if (request.url?.startsWith('/interaction/') && withPage) return void ask(oidc, request, response)
      if (request.url?.startsWith('/interaction/')) {
        const isDenied = denials > 0
        if (isDenied) denials -= 1
        return void (isDenied ? deny : agree)(oidc, request, response)
      }
      if (request.url === '/token' && answersToLose > 0) {
        answersToLose -= 1
        breakInsteadOfAnswering(response)
      }
      void handle(request, response)
    }
  })

  const basic = `Basic ${btoa(`${encodeURIComponent(CLIENT.clientId)}:${encodeURIComponent(CLIENT.clientSecret)}`)}`
  return {
    ...server,
    tokenEndpoint: new URL('/token', server.url),
    revocationEndpoint: new URL('/token/revocation', server.url),
    tokenRequests,
    reuses,
    async signIn() {
      const grant = await signIn(server.url, {
        authorization: basic,
        redirectUri: REDIRECT_URI,
        clientId: CLIENT.clientId,
      })
      tokenRequests.length = 0
      return grant
    },
    async introspect(token) {
      const response = await fetch(new URL('/token/introspection', server.url), {
        method: 'POST',
        headers: { authorization: basic },
        body: new URLSearchParams({ token }),
      })
      return response.json()
    },
    async endAccessToken(token) {
      const found = (await provider?.AccessToken.find(token)) ?? (await provider?.ClientCredentials.find(token))
      await found?.destroy()
    },
    loseNextAnswer() {
      answersToLose += 1
    },
    denyNext() {
      denials += 1
    },
  }
}

function configuration(): Configuration {
  return {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [REDIRECT_URI],
        response_types: ['code'],
        grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      },
    ],
    scopes: ['vendors:read', 'vendors:write'],
    features: {
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
      devInteractions: { enabled: false },
    },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    pkce: { required: () => false },
    cookies: { keys: ['only for tests'] },
    ttl: { AccessToken: 3600, ClientCredentials: 3600 },
  }
}

function tokenRequest({ oidc }: KoaContextWithOIDC, error?: string): TokenRequest {
  const { grant_type: grantType, refresh_token: refreshToken } = oidc.params ?? {}
  return { grantType, refreshToken, error }
}

/** A page with two buttons, which posts what the person presses. */
async function ask(
  oidc: InstanceType<typeof Provider>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') {
    const buttons = ['Agree', 'Deny'].map((name) => `<button name="answer" value="${name}">${name}</button>`)
    const page = `<!doctype html><title>Provider</title><form method="post">${buttons.join(' ')}</form>`
    response.writeHead(200, { 'content-type': 'text/html' }).end(page)
    return
  }
  const pressed = (await request.setEncoding('utf8').toArray()).join('')
  await (pressed === 'answer=Agree' ? agree : deny)(oidc, request, response)
}

/** The person at the browser: signs in and agrees to everything. */
async function agree(
  oidc: InstanceType<typeof Provider>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { params } = await oidc.interactionDetails(request, response)
  const accountId = 'maria'
  const consent = new oidc.Grant({ accountId, clientId: String(params['client_id']) })
  consent.addOIDCScope(String(params['scope']))
  const result = { login: { accountId }, consent: { grantId: await consent.save() } }
  await oidc.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}

/** The person at the browser: says no. */
async function deny(
  oidc: InstanceType<typeof Provider>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const result = { error: 'access_denied', error_description: 'The person said no.' }
  await oidc.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}

function breakInsteadOfAnswering(response: ServerResponse): void {
  response.end = () => {
    response.destroy()
    return response
  }
}
