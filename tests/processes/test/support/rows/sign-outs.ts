import type { Answer } from '../../../src/messages.ts'
import type { Fleet } from '../fleet.ts'
import type { FleetRow } from '../fleet-row.ts'
import { PLACES } from '../places.ts'
import { LIFE_MS } from '../provider.ts'

// No process may refresh for an account that was signed out.
const SIGNED_OUT = { sent: 0, signIn: 'needed' } as const

export const SIGN_OUTS: readonly FleetRow[] = PLACES.filter(({ name }) => name !== 'PostgreSQL').map(
  (place, index) => ({
    id: `F${24 + index}`,
    goesWrong: 'One process signs out while the others hold a valid token, and one of them starts again.',
    store: place.name === 'file' ? 'files' : place.name,
    needs: place.needs,
    open: () => place.open(),
    promised: { never: SIGNED_OUT, once: SIGNED_OUT },
    happens: signOut,
  }),
)

async function signOut(fleet: Fleet): Promise<readonly Answer[]> {
  const [first, second] = fleet.members
  await first?.tell({ order: 'sign-out' })
  if (second !== undefined) await fleet.replace(second)
  // In the window they look into the store, and find out.
  fleet.moveToAge(0.78 * LIFE_MS)
  await fleet.ask()
  return []
}
