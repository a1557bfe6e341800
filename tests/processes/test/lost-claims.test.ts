import { describeWith } from '@chaveiro/test-servers'
import { afterAll, describe, expect, it } from 'vitest'
import { startFleet } from './support/fleet.ts'
import { FORGETFUL_PLACES, type ForgetfulKind } from './support/forgetful-places.ts'
import { AFTER_THE_END, count, signIn } from './support/lifetimes.ts'
import { loseClaim } from './support/lost-claim.ts'
import { type Row, table } from './support/table.ts'
import { sum, type Tally } from './support/tally.ts'

const LOSSES = 3
const PROCESSES = 4

const rows: Row[] = []
afterAll(() => void process.stdout.write(table(rows)))

describe.each(FORGETFUL_PLACES)('a store that loses an acknowledged claim: $name', (kind) => {
  describeWith(kind.needs, kind.name, () => {
    it('costs one reuse each, and no token where the inputs can acquire unattended [MP21]', async () => {
      const all = await run(kind, 'can acquire')
      expect(all).toMatchObject({ lifetimes: 2 * LOSSES, lost: 0, failed: 0, resent: 0 })
      expect(all.reuse).toBeLessThanOrEqual(LOSSES)
      // In each loss: the holder's call, the reuse, and the one that acquires.
      expect(all.calls).toBeLessThanOrEqual(LOSSES + 3 * LOSSES)
    })

    it('costs one reuse each with a refresh token only, and the token where the server then ends its family [MP21]', async () => {
      const all = await run(kind, 'refresh only')
      expect(all).toMatchObject({ lifetimes: 2 * LOSSES, failed: 0, resent: 0, lost: all.ended })
      expect(all.reuse).toBeLessThanOrEqual(LOSSES)
    })
  })
})

/** A lifetime without a fault after each one whose claim is lost. */
async function run(kind: ForgetfulKind, inputs: 'can acquire' | 'refresh only'): Promise<Tally> {
  await using place = await kind.open()
  await using fleet = await startFleet(PROCESSES, place, { canAcquire: inputs === 'can acquire' })
  const tallies = new Map<string, Tally>()
  const fault = { name: 'a claim lost', inject: () => loseClaim(fleet, place) }
  if (!fleet.canAcquire) await signIn(fleet)
  for (let loss = 0; loss < LOSSES; loss += 1) {
    fleet.moveToAge(AFTER_THE_END)
    await count(fleet, tallies, undefined)
    fleet.moveToAge(AFTER_THE_END)
    await count(fleet, tallies, fault)
  }
  for (const [name, tally] of tallies) rows.push({ run: `${kind.name}; ${inputs}`, fault: name, tally })
  return sum(tallies.values())
}
