import type { InsecureHttpOption } from '@chaveiro/core'
import type { SecretInput } from '@chaveiro/core/provider'
import type { AuthorizationCodeGrant } from './authorization-code-grant.ts'
import type { ClientAuthentication } from './client/client-authentication.ts'
import type { IssuerOptions } from './server/discovered-endpoints.ts'
import type { GivenEndpoints } from './server/given-endpoints.ts'

/** How tokens are asked for, whatever the server and the grant. */
export interface TokenOptions extends InsecureHttpOption {
  /** Names the provider in errors, in events and in a store. @default 'oauth' */
  id?: string | undefined
  /** Where the API is, and a path given to `fetch`. Its origin gets the token. @default the server's own address */
  apiUrl?: URL | string | undefined
  /** The scopes to ask for, besides those of the account. @default the server's choice */
  scopes?: readonly string[] | undefined
  /** The API that the token is for, where the server wants it in `audience`. @default none */
  audience?: string | undefined
  /** The API that the token is for (RFC 8707): a URI without a fragment, sent with every token call. @default none */
  resource?: string | undefined
  /** Further fields of every token call, for what no option says. Nothing secret. @default none */
  tokenParameters?: Readonly<Record<string, string>> | undefined
  /** The body of token calls. @default 'form', as RFC 6749 demands */
  content?: 'form' | 'json' | undefined
  /** The header that carries the token: its name, and the word before the token. @default `Authorization` with `Bearer` */
  header?: TokenHeader | undefined
  /** The life of a token whose answer names no end, in milliseconds. @default it is used until the API rejects it */
  lifetimeMs?: number | undefined
  /** What becomes of a refresh token that was used. `unknown` is treated as `always`. @default 'unknown' */
  rotation?: 'always' | 'never' | 'unknown' | undefined
  /** For how long the server takes a spent refresh token once more, in milliseconds. @default 0 */
  graceMs?: number | undefined
  /** After how long an unused refresh token ends, in milliseconds: for `keepAlive()`. @default what the answer says, if it does */
  refreshTokenIdleMs?: number | undefined
}

/** The header that carries a token. */
export interface TokenHeader {
  /** @default 'Authorization' */
  name?: string | undefined
  /** Before the token, with a space. `''`: the token alone. @default 'Bearer' */
  scheme?: string | undefined
}

/** A server and how it is asked, for `oauthProvider()`. */
export type OAuthProviderOptions = (IssuerOptions | GivenEndpoints) &
  TokenOptions & {
    /**
     * `client_credentials`: the application asks in its own name (RFC 6749 §4.4). `authorizationCode()` of
     * `@chaveiro/oauth/consent`: a person agrees (§4.1). `refresh_token`: what came of a sign-in elsewhere is passed to
     * `seed()` (§6). @default 'client_credentials'
     */
    grant?: 'client_credentials' | 'refresh_token' | AuthorizationCodeGrant | undefined
    /** How the client proves who it is. @default 'client_secret_basic', as RFC 6749 §2.3.1 demands of servers */
    client?: 'client_secret_basic' | 'client_secret_post' | 'none' | ClientAuthentication | undefined
  }

/** A client with a secret, one that signs, or one that can't keep either. */
export type OAuthClient =
  | {
      client?: 'client_secret_basic' | 'client_secret_post' | undefined
      clientId: string
      /** Sent to the token endpoint, and nowhere else. */
      clientSecret: SecretInput
      privateKey?: undefined
    }
  | {
      /** What `privateKeyJwt()` of `@chaveiro/oauth/assertion` returns. */
      client: ClientAuthentication
      clientId: string
      /** A PEM of PKCS #8, or a JWK as text. */
      privateKey: SecretInput
      clientSecret?: undefined
    }
  | { client: 'none'; clientId: string; clientSecret?: undefined; privateKey?: undefined }
