import { isChaveiroError } from '../errors.ts'
import { isConflict, type Kept, type TurnStart } from '../renewal.ts'
import { type Held, isNewer } from '../token/held.ts'
import { refreshWindows } from '../token/windows.ts'
import { type CellContent, isBlank } from './cell.ts'
import { withNotes } from './claim.ts'
import type { TokenRecord } from './record.ts'
import type { SharedAccount } from './record-view.ts'

/** A token in memory, and what the store has instead. */
export interface Missing<M> extends SharedAccount<M> {
  readonly start: TurnStart<M>
  readonly known: Kept<M>
  readonly content: CellContent<M>
  /** The lineage of a token that was obtained without the store. It is never shared. */
  readonly unshared: string | undefined
  readonly isClaimed: () => boolean
  readonly meets: (held: Held<M>) => boolean
}

/**
 * Commits this process's token if the store has lost it: if the record is missing, or has an older token of the same
 * lineage. `again`: read the record again. A token: it can be served, although the store could not save it.
 * `undefined`: nothing is missing.
 */
export async function putBack<M>(missing: Missing<M>): Promise<Kept<M> | 'again' | undefined> {
  const { cell, services, times, start, known, content, unshared, isClaimed: isClaimedNow, meets } = missing
  const { clock, windows, emit } = services
  const { version, record } = content
  const { held, notes, persisted } = known
  if (held === undefined || held.lineage === unshared) return undefined
  const isOlder = !isBlank(record) && record?.lineage === held.lineage && isNewer(held, record)
  // A token that was never stored is written in spite of a claim, so that it is not lost.
  const isClaimed = persisted && isClaimedNow()
  if (!isOlder && (!isBlank(record) || isClaimed)) return undefined
  const { obtainedAt, expiresAt } = held.token
  // Before the earliest refresh window no process has used the refresh token. Later, one may have, and the new token
  // was lost with the store's data.
  const isEarly = clock.now() < refreshWindows(obtainedAt, expiresAt, 0, windows).refreshFrom
  const mayBeSpent = persisted && !(isEarly && start.tokenServes())
  const back: TokenRecord<M> = {
    v: 1,
    ...times.toRecord(held),
    ...withNotes({ ...record?.notes, ...notes }),
    mayBeSpent: mayBeSpent ? 'maybe' : undefined,
  }
  try {
    await cell.write(back, version)
    return 'again'
  } catch (error) {
    if (!isChaveiroError(error)) throw error
    if (isConflict(error)) return 'again'
    emit(start.account, { type: 'persist.failed', generation: held.generation, code: error.code })
    // The store still has the token that this one replaced, and nothing may be sent with that.
    if (meets(held)) return { ...known, persisted: false }
    throw error
  }
}
