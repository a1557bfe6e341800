import { type AuthorizationRequest, type CallbackIssuer, authorizationCode as flow } from '@chaveiro/core/consent'
import type { AuthorizationCodeGrant } from '../authorization-code-grant.ts'

/** What a person is asked. */
export interface AuthorizationCodeOptions {
  /** The server's page (RFC 6749 §3.1), with `tokenUrl`. With `issuer` the server's document says it. */
  url?: URL | string | undefined
  /** Further parameters of the page, for example `{ access_type: 'offline' }`. Nothing secret. */
  parameters?: Readonly<Record<string, string>> | undefined
  /** Does the server take PKCE (RFC 7636)? It is sent unless it is known to be unsupported. @default 'unknown' */
  pkce?: AuthorizationRequest<never>['pkce'] | undefined
  /** The server's name for itself in callbacks (RFC 9207), with `tokenUrl`. With `issuer` the server's document says it. */
  callbackIssuer?: CallbackIssuer | undefined
}

const PKCE: readonly string[] = ['required', 'supported', 'unsupported', 'unknown']

/**
 * Tokens of a person who agrees once, on a page of the server: `consent.begin()` and `consent.finish()`. The authorization
 * code flow (RFC 6749 §4.1) with a state, PKCE, and the issuer of the callback checked.
 *
 * @example
 * createOAuth({ issuer, grant: authorizationCode(), clientId, clientSecret, scopes: ['offline_access'] })
 * @throws {TypeError} for an unknown `pkce`.
 */
export function authorizationCode({
  url,
  parameters,
  pkce = 'unknown',
  callbackIssuer,
}: AuthorizationCodeOptions = {}): AuthorizationCodeGrant {
  if (!PKCE.includes(pkce)) throw new TypeError(`Option pkce must be '${PKCE.join("', '")}'.`)
  return {
    url,
    callbackIssuer,
    pkce,
    consent: ({ page, parameters: always, scopes, exchange }) =>
      flow({
        url: url ?? page,
        clientId: ({ clientId }) => clientId,
        parameters: { ...always, ...parameters },
        scopes: { always: scopes },
        pkce,
        issuer: callbackIssuer,
        exchange,
      }),
  }
}
