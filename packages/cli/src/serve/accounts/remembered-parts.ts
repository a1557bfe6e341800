import type { AccessToken } from '@chaveiro/core'
import type { RequestParts } from '../../providers/request-parts.ts'

/** What requests of an account carry with a token. */
export type PartsOf = (token: AccessToken) => Promise<RequestParts>

/** The same, worked out once for each token. */
export function rememberingParts(partsOf: PartsOf): PartsOf {
  const known = new WeakMap<AccessToken, Promise<RequestParts>>()
  return (token) => {
    const before = known.get(token)
    if (before !== undefined) return before
    const parts = partsOf(token)
    known.set(token, parts)
    parts.catch(() => known.delete(token))
    return parts
  }
}
