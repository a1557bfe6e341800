import type { Answer } from '../../../src/messages.ts'
import { holdAnswer } from '../faults.ts'
import type { Fleet } from '../fleet.ts'
import type { FleetRow } from '../fleet-row.ts'
import { AFTER_THE_END } from '../lifetimes.ts'
import { type PostgresPlace, postgresPlace } from '../postgres-place.ts'
import { NOT_LOST } from '../promises.ts'

const ON_POSTGRES = { store: 'PostgreSQL', needs: ['own-postgres'], open: postgresPlace } as const

export const FAILING_POSTGRES: readonly FleetRow<PostgresPlace>[] = [
  {
    ...ON_POSTGRES,
    id: 'F20',
    goesWrong: 'PostgreSQL ends all connections (`pg_terminate_backend`) during a token call.',
    promised: NOT_LOST,
    happens: (fleet, place) => duringTokenCall(fleet, () => place.terminateBackends()),
  },
  {
    ...ON_POSTGRES,
    id: 'F21',
    goesWrong: 'PostgreSQL ends the connection on which a claim is being written.',
    promised: NOT_LOST,
    happens: terminatedWhileClaiming,
  },
  {
    ...ON_POSTGRES,
    id: 'F22',
    goesWrong: 'PostgreSQL ends the connection on which the answer of a token call is being written.',
    promised: NOT_LOST,
    happens: terminatedWhileCommitting,
  },
  {
    ...ON_POSTGRES,
    id: 'F23',
    goesWrong: 'PostgreSQL restarts during a token call.',
    promised: NOT_LOST,
    happens: (fleet, place) => duringTokenCall(fleet, () => place.server.restart()),
  },
]

/** The one that calls has its answer afterwards, and has to be served. */
async function duringTokenCall(fleet: Fleet, happens: () => Promise<void>): Promise<readonly Answer[]> {
  fleet.moveToAge(AFTER_THE_END)
  const { own, others, release } = await holdAnswer(fleet, true)
  await happens()
  release()
  const [answer] = await fleet.passing(Promise.all([own, others]))
  return answer === undefined ? [] : [answer]
}

async function terminatedWhileClaiming(fleet: Fleet, place: PostgresPlace): Promise<readonly Answer[]> {
  fleet.moveToAge(AFTER_THE_END)
  const terminated = await place.terminateNextWrite()
  const answers = Promise.all(fleet.members.map((member) => member.ask(1, false)))
  await terminated()
  // These may fail: nothing was sent, and no process has a valid token.
  await fleet.passing(answers)
  return []
}

async function terminatedWhileCommitting(fleet: Fleet, place: PostgresPlace): Promise<readonly Answer[]> {
  fleet.moveToAge(AFTER_THE_END)
  const { own, others, release } = await holdAnswer(fleet, true)
  const terminated = await place.terminateNextWrite()
  release()
  await terminated()
  const [answer] = await fleet.passing(Promise.all([own, others]))
  return answer === undefined ? [] : [answer]
}
