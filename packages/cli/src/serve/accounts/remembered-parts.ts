import type { AccessToken } from '@chaveiro/core'
import type { RequestParts } from '../../providers/request-parts.ts'

/** What requests of an account carry with a token. */
export type PartsOf = (token: AccessToken) => Promise<RequestParts>

/** The same, worked out once for each token. */
export function rememberingParts(partsOf: PartsOf): PartsOf {
  const known = new WeakMap<AccessToken, Promise<RequestParts>>()
  return (token) => {
    const parts = known.get(token) ?? partsOf(token)
    known.set(token, parts)
    return parts
  }
}
