// What a provider that follows the standards states about itself: what RFC 6749 leaves open, and where it differs.

import type { JsonObject } from '../json.ts'
import type { OAuthErrorCode } from './oauth-error.ts'

/**
 * How a client says at the token endpoint that it is the client. `body`: `client_id` and `client_secret` (RFC 6749
 * §2.3.1); `basic`: HTTP Basic with both as they are (RFC 7617); `basic-encoded`: HTTP Basic with both encoded as a form
 * first (RFC 6749 §2.3.1); `basic-and-body`: both, HTTP Basic in either form and `body`, which the standard forbids and some
 * providers document; `none`: `client_id` alone; `private_key_jwt`: a signed assertion (RFC 7523 §2.2); `certificate`:
 * `client_id` and a client certificate (RFC 8705 §2).
 */
export type OAuthClientMethod =
  | 'body'
  | 'basic'
  | 'basic-encoded'
  | 'basic-and-body'
  | 'none'
  | 'private_key_jwt'
  | 'certificate'

/** The grants that the server knows: the values of `grant_type` in short. */
export type OAuthGrant = 'client_credentials' | 'authorization_code' | 'refresh_token' | 'jwt-bearer'

/** How a body is written. */
export type OAuthContent = 'form' | 'json'

/** Headers by name, without regard to case: each the value that is demanded, or what it has to look like. */
export type OAuthHeaders = Readonly<Record<string, string | RegExp>>

/** What an access token looks like. */
export interface OAuthAccessTokenFacts {
  /**
   * `jwt`: with `iat`, `exp`, `sub` (the account, or the client), `aud` and `jti`. Its signature is random, because only the
   * provider itself could verify it.
   *
   * @default 'opaque'
   */
  readonly format?: 'opaque' | 'jwt' | undefined
  /**
   * The minimum number of characters: some providers' tokens don't fit a column of 2,000. @default as long as it takes
   */
  readonly length?: number | undefined
}

/** What becomes of refresh tokens. */
export interface OAuthRefreshTokenFacts {
  /**
   * `always`: each refresh brings another one. `never`: the first one stays.
   *
   * @default 'always'
   */
  readonly rotation?: 'always' | 'never' | undefined
  /**
   * How often one refresh token is accepted.
   *
   * @default 1 with rotation `always`, Infinity with `never`
   */
  readonly uses?: number | undefined
  /**
   * How long a spent refresh token is still accepted, in milliseconds since its last regular use.
   *
   * @default 0
   */
  readonly graceMs?: number | undefined
  /**
   * What a spent refresh token that comes back costs: a refusal, or all tokens that go back to the same consent (RFC 9700
   * §4.14.2).
   *
   * @default 'revoke-family'
   */
  readonly reuse?: 'reject' | 'revoke-family' | undefined
  /**
   * It ends if it isn't used for so long.
   *
   * @default Infinity
   */
  readonly idleMs?: number | undefined
  /**
   * It ends so long after the consent, however often it was replaced.
   *
   * @default Infinity
   */
  readonly absoluteMs?: number | undefined
  /**
   * Only a consent with this scope brings one, for example `offline_access`.
   *
   * @default every consent brings one
   */
  readonly withScope?: string | undefined
  /**
   * The field of the answer that says in how many seconds it ends.
   *
   * @default no field says it
   */
  readonly expiresInField?: string | undefined
}

/** A token answer on its way: what it is about. */
export interface OAuthAnswerSubject {
  /** The client that the token is for. */
  readonly clientId: string
  /** Undefined: a token of the client itself. */
  readonly account: string | undefined
  /** What it is good for. */
  readonly scopes: readonly string[]
  /** How it was asked for. */
  readonly grant: OAuthGrant
}

