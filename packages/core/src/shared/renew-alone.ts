import type { Clock } from '../clock.ts'
import { NO_NOTES } from '../notes.ts'
import { type Kept, type Renew, type TurnStart, turnOf } from '../renewal.ts'
import { seeded } from '../token/held.ts'

/**
 * Gets a token for this process alone while the store does not answer and acquiring does no harm. It has a lineage of
 * its own and is never shared. At its next renewal the store's record counts again.
 */
export async function renewAlone<M>(start: TurnStart<M>, renew: Renew<M>, clock: Clock): Promise<Kept<M>> {
  const alone: Kept<M> = { held: undefined, notes: NO_NOTES, persisted: false, source: 'provider', mayBeSpent: false }
  const grant = await renew(turnOf(start, alone, { confirm: async () => {}, markSent: start.markSent }))
  return { ...alone, held: seeded(grant, clock.now()), isUnshared: true }
}
