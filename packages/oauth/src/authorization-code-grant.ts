import type { AuthorizationCodeFlow, AuthorizationRequest, CallbackIssuer, FindPage } from '@chaveiro/core/consent'
import type { OAuthInputs } from './client/client-authentication.ts'

/** A grant that a person gives: what `authorizationCode()` of `@chaveiro/oauth/consent` returns. */
export interface AuthorizationCodeGrant {
  /** The page, if the user names it. */
  readonly url: URL | string | undefined
  /** The server's name in callbacks, if the user names it. */
  readonly callbackIssuer: CallbackIssuer | undefined
  /** Does the server take PKCE? */
  readonly pkce: AuthorizationRequest<never>['pkce']
  /** The consent, with what the other options say. */
  consent(parts: ConsentParts): AuthorizationCodeFlow<OAuthInputs>
}

/** What a consent needs of the other options. */
export interface ConsentParts {
  /** Finds the page where the user doesn't name it. */
  readonly page: FindPage
  /** What the page gets besides. */
  readonly parameters: Readonly<Record<string, string>>
  /** Asked for in every consent. */
  readonly scopes: readonly string[]
  /** Exchanges a code for a token. */
  readonly exchange: AuthorizationCodeFlow<OAuthInputs>['exchange']
}
