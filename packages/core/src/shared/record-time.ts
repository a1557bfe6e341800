import type { TokenSet } from '../token/held.ts'

// Instants in a record are told by the provider's clock, as far as its answers show it: a process whose own clock is wrong
// would otherwise make all others hand out a token that has ended, or none.

/** A token of this process, as it is written. `offsetMs`: how far the provider's clock is ahead of this process's. */
export function toRecordTime<M>(token: TokenSet<M>, offsetMs: number): TokenSet<M> {
  return offsetMs === 0 ? token : shifted(token, offsetMs)
}

/** A token as it was read, on this process's clock. */
export function toLocalTime<M>(token: TokenSet<M>, offsetMs: number): TokenSet<M> {
  return offsetMs === 0 ? token : shifted(token, -offsetMs)
}

function shifted<M>(token: TokenSet<M>, byMs: number): TokenSet<M> {
  const { obtainedAt, expiresAt, refreshExpiresAt, refreshObtainedAt } = token
  return {
    ...token,
    obtainedAt: obtainedAt + byMs,
    ...(expiresAt !== undefined && { expiresAt: expiresAt + byMs }),
    ...(refreshExpiresAt !== undefined && { refreshExpiresAt: refreshExpiresAt + byMs }),
    ...(refreshObtainedAt !== undefined && { refreshObtainedAt: refreshObtainedAt + byMs }),
  }
}
