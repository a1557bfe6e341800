import { createTokenManager, type TokenEvent, type TokenManager, type TokenManagerOptions } from '@chaveiro/core'
import type { Configuration } from 'oidc-provider'
import { type ConsentOptions, consentProvider } from '../../../consent/consent-provider.ts'
import type { OAuthClient } from '../../../oauth/client-authentication.ts'
import { type AskingOptions, CLIENT, type OidcServer, oidcServer } from '../../oauth/support/oidc-server.ts'

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

/** The provider of such a server. */
export function asking(server: OidcServer, options: Partial<ConsentOptions> = {}): ReturnType<typeof consentProvider> {
  return consentProvider({
    id: 'asking',
    tokenEndpoint: server.tokenEndpoint,
    authorizationEndpoint: new URL('/auth', server.url),
    clientAuthentication: 'client_secret_basic',
    scopes: ['vendors:read'],
    issuer: { url: server.url.origin, inCallback: 'always' },
    ...options,
  })
}

/** A manager of such a provider, and what it says. */
export interface Asking extends AsyncDisposable {
  readonly tokens: TokenManager
  readonly events: TokenEvent[]
}

export function managerOf(
  provider: ReturnType<typeof consentProvider>,
  options: Partial<TokenManagerOptions<OAuthClient>> = {},
): Asking {
  const tokens = createTokenManager<OAuthClient>({ provider, credentials: () => CLIENT, ...options })
  const events: TokenEvent[] = []
  tokens.on((event) => events.push(event))
  return { tokens, events, [Symbol.asyncDispose]: () => tokens.close() }
}
