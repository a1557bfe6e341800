import type { Engine } from '../manager/engine.ts'
import type { RetiredToken, TokenRecord, TokenSet } from '../token/record.ts'
import { jitterSpan } from '../token/refresh-decision.ts'
import { type Labels, openLabels } from './labels.ts'

// For requests that left with the old token and are still on their way, retries included.
const GRACE_MS = 5 * 60_000

/**
 * What is to be revoked once `next` has replaced a record's token: what was there before, the replaced token, and the
 * tokens whose answers were lost. A token that somebody else brought stays.
 */
export function retiringAfter<Inputs, M>(
  engine: Engine<Inputs, M>,
  record: TokenRecord<M> | undefined,
  next: TokenSet<M>,
  lost: readonly RetiredToken[],
): readonly RetiredToken[] | undefined {
  const replaced = retired(engine, record?.token, next)
  const all = [...(record?.retiring ?? []), ...(replaced ? [replaced] : []), ...lost]
  return all.length > 0 ? all : undefined
}

/**
 * The tokens whose answers were lost, to be looked for: those of a claim that was taken over at once, since its time had
 * run out; our own after a while, since the server may still be at work on the call.
 */
export function lostTokens<Inputs, M>({ clock }: Engine<Inputs, M>, labels: Labels): readonly RetiredToken[] {
  const now = clock.now()
  return openLabels(labels).map((expiresAt) => ({
    expiresAt,
    from: labels.own.has(expiresAt) ? now + GRACE_MS : now,
  }))
}

/** The handles of the tokens whose answers came. */
export function knownIds<M>({ token, retiring = [] }: TokenRecord<M>): ReadonlySet<string> {
  return new Set([token, ...retiring].map((one) => one?.id).filter((id) => id !== undefined))
}

/** The first instant at which something is to be revoked. */
export function dueFrom(retiring: readonly RetiredToken[] | undefined): number | undefined {
  return retiring && retiring.length > 0 ? Math.min(...retiring.map(({ from }) => from)) : undefined
}

function retired<Inputs, M>(
  { provider, clock, store, windows }: Engine<Inputs, M>,
  token: TokenSet<M> | undefined,
  next: TokenSet<M>,
): RetiredToken | undefined {
  // Elsewhere the old token ends by itself or with the new one; only here every one stays until somebody revokes it.
  if (provider.repeat !== 'leaves-token' || provider.revoke === undefined) return undefined
  if (token?.id === undefined || token.supplied || token.id === next.id) return undefined
  const { id, expiresAt, obtainedAt } = token
  // Other processes go on with the old one until their own window opens.
  const spread = store.durable ? jitterSpan(obtainedAt, expiresAt, windows) : 0
  return { id, ...(expiresAt === undefined ? {} : { expiresAt }), from: clock.now() + spread + GRACE_MS }
}
