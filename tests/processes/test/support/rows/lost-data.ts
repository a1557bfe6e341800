import type { Answer } from '../../../src/messages.ts'
import { endOutage, holdAnswer } from '../faults.ts'
import type { Fleet } from '../fleet.ts'
import type { FleetRow } from '../fleet-row.ts'
import { AFTER_THE_END } from '../lifetimes.ts'
import { LOST_TO_OTHERS, PERHAPS_SPENT } from '../promises.ts'
import { LIFE_MS } from '../provider.ts'
import { type RedisPlace, redisPlace } from '../redis-place.ts'

const ON_REDIS = { store: 'Redis', needs: ['own-redis'], open: () => redisPlace() } as const

export const LOST_DATA: readonly FleetRow<RedisPlace>[] = [
  {
    ...ON_REDIS,
    id: 'F12',
    goesWrong: '`FLUSHALL` while the processes hold a valid token.',
    promised: PERHAPS_SPENT,
    happens: (fleet, place) => loseRecords(fleet, () => place.command('FLUSHALL')),
  },
  {
    ...ON_REDIS,
    id: 'F13',
    goesWrong: 'Redis restarts without persistence while the processes hold a valid token.',
    promised: PERHAPS_SPENT,
    happens: (fleet, { server }) =>
      loseRecords(fleet, async () => {
        await server.restart()
        await endOutage(fleet)
      }),
  },
  {
    ...ON_REDIS,
    id: 'F14',
    goesWrong: 'Redis evicts the record (`allkeys-random`) while the processes hold a valid token.',
    promised: PERHAPS_SPENT,
    happens: (fleet, place) => loseRecords(fleet, () => place.evictRecords()),
  },
  {
    ...ON_REDIS,
    id: 'F15',
    goesWrong: '`FLUSHALL` during a token call.',
    promised: LOST_TO_OTHERS,
    happens: flushDuringTokenCall,
  },
]

/** Asks in the window, twice: the token in force has to be served to its end. */
async function loseRecords(fleet: Fleet, lose: () => Promise<unknown>): Promise<readonly Answer[]> {
  await lose()
  fleet.moveToAge(0.78 * LIFE_MS)
  const first = await fleet.ask()
  fleet.moveToAge(0.88 * LIFE_MS)
  return [...first, ...(await fleet.ask())]
}

// Long enough for the others to have seen that the record has gone.
const SEEN_MS = 3_000

async function flushDuringTokenCall(fleet: Fleet, place: RedisPlace): Promise<readonly Answer[]> {
  fleet.moveToAge(AFTER_THE_END)
  const { member, others, own, release } = await holdAnswer(fleet, true)
  await place.command('FLUSHALL')
  await fleet.pass(SEEN_MS, member)
  release()
  await fleet.passing(Promise.all([own, others]))
  return []
}
