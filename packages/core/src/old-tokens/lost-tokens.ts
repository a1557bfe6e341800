import type { AccountRef } from '../account-ref.ts'
import type { ErrorCode } from '../errors.ts'
import type { PolicyServices } from '../renewal.ts'
import type { IssuedToken } from '../token/grant.ts'

/** Ends that are still open after a look at the list. */
export interface StillLost {
  /** No token with this end is listed: it was not made, or not yet. */
  readonly absent: readonly number[]
  /** The token could not be looked for, or not be revoked. */
  readonly failed: readonly number[]
}

/**
 * Revokes the listed tokens that have exactly these ends and an unknown handle: no other call asked for these ends. If
 * the list leaves open which token that is, none is revoked, and an event says so.
 */
export async function revokeLostTokens(
  { list, revoke, emit }: PolicyServices,
  account: AccountRef,
  ends: readonly number[],
  known: ReadonlySet<string>,
): Promise<StillLost> {
  const report = (code: ErrorCode): void => emit(account, { type: 'revoke.failed', code })
  const listed = await list(account)
  if (typeof listed === 'string') {
    report(listed)
    return { absent: [], failed: ends }
  }
  const absent: number[] = []
  const failed: number[] = []
  for (const end of ends) {
    const match = matchingToken(listed, end, known)
    if (match === 'absent') absent.push(end)
    else if (typeof match === 'string') report(match)
    else {
      const code = await revoke(account, { id: match.id })
      if (code === undefined) continue
      report(code)
      failed.push(end)
    }
  }
  return { absent, failed }
}

/** The only token that can be the lost one. A code: the list leaves open which one it is. */
function matchingToken(
  list: readonly IssuedToken[],
  end: number,
  known: ReadonlySet<string>,
): IssuedToken | 'absent' | Extract<ErrorCode, 'conflict' | 'malformed-response'> {
  const strangers = list.filter(({ id }) => !known.has(id))
  const [match, another] = strangers.filter(({ expiresAt }) => expiresAt === end)
  if (another) return 'conflict'
  if (match) return match
  // It may be one whose end can't be read.
  return strangers.some(({ expiresAt }) => expiresAt === undefined) ? 'malformed-response' : 'absent'
}
