import type { AskedScopes, BoundValue, Scalar } from './bound-value.ts'
import { parseExpression } from './expression.ts'

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

type PerServer = Readonly<Record<string, string>>

export function isAssertion(value: BoundValue): value is BoundAssertion {
  return typeof value === 'object' && value !== null && 'assertion' in value
}

/** Does the claim differ by server? */
export function isPerServer(claim: ClaimValue): claim is PerServer {
  return typeof claim === 'object' && claim !== null && !('scopes' in claim)
}

/** The inputs that a claim takes. */
export function inputsOfClaim(claim: ClaimValue): readonly string[] {
  const expression = typeof claim === 'object' ? undefined : parseExpression(claim)
  return expression?.kind === 'input' ? [expression.name] : []
}
