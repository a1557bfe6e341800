/** What is bound to a field of a body. */
export type BoundValue = Scalar | Future | AskedScopes | BoundAssertion

/** The account's scopes and those that are always asked for, as one text. */
export interface AskedScopes {
  readonly scopes: '$account.scopes'
  readonly always?: readonly string[]
  readonly demanded?: true
  readonly separator?: string
}

/** The client chooses the end. */
export interface Future {
  /** An input of kind duration. */
  readonly future: string
  readonly format: 'YYYY-MM-DD HH:mm:ss'
  readonly zone: string
}

/** A signed assertion as the value of a field (RFC 7523). `iat`, `exp` and `jti` come by themselves. */
export interface BoundAssertion {
  readonly assertion: {
    readonly alg: 'RS256' | 'PS256' | 'ES256' | 'ES384' | 'EdDSA'
    /** An input: the private key. */
    readonly key: string
    readonly lifetime: string
    readonly claims: Readonly<Record<string, ClaimValue>>
  }
}

/** What a claim says: a value, the scopes that are asked for, or a constant for each server, by its name. */
export type ClaimValue = Scalar | AskedScopes | PerServer

export type PerServer = Readonly<Record<string, string>>

export type Scalar = string | number | boolean | null

/** Is it a text, a number, a boolean or `null`, and no value that is made of several? */
export function isPlain(value: BoundValue): value is Scalar {
  return typeof value !== 'object' || value === null
}

export function isFuture(value: BoundValue): value is Future {
  return typeof value === 'object' && value !== null && 'future' in value
}

export function isAskedScopes(value: BoundValue | ClaimValue): value is AskedScopes {
  return typeof value === 'object' && value !== null && 'scopes' in value
}
