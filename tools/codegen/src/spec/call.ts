import type { AskedScopes, BoundValue, Scalar } from './bound-value.ts'

// The calls of a lifecycle, as the vocabulary has them.

/** What every call of a lifecycle binds. */
export interface Call {
  readonly operationId: string
  /** By location-qualified name, `query.refresh_token`. */
  readonly parameters?: Readonly<Record<string, Scalar | AskedScopes>>
  /** By the name of the field, or by a pointer into an object: `/client/id`. */
  readonly body?: Readonly<Record<string, BoundValue>>
  /** By the name of the security scheme that the operation asks for. */
  readonly security?: Readonly<Record<string, string | BasicPair>>
}

/** What satisfies a scheme of HTTP Basic. */
export interface BasicPair {
  readonly username: string
  readonly password: string
  /** Both are encoded as a form first. */
  readonly encoded?: true
}

/** A call whose answer holds a token. */
export interface IssuingCall extends Call {
  readonly token: string
  readonly expires: Expires
  readonly tokenType?: TokenType
  readonly id?: string
  /** Where the answer says which scopes were granted. */
  readonly granted?: string
  /** What is kept of the answer, by name. */
  readonly meta?: Readonly<Record<string, string>>
  /** The same, of what is secret. */
  readonly secrets?: Readonly<Record<string, KeptSecret>>
  readonly refreshToken?: RefreshToken
  /** The refresh token that was sent is spent, or the code. Never of an acquire. */
  readonly dead?: readonly AnswerMatcher[]
  readonly denied?: readonly AnswerMatcher[]
  readonly misconfigured?: readonly AnswerMatcher[]
}

/** Where a secret is in the answer. */
export type KeptSecret = string | RequiredSecret

/** One without which the answer is refused. */
interface RequiredSecret {
  readonly at: string
  readonly required: true
}

/** Where it is, required or not. */
export function secretPlace(secret: KeptSecret): string {
  return typeof secret === 'string' ? secret : secret.at
}

/** Where the answer says that the token is a bearer token, and what the provider calls that besides. */
export interface TokenType {
  readonly at: string
  readonly also?: readonly string[]
}

/** An answer to which a meaning is given. */
export interface AnswerMatcher {
  readonly status: number | '2XX' | '3XX' | '4XX' | '5XX'
  /** By pointer. */
  readonly body?: Readonly<Record<string, Scalar | readonly Scalar[]>>
  readonly header?: Readonly<Record<string, string | readonly string[]>>
}

export interface Acquire extends IssuingCall {
  readonly repeat: 'free' | 'leaves-token' | 'ends-previous' | 'unknown'
}

export interface Revoke extends Call {
  readonly gone?: readonly number[]
}

export interface List extends Call {
  readonly items: string
  readonly id: string
  readonly expires?: { readonly at: string; readonly format: ExpiryFormat; readonly zone?: string }
}

export interface RefreshToken {
  readonly token: string
  readonly expires?: Expires
  /** How long it lives unused. */
  readonly idle?: string
  readonly rotation: 'always' | 'never' | 'unknown'
  /** How often it may be sent. */
  readonly uses?: number
  /** How long it is taken once more after it was spent. */
  readonly grace?: string
}

/** `never`, and `undocumented` where no field says it either, leave nothing to read. */
export type Expires = 'never' | 'undocumented' | ExpiresAfter | ExpiresAt

/** A documented length. */
interface ExpiresAfter {
  readonly after: string
}

/** A field of the answer. */
export interface ExpiresAt {
  readonly at: string
  readonly format: ExpiryFormat
  readonly zone?: string
  readonly otherwise?: string
}

export type ExpiryFormat =
  | 'seconds'
  | 'epoch-seconds'
  | 'epoch-millis'
  | 'rfc3339'
  | 'jwt-exp'
  | 'YYYY-MM-DD HH:mm:ss'
  | 'YYYY-MM-DD HH:mm:ss.ffffff'
  | 'YYYY-MM-DDTHH:mm:ss'
  | 'undocumented'

export type CallKey = IssuingKey | 'show' | 'revoke' | 'list'

/** The calls whose answers hold a token. */
export type IssuingKey = 'acquire' | 'refresh' | 'exchange'

/** Does a field of the answer say it? */
export function isStated(expires: Expires | undefined): expires is ExpiresAt {
  return typeof expires === 'object' && 'at' in expires
}

/** Formats that say a wall-clock time and leave the zone open. */
export function isZoneLess(format: ExpiryFormat): boolean {
  return format.startsWith('YYYY')
}
