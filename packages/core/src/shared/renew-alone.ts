import type { Clock } from '../clock.ts'
import { definedNotes, NO_NOTES } from '../notes.ts'
import { type Kept, type Renew, type TurnStart, turnOf } from '../renewal.ts'
import { seeded } from '../token/held.ts'

/**
 * Gets a token for this process alone while the store does not answer and acquiring does no harm. It has a lineage of
 * its own and is never shared. At its next renewal the store's record counts again.
 */
export async function renewAlone<M>(start: TurnStart<M>, renew: Renew<M>, clock: Clock): Promise<Kept<M>> {
  const none: Kept<M> = { held: undefined, notes: NO_NOTES, persisted: true, source: 'provider', mayBeSpent: false }
  const known = start.known ?? none
  // The record can't say what was denied, so what this process knows of it counts.
  const turn = turnOf(start, { ...none, notes: known.notes }, { confirm: async () => {}, markSent: start.markSent })
  try {
    const grant = await renew(turn)
    return { ...none, held: seeded(grant, clock.now()), persisted: false, isUnshared: true }
  } catch (error) {
    start.found({ ...known, notes: definedNotes(turn.notes) })
    throw error
  }
}
