import type { Answer } from '../../../src/messages.ts'
import { holdAnswer } from '../faults.ts'
import type { Fleet } from '../fleet.ts'
import type { FleetRow } from '../fleet-row.ts'
import { AFTER_THE_END } from '../lifetimes.ts'
import { LOST_TO_OTHERS, NOT_LOST } from '../promises.ts'
import { LIFE_MS } from '../provider.ts'
import { type RedisPlace, redisPlace } from '../redis-place.ts'

const ON_REDIS = { store: 'Redis', needs: ['own-redis'], open: () => redisPlace() } as const

// Longer than any test may last: the pause is ended by hand.
const PAUSE_MS = '600000'
const SLEEP_SECONDS = '0.5'

export const FAILING_REDIS: readonly FleetRow<RedisPlace>[] = [
  {
    ...ON_REDIS,
    id: 'F16',
    goesWrong: 'Redis is out of memory (`noeviction`) when the token has to be refreshed.',
    promised: NOT_LOST,
    happens: outOfMemory,
  },
  {
    ...ON_REDIS,
    id: 'F17',
    goesWrong: 'Redis is out of memory when the answer of a token call is to be stored.',
    promised: LOST_TO_OTHERS,
    happens: outOfMemoryDuringTokenCall,
  },
  {
    ...ON_REDIS,
    id: 'F18',
    goesWrong: '`CLIENT PAUSE` holds a claim back until its process has given up, and writes it then.',
    promised: NOT_LOST,
    happens: (fleet, place) =>
      lateClaim(fleet, place, async () => {
        await place.command('CLIENT', 'PAUSE', PAUSE_MS, 'WRITE')
        return () => place.command('CLIENT', 'UNPAUSE')
      }),
  },
  {
    ...ON_REDIS,
    id: 'F19',
    goesWrong: '`DEBUG SLEEP` holds a claim back until its process has given up, and writes it then.',
    open: () => redisPlace('--enable-debug-command', 'local'),
    promised: NOT_LOST,
    happens: (fleet, place) =>
      lateClaim(fleet, place, async () => {
        const awake = place.command('DEBUG', 'SLEEP', SLEEP_SECONDS)
        return () => awake
      }),
  },
]

async function outOfMemory(fleet: Fleet, place: RedisPlace): Promise<readonly Answer[]> {
  await setMemory(place, 'full')
  fleet.moveToAge(0.78 * LIFE_MS)
  const inTheWindow = await fleet.ask()
  fleet.moveToAge(AFTER_THE_END)
  // These may fail: nothing may be sent without a claim.
  await fleet.ask()
  await setMemory(place, 'unlimited')
  return inTheWindow
}

/** The one that has the answer serves it, and stores it when that is possible again. */
async function outOfMemoryDuringTokenCall(fleet: Fleet, place: RedisPlace): Promise<readonly Answer[]> {
  fleet.moveToAge(AFTER_THE_END)
  const { own, others, release } = await holdAnswer(fleet, true)
  await setMemory(place, 'full')
  release()
  const [answer] = await fleet.passing(Promise.all([own, others]))
  await setMemory(place, 'unlimited')
  return answer === undefined ? [] : [answer]
}

/** Nothing is sent, because the claim was not acknowledged in time. It is in the store all the same. */
async function lateClaim(
  fleet: Fleet,
  place: RedisPlace,
  block: () => Promise<() => Promise<unknown>>,
): Promise<readonly Answer[]> {
  fleet.moveToAge(AFTER_THE_END)
  const before = await place.version()
  const [member] = fleet.members
  if (member === undefined) throw new Error('There has to be one.')
  const claims = member.reached('claiming')
  const own = member.ask(1, false)
  await claims
  const unblock = await block()
  // On a busy machine the server may be back first. Time must not fly then: the call would be given up, not the claim.
  const acknowledged = member.reached('claimed')
  member.go()
  await fleet.rush(Promise.race([own, acknowledged]))
  await unblock()
  // Each question takes its time; the test's own time-out bounds it.
  while ((await place.version()) === before);
  await member.tell({ order: 'hold-at', point: undefined })
  member.go()
  await fleet.passing(own)
  return []
}

async function setMemory(place: RedisPlace, memory: 'full' | 'unlimited'): Promise<void> {
  // Less than a server needs for itself.
  await place.command('CONFIG', 'SET', 'maxmemory', memory === 'full' ? '1' : '0')
}
