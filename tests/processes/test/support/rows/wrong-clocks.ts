import type { Answer } from '../../../src/messages.ts'
import type { Fleet } from '../fleet.ts'
import type { FleetRow } from '../fleet-row.ts'
import { AFTER_THE_END } from '../lifetimes.ts'
import { filePlace } from '../places.ts'
import { NOT_LOST } from '../promises.ts'
import { LIFE_MS } from '../provider.ts'

const HOUR_MS = 3_600_000

export const WRONG_CLOCKS: readonly FleetRow[] = [
  wrongClocks('F26', 'one hour', HOUR_MS),
  wrongClocks('F27', 'one day', 24 * HOUR_MS),
]

/** Ages at which the fleet asks, and who asks first: each process comes to renew the token that the others use. */
const AGES_MS = [0.3 * LIFE_MS, 0.78 * LIFE_MS, 0.93 * LIFE_MS, AFTER_THE_END]
const ROUNDS = 16

function wrongClocks(id: string, howFar: string, offMs: number): FleetRow {
  return {
    id,
    goesWrong: `Of four processes that have made a token call, one has a clock that is ${howFar} ahead, another one that is ${howFar} behind.`,
    store: 'files',
    needs: ['faketime'],
    open: filePlace,
    fleet: { size: 4, clocksOffMs: [0, offMs, -offMs, 0], canAcquire: true },
    promised: NOT_LOST,
    happens: liveOn,
  }
}

async function liveOn(fleet: Fleet): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  const note = (answer: Answer | undefined): void => void (answer && answers.push(answer))
  // With an account of its own, so that each of them has seen the provider's time.
  for (const member of fleet.members) note(await fleet.passing(member.ask(1, false, `of ${member.name}`)))
  // Those were the newest tokens. The account's own is renewed, so that ages are counted from it.
  fleet.clock.jump(AFTER_THE_END)
  answers.push(...(await fleet.ask()))
  const before = fleet.provider.calls()
  for (let round = 0; round < ROUNDS; round += 1) {
    fleet.moveToAge(AGES_MS[round % AGES_MS.length] ?? AFTER_THE_END)
    const first = fleet.members[Math.floor(round / AGES_MS.length) % fleet.members.length]
    if (first) note(await fleet.passing(first.ask(1, false)))
    answers.push(...(await fleet.ask()))
  }
  const calls = fleet.provider.calls() - before
  if (calls > ROUNDS) throw new Error(`${calls} token calls in ${ROUNDS} rounds: it is renewed over and over.`)
  return answers
}
