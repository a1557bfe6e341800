import { type ClientOptions, createProviderClient, type ProviderClient } from '@chaveiro/core/provider'
import type { AuthorizationCodeGrant } from './authorization-code-grant.ts'
import { PROVIDER_OPTIONS } from './check-options.ts'
import type { OAuthInputs } from './client/client-authentication.ts'
import { standardProvider } from './oauth-provider.ts'
import type { OAuthClient, OAuthProviderOptions, TokenOptions } from './options.ts'
import type { IssuerOptions } from './server/discovered-endpoints.ts'
import type { GivenEndpoints } from './server/given-endpoints.ts'

/** What `createOAuth()` takes: the server, the client, and how tokens are asked for, kept and used. */
export type OAuthOptions = (IssuerOptions | GivenEndpoints) &
  OAuthClient &
  TokenOptions &
  ClientOptions & { grant?: OAuthProviderOptions['grant'] }

/** An account at a standard server: `fetch`, `getToken()`, `status()`, `seed()`, `close()`. */
export type OAuth = Omit<ProviderClient<object>, 'api' | 'consent'>

/** An account that a person connects: the same, with `consent`. */
export type OAuthWithConsent = Omit<ProviderClient<object>, 'api'>

/**
 * Keeps a valid access token of a standard OAuth 2.0 or OpenID Connect server, and puts it on every request.
 *
 * @example
 * const shop = createOAuth({
 *   issuer: 'https://id.example.com/realms/shop',
 *   apiUrl: 'https://api.example.com',
 *   clientId,
 *   clientSecret,
 * })
 * const orders = await shop.fetch('/orders')
 * @throws {TypeError} for options that can't be meant; the message says what to pass.
 */
export function createOAuth(options: OAuthOptions & { grant: AuthorizationCodeGrant }): OAuthWithConsent
export function createOAuth(
  options: OAuthOptions & { grant?: 'client_credentials' | 'refresh_token' | undefined },
): OAuth
export function createOAuth(options: OAuthOptions): OAuthWithConsent {
  return createProviderClient<object, OAuthInputs>(standardProvider(options), options, PROVIDER_OPTIONS)
}
