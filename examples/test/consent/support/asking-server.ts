import { createTokenManager, type TokenEvent, type TokenManager, type TokenManagerOptions } from '@chaveiro/core'
import { type OAuthInputs, type OAuthProviderOptions, oauthProvider } from '@chaveiro/oauth'
import { type AuthorizationCodeOptions, authorizationCode } from '@chaveiro/oauth/consent'
import { type AskingOptions, CLIENT, type OidcServer, oidcServer } from '@chaveiro/test-servers/oauth'
import type { Configuration } from 'oidc-provider'

/** A program that cannot keep a secret. */
export const PROGRAM = { clientId: 'program' }
/** Where the program waits. The server lets only the port differ. */
export const PROGRAM_PATH = '/asking/production'

/** `oidc-provider` that demands PKCE, with a client for a web server and one for a program. */
export function askingServer(redirectUri: string, options: AskingOptions = {}): Promise<OidcServer> {
  const settings: Configuration = {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code', 'refresh_token'],
      },
      {
        client_id: PROGRAM.clientId,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        redirect_uris: [`http://127.0.0.1${PROGRAM_PATH}`],
        response_types: ['code'],
        grant_types: ['authorization_code', 'refresh_token'],
      },
    ],
    pkce: { required: () => true },
  }
  return oidcServer(settings, options)
}

/** How a server is asked, and its page. */
interface AskingProvider extends Pick<AuthorizationCodeOptions, 'pkce'> {
  readonly id?: string
  readonly client?: OAuthProviderOptions['client']
}

/** The provider of such a server. */
export function asking(
  { url }: Pick<OidcServer, 'url'>,
  { id = 'asking', client, pkce = 'supported' }: AskingProvider = {},
): ReturnType<typeof oauthProvider> {
  const callbackIssuer = { url: url.origin, inCallback: 'always' } as const
  return oauthProvider({
    id,
    tokenUrl: new URL('/token', url),
    revocationUrl: new URL('/token/revocation', url),
    grant: authorizationCode({ url: new URL('/auth', url), pkce, callbackIssuer }),
    client,
    scopes: ['vendors:read'],
  })
}

/** A manager of such a provider, and what it says. */
export interface Asking extends AsyncDisposable {
  readonly tokens: TokenManager
  readonly events: TokenEvent[]
}

export function managerOf(
  provider: ReturnType<typeof oauthProvider>,
  options: Partial<TokenManagerOptions<OAuthInputs>> = {},
): Asking {
  const tokens = createTokenManager<OAuthInputs>({ provider, credentials: () => CLIENT, ...options })
  const events: TokenEvent[] = []
  tokens.on((event) => events.push(event))
  return { tokens, events, [Symbol.asyncDispose]: () => tokens.close() }
}
