import { isFields, isInstant, isListOf, type Note, type Notes, note } from '../notes.ts'
import type { PolicyServices } from '../renewal.ts'
import type { RequestedExpiry } from '../requested-expiries.ts'
import type { Grant } from '../token/grant.ts'
import type { TokenSet } from '../token/held.ts'
import { jitterSpan } from '../token/windows.ts'

// For requests with the old token that are still in flight, retries included.
const GRACE_MS = 5 * 60_000

/** A token that was obtained here, is no longer used, and is still to be revoked at the provider. */
export interface RetiredToken {
  /** The provider's handle. Absent: the answer with it was lost, and the token is looked for by its end. */
  readonly id?: string | undefined
  /** Epoch milliseconds at which it ends by itself. For a lost token: exactly the requested end. */
  readonly expiresAt?: number | undefined
  /** Epoch milliseconds from which it may be revoked. */
  readonly from: number
}

/** Their key in the notes. */
export const RETIRED = 'retired'
export const retiredTokens: Note<RetiredToken[]> = note(RETIRED, isListOf(isRetiredToken))

/** The token that `next` replaces, if it is to be revoked. A supplied token stays. */
export function retired(
  { clock, shared, windows }: PolicyServices,
  token: TokenSet | undefined,
  next: Grant,
): RetiredToken[] {
  if (token?.id === undefined || token.supplied || token.id === next.id) return []
  const { id, expiresAt, obtainedAt } = token
  // Other processes go on with the old one until their own window opens.
  const spread = shared ? jitterSpan(obtainedAt, expiresAt, windows) : 0
  return [{ id, ...(expiresAt === undefined ? {} : { expiresAt }), from: clock.now() + spread + GRACE_MS }]
}

/**
 * The tokens whose answers were lost, to be looked for: those of another manager at once, because its claim has run
 * out; our own after a while, because the server may still be working on the call.
 */
export function lost({ clock, self }: PolicyServices, requested: readonly RequestedExpiry[]): RetiredToken[] {
  const now = clock.now()
  return requested.map(({ end, by }) => ({ expiresAt: end, from: by === self() ? now + GRACE_MS : now }))
}

/** The handles of the tokens whose answers came. */
export function knownIds(token: { readonly id?: string | undefined } | undefined, notes: Notes): ReadonlySet<string> {
  const all = [token, ...(retiredTokens.of(notes) ?? [])]
  return new Set(all.map((one) => one?.id).filter((id) => id !== undefined))
}

function isRetiredToken(value: unknown): value is RetiredToken {
  if (!isFields(value)) return false
  const { id, expiresAt, from } = value
  return (
    isInstant(from) &&
    (id === undefined || (typeof id === 'string' && id !== '')) &&
    (expiresAt === undefined || isInstant(expiresAt))
  )
}
