import type { BitizeOperation, Fault, FaultScope } from '@chaveiro/simulator'
import type { Answer } from '../../../src/messages.ts'
import type { Fleet } from '../fleet.ts'
import type { FleetRow } from '../fleet-row.ts'
import { filePlace } from '../places.ts'
import { LOST_FOR_GOOD, NOT_LOST } from '../promises.ts'
import { LIFE_MS } from '../provider.ts'

type Unreadable = 'html' | 'empty-body' | 'malformed-json' | 'missing-field'

export const UNREADABLE_ANSWERS: readonly FleetRow[] = [
  unreadableRow('F05', 'html', 'a page'),
  unreadableRow('F06', 'empty-body', 'nothing in it'),
  unreadableRow('F07', 'malformed-json', 'JSON that is cut off'),
  unreadableRow('F08', 'missing-field', 'no access token'),
  {
    ...unreadableRow('F09', 'html', 'a page'),
    goesWrong: 'The same as F05, and the inputs can acquire a token.',
    fleet: { canAcquire: true },
    promised: NOT_LOST,
  },
]

/** Each of them comes after the provider has spent the refresh token. */
function unreadableRow(id: string, kind: Unreadable, what: string): FleetRow {
  return {
    id,
    goesWrong: `A refresh is answered by a 200 that cannot be read: ${what}.`,
    store: 'files',
    needs: [],
    open: filePlace,
    promised: LOST_FOR_GOOD,
    happens: (fleet) => unreadable(fleet, kind),
  }
}

/** In the window, so that the token in force has to be served to its end. */
async function unreadable(fleet: Fleet, kind: Unreadable): Promise<readonly Answer[]> {
  fleet.moveToAge(0.78 * LIFE_MS)
  fleet.provider.simulator.faults.next(unreadableAnswer(kind))
  const first = await fleet.ask()
  // The provider's newest token is the one that could not be read, so time is counted from the callers' one.
  fleet.clock.jump(0.1 * LIFE_MS)
  const second = await fleet.ask()
  fleet.clock.jump(0.14 * LIFE_MS)
  return [...first, ...second]
}

function unreadableAnswer(kind: Unreadable): Fault & FaultScope<BitizeOperation> {
  const operation = 'refreshAccessToken'
  if (kind === 'html') return { kind, processed: true, operation }
  return kind === 'missing-field' ? { kind, field: 'access_token', operation } : { kind, operation }
}
