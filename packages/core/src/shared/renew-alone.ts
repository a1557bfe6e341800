import type { Clock } from '../clock.ts'
import { NO_NOTES } from '../notes.ts'
import { type Kept, type Renew, type TurnStart, turnOf } from '../renewal.ts'
import { seeded } from '../token/held.ts'

/**
 * While the store does not answer, and acquiring harms nothing: a token for this process alone, in a lineage of its own.
 * It is not shared, and used to its end; then the store's record counts.
 */
export async function renewAlone<M>(start: TurnStart<M>, renew: Renew<M>, clock: Clock): Promise<Kept<M>> {
  const alone: Kept<M> = { held: undefined, notes: NO_NOTES, persisted: false, source: 'provider', mayBeSpent: false }
  const grant = await renew(turnOf(start, alone, { confirm: async () => {}, markSent: start.markSent }))
  return { ...alone, held: seeded(grant, clock.now()), isUnshared: true }
}
