import type { AccountRef } from '../account-ref.ts'
import type { ErrorCode } from '../errors.ts'
import type { PolicyServices } from '../renewal.ts'
import type { IssuedToken } from '../token/grant.ts'

/** What became of the ends that are not settled by a look. */
export interface StillLost {
  /** No token with this end is listed: none was made, or not yet. */
  readonly absent: readonly number[]
  /** It could not be looked for, or not be revoked. */
  readonly failed: readonly number[]
}

/**
 * Revokes the listed tokens with exactly these ends and a handle that nobody knows: nobody else asks for such ends.
 * Where a list leaves it open which token that is, none is touched, and the event says so.
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

/** The one token that it can be. A code: which one it is, is left open. */
function matchingToken(
  list: readonly IssuedToken[],
  end: number,
  known: ReadonlySet<string>,
): IssuedToken | 'absent' | Extract<ErrorCode, 'conflict' | 'malformed-response'> {
  const strangers = list.filter(({ id }) => !known.has(id))
  const [match, another] = strangers.filter(({ expiresAt }) => expiresAt === end)
  if (another) return 'conflict'
  if (match) return match
  // It may be one of those whose end cannot be read.
  return strangers.some(({ expiresAt }) => expiresAt === undefined) ? 'malformed-response' : 'absent'
}
