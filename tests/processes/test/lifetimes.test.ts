import { describeWith } from '@chaveiro/test-servers'
import { afterAll, describe, expect, it } from 'vitest'
import { startFleet } from './support/fleet.ts'
import { liveThrough } from './support/lifetimes.ts'
import { PLACES, type PlaceKind } from './support/places.ts'
import { type Row, table } from './support/table.ts'
import { emptyTally, sum, type Tally } from './support/tally.ts'

const PROCESSES = 8
const LIFETIMES = 200
const FAULT_EVERY = 8

const rows: Row[] = []
afterAll(() => void process.stdout.write(table(rows)))

describe.each(PLACES)('eight processes, their tokens in $name', (kind) => {
  describeWith(kind.needs, `on ${kind.name}`, () => {
    it('call once in each lifetime, and log no account out, when nothing goes wrong [MP02]', async () => {
      expect(await run(kind, 'can acquire')).toEqual({
        ...emptyTally(),
        lifetimes: LIFETIMES,
        calls: LIFETIMES,
      })
    })

    it('reuse nothing and lose nothing through every fault, if their inputs can acquire unattended [MP04]', async () => {
      const all = await run(kind, 'can acquire', FAULT_EVERY)
      expect(all).toMatchObject({ lifetimes: LIFETIMES, reuse: 0, lost: 0, ended: 0, failed: 0, resent: 0 })
      expect(all.calls).toBeLessThanOrEqual(LIFETIMES + all.cutOff)
      expect(all.cutOff).toBeGreaterThan(0)
    })

    it('with a refresh token only send it once more where an answer seems lost, and lose what the server ended [MP04]', async () => {
      const all = await run(kind, 'refresh only', FAULT_EVERY)
      expect(all).toMatchObject({ lifetimes: LIFETIMES, failed: 0, lost: all.ended })
      expect(all.resent).toBeGreaterThan(0)
      expect(all.resent).toBeLessThanOrEqual(all.abandoned)
      expect(all.reuse).toBeLessThanOrEqual(all.resent)
    })
  })
})

/** One fleet's life: its rows go into the table, and their sum is returned. */
async function run(kind: PlaceKind, inputs: 'can acquire' | 'refresh only', faultEvery?: number): Promise<Tally> {
  await using place = await kind.open()
  await using fleet = await startFleet(PROCESSES, place, { canAcquire: inputs === 'can acquire' })
  const tallies = await liveThrough(fleet, LIFETIMES, faultEvery)
  const name = `${kind.name}, ${inputs}`
  const all = sum(tallies.values())
  for (const [fault, tally] of tallies) rows.push({ run: name, fault, tally })
  if (tallies.size > 1) rows.push({ run: name, fault: 'all of them', tally: all })
  return all
}