/** The facts about a provider. Each has a default, which is the standard's, or the stricter reading of it. */
export interface OAuthFacts {
  /** @default '/authorize' */
  readonly authorizationPath?: string | undefined
  /** @default '/token' */
  readonly tokenPath?: string | undefined
  /**
   * Where refresh tokens are accepted.
   *
   * @default the token endpoint
   */
  readonly refreshPath?: string | undefined
  /**
   * `false`: the provider revokes nothing on request.
   *
   * @default '/revoke'
   */
  readonly revocationPath?: string | false | undefined
  /**
   * How the token endpoint takes its body, one way or several.
   *
   * @default 'form'
   */
  readonly content?: OAuthContent | readonly OAuthContent[] | undefined
  /** The same for the revocation endpoint. @default 'form' */
  readonly revocationContent?: OAuthContent | readonly OAuthContent[] | undefined
  /**
   * Headers that the token and the revocation endpoint demand: the value, or what it has to look like.
   *
   * @default none
   */
  readonly tokenHeaders?: OAuthHeaders | undefined
  /**
   * Headers that every operation of the API demands with the token.
   *
   * @default none
   */
  readonly apiHeaders?: OAuthHeaders | undefined
  /**
   * How clients authenticate. A client may be registered for others.
   *
   * @default 'basic-encoded'
   */
  readonly client?: OAuthClientMethod | readonly OAuthClientMethod[] | undefined
  /**
   * Which calls demand the client's certificate beside what `client` says. The tokens are bound to it with `token-and-api`
   * (RFC 8705 §3).
   *
   * @default none
   */
  readonly certificate?: 'token' | 'token-and-api' | undefined
  /** @default all four */
  readonly grants?: readonly OAuthGrant[] | undefined
  /**
   * PKCE with S256 (RFC 7636). With `unsupported` its parameters are unknown ones.
   *
   * @default 'required'
   */
  readonly pkce?: 'required' | 'supported' | 'unsupported' | undefined
  /**
   * Is a `state` demanded?
   *
   * @default 'required'
   */
  readonly state?: 'required' | 'optional' | undefined
  /**
   * The server's name for itself, in callbacks and as an audience.
   *
   * @default its origin, or the address at which `listen()` serves it
   */
  readonly issuer?: string | undefined
  /**
   * Does a callback name the issuer (RFC 9207)?
   *
   * @default 'always'
   */
  readonly issuerInCallback?: 'always' | 'never' | undefined
  /** The scopes that exist. @default 'read' and 'write' */
  readonly scopes?: readonly string[] | undefined
  /**
   * What a request without `scope` gets; `demanded`: a refusal.
   *
   * @default all scopes
   */
  readonly scopesByDefault?: readonly string[] | 'demanded' | undefined
  /** @default a space */
  readonly scopeSeparator?: string | undefined
  /** @default 3_600_000 (an hour) */
  readonly accessTokenLifetimeMs?: number | undefined
  /** What an access token looks like. */
  readonly accessToken?: OAuthAccessTokenFacts | undefined
  /**
   * How `expires_in` is written, if at all.
   *
   * @default 'number'
   */
  readonly expiresIn?: 'number' | 'string' | 'absent' | undefined
  /**
   * Whether access tokens of the same consent, or of the same client's own, live on when another is issued.
   *
   * @default 'kept'
   */
  readonly earlierAccessTokens?: 'kept' | 'ended' | undefined
  /** `false`: a consent brings none. */
  readonly refreshToken?: OAuthRefreshTokenFacts | false | undefined
  /** How long a code is good for. @default 60_000 */
  readonly codeLifetimeMs?: number | undefined
  /** Whom assertions may be addressed to. @default the issuer and the token endpoint */
  readonly audiences?: readonly string[] | undefined
  /** The longest life of an assertion. @default 3_600_000 (an hour) */
  readonly assertionLifetimeMs?: number | undefined
  /** More parameters that the authorization endpoint takes. @default none */
  readonly authorizationParameters?: readonly string[] | undefined
  /** More parameters that the token endpoint takes. @default none */
  readonly tokenParameters?: readonly string[] | undefined
  /**
   * What happens to parameters that the server doesn't know. RFC 6749 ignores them; a test wants to see them.
   *
   * @default 'refused'
   */
  readonly unknownParameters?: 'refused' | 'ignored' | undefined
  /** The statuses of errors. @default 401 for `invalid_client`, 400 for all others */
  readonly errorStatus?: Readonly<Partial<Record<OAuthErrorCode, number>>> | undefined
  /** Changes the body of a token answer. @default RFC 6749 §5.1 */
  readonly answer?: ((body: JsonObject, subject: OAuthAnswerSubject) => JsonObject) | undefined
  /** Changes the body of an error. `detail` holds no value of the request. @default RFC 6749 §5.2 */
  readonly errorBody?: ((error: string, detail: string, status: number) => JsonObject) | undefined
  /**
   * The body with which the API refuses a request: `error` is one of RFC 6750 §3.1, or empty where no token came.
   *
   * @default `{ error }`, or an empty object
   */
  readonly apiErrorBody?: ((error: string, status: number) => JsonObject) | undefined
}
