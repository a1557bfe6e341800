import { isChaveiroError } from '../errors.ts'
import { CallFailed, type Turn } from '../renewal.ts'
import type { RefreshTokenOfGrant } from '../token/grant.ts'
import { isBlank } from './cell.ts'
import { type SeenClaim, type TurnClaim, withNotes } from './claim.ts'
import type { TokenRecord } from './record.ts'
import type { SharedAccount } from './record-view.ts'

/** A turn that ended without a token. */
export interface EndedTurn<M> extends SharedAccount<M> {
  readonly claim: TurnClaim<M>
  readonly turn: Turn<M>
  /** The record that the turn began with. */
  readonly before: TokenRecord<M> | undefined
  /** A claim was abandoned before it. */
  readonly isTakenOver: boolean
  readonly error: unknown
  /** Is the refresh token of the turn spent for sure? */
  readonly isSpent: boolean
}

/** What a turn leaves behind. */
export interface LeftTurn<M> {
  readonly record: TokenRecord<M>
  /** `false`: the store did not take it, so only this process knows. */
  readonly isWritten: boolean
  /** The claim, if it stays. */
  readonly seen: SeenClaim | undefined
}

/**
 * Ends a turn without a token. If an answer may still come, the claim stays, and other processes wait until it counts
 * as abandoned. Best effort: a claim that can't be taken back ends in the same way.
 */
export async function leaveTurn<M>(ended: EndedTurn<M>): Promise<LeftTurn<M>> {
  const { cell, services, claim, turn, before, isTakenOver, error, isSpent } = ended
  const { lost, mayStillCome, notes } = turn
  const rescue = error instanceof CallFailed ? error.rescue : undefined
  const isSettled =
    error instanceof CallFailed && error.failure.verdict.kind === 'refresh-rejected' && error.failure.isTried
  const claimStays = !rescue && (mayStillCome || (isTakenOver && !isSettled))
  const { token } = claim.record
  const endOf = ({ refreshExpiresAt: end }: RefreshTokenOfGrant): RefreshTokenOfGrant =>
    end === undefined ? {} : { refreshExpiresAt: end + services.clockOffsetMs() }
  const isChanged = JSON.stringify(notes) !== JSON.stringify(before?.notes ?? {})
  const doubt = isSpent ? 'surely' : lost === 'refresh' ? 'maybe' : claim.record.mayBeSpent
  const record: TokenRecord<M> = {
    ...claim.record,
    ...(rescue && token && { token: { ...token, ...rescue, ...endOf(rescue) } }),
    ...withNotes(notes),
    mayBeSpent: rescue || isSettled ? undefined : doubt,
    claim: claimStays && claim.tried ? claim.claim : undefined,
  }
  const isNothing = claim.isNew && isBlank(record) && !record.claim && !record.notes
  const isNeeded = claimStays ? isChanged && claim.tried : claim.tried || isChanged || rescue !== undefined
  let isWritten = false
  try {
    if (isNeeded) {
      claim.version = await cell.write(isNothing ? null : record, claim.version)
      isWritten = true
    }
  } catch (failed) {
    if (!isChaveiroError(failed)) throw failed
  }
  // So that the next flight of this process waits no longer than others do.
  const since = isWritten ? services.clock.monotonic() : claim.begunAt
  const seen = { version: claim.version, since, ttlMs: claim.claim.ttlMs }
  return {
    record,
    isWritten: isWritten || !isNeeded,
    seen: claimStays && claim.tried && claim.version !== null ? seen : undefined,
  }
}
