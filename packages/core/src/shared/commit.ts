import { sleep } from '../clock.ts'
import { type ChaveiroError, isChaveiroError, stateError } from '../errors.ts'
import { NO_NOTES, type Notes } from '../notes.ts'
import { isConflict, type Kept, type Turn } from '../renewal.ts'
import type { Held } from '../token/held.ts'
import { type CellContent, heldOf, isBlank, keptOf, pauseForRivals } from './cell.ts'
import { type TurnClaim, withNotes } from './claim.ts'
import { mergedNotes, type SharedAccount } from './record-view.ts'

const ATTEMPTS = 3
const PAUSE_MS = 50

/** The result of a turn, and where it is to be stored. */
export interface Delivery<M> extends SharedAccount<M> {
  readonly claim: TurnClaim<M>
  readonly turn: Turn<M>
  readonly next: Held<M>
  /** The account was signed in or out in this process since the turn began. */
  readonly isOutdated: () => boolean
}

/**
 * Stores a new token before any caller sees it. It is dropped and revoked only in favour of a newer token, another
 * lineage or a sign-out, never because of another process's claim.
 */
export async function commitToken<M>(delivery: Delivery<M>): Promise<Kept<M>> {
  const { cell, services, times, claim, turn, isOutdated } = delivery
  const { dispose, clock } = services
  const { ended: _, mayBeSpent: __, ...rest } = claim.record
  let { next } = delivery
  let notes: Notes = turn.notes
  let expect = claim.version
  let failures = 0
  for (let conflicts = 0; ; ) {
    if (isOutdated()) return giveUp(undefined)
    try {
      await cell.write({ ...rest, ...times.toRecord(next), ...withNotes(notes) }, expect)
      // A sign-in or sign-out after the write has found this token and dealt with it.
      if (isOutdated()) throw stateError('aborted')
      return { held: next, notes, persisted: true, source: 'provider', mayBeSpent: false }
    } catch (error) {
      if (!isChaveiroError(error) || error.code === 'aborted') throw error
      if (!isConflict(error)) {
        failures += 1
        tell(error)
        if (failures >= ATTEMPTS || error.action === 'fix-configuration') return unstorable(error)
        await sleep(clock, PAUSE_MS * 2 ** failures)
        continue
      }
    }
    conflicts += 1
    let content: CellContent<M>
    try {
      await pauseForRivals(clock, conflicts)
      content = await cell.read()
    } catch (error) {
      if (!isChaveiroError(error)) throw error
      tell(error)
      return unstorable(error)
    }
    const { record, version } = content
    const stored = heldOf(record)
    // Our own write, whose answer was lost.
    if (stored?.lineage === next.lineage && stored.token.accessToken === next.token.accessToken)
      return { ...keptOf(record, 'provider'), held: { ...stored, token: next.token } }
    const isHistory = !isBlank(record) && record?.lineage !== next.lineage
    if (isHistory || (stored && stored.generation > claim.record.generation)) return giveUp(content)
    // Only a claim was added to the record, or the store lost its data. This answer wins, with a number that no other
    // answer has.
    expect = version
    notes = mergedNotes(turn.kept.notes, notes, record?.notes ?? NO_NOTES)
    next = { ...next, generation: Math.max(next.generation, (record?.claim?.generation ?? 0) + 1) }
  }

  function tell({ code }: ChaveiroError): void {
    services.emit(turn.account, { type: 'persist.failed', generation: next.generation, code })
  }

  /** Another token is in force, or none. */
  async function giveUp(content: CellContent<M> | undefined): Promise<Kept<M>> {
    await dispose(turn.account, next.token)
    if (content && heldOf(content.record) && !isOutdated()) return keptOf(content.record, 'peer')
    throw stateError('aborted')
  }

  async function unstorable(error: ChaveiroError): Promise<Kept<M>> {
    const { persistFailure } = services
    // Serving a first token would hide that this store never takes one. After a sign-in or sign-out, that one counts.
    const isDropped = isOutdated() || (claim.isNew && error.action === 'fix-configuration')
    if (persistFailure === 'revoke' || isDropped) await dispose(turn.account, next.token)
    if (persistFailure !== 'serve-and-retry' || isDropped) throw error
    return { held: next, notes, persisted: false, source: 'provider', mayBeSpent: false }
  }
}
