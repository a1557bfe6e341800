import type { BoundAssertion, BoundValue, ClaimValue, PerServer } from './bound-value.ts'
import { parseExpression } from './expression.ts'

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
