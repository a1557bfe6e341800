import type { PreparedFault } from '@chaveiro/simulator'
import type { Answer } from '../../../src/messages.ts'
import type { Fleet } from '../fleet.ts'
import type { FleetRow } from '../fleet-row.ts'
import { AFTER_THE_END, signIn } from '../lifetimes.ts'
import { filePlace } from '../places.ts'
import { LOST_FOR_GOOD, NOT_LOST } from '../promises.ts'

// Half of what a token call may take, so that a busy machine has time. All of them are longer than a claim lasts, 25 s.
const SLOW_ANSWER_MS = 7_500
const SLOW_ANSWERS = 4
// More than enough for the steps on disk that a claim takes.
const READS_OF_A_CLAIM = 20
const LAST = 'last in line'
const MOST_ACCOUNTS = 5
const EVICTIONS = 3
// Longer than any pause after a failure.
const LATER_MS = 600_000
const ON_FILES = { store: 'files', needs: [], open: filePlace }

/** Processes in which the account is one of several. */
export const CROWDS: readonly FleetRow[] = [
  {
    ...ON_FILES,
    id: 'F10',
    goesWrong: 'A process has so many token calls to make that the last one waits for longer than a claim lasts.',
    fleet: { size: 2, tokenCallsAtOnce: 1 },
    promised: NOT_LOST,
    happens: longLine,
  },
  {
    ...ON_FILES,
    id: 'F11',
    goesWrong: 'An answer is lost, and other accounts push this one out of memory (`maxAccounts`) again and again.',
    fleet: { maxAccounts: MOST_ACCOUNTS },
    promised: LOST_FOR_GOOD,
    happens: lostAndEvicted,
  },
]

/** The first process works through its line; the second one wants the account that is last in it. */
async function longLine(fleet: Fleet): Promise<readonly Answer[]> {
  const [busy, other] = fleet.members
  if (busy === undefined || other === undefined) throw new Error('There have to be two.')
  const ahead = Array.from({ length: SLOW_ANSWERS }, (_, index) => `ahead ${index}`)
  for (const name of [...ahead, LAST]) await signIn(fleet, name)
  fleet.clock.jump(AFTER_THE_END)
  const slow = (): PreparedFault =>
    fleet.provider.simulator.faults.next({ kind: 'hang', processed: true, operation: 'refreshAccessToken' })
  let answer = slow()
  const asked = ahead.map((name) => busy.ask(1, false, name))
  await answer.met
  asked.push(busy.ask(1, false, LAST))
  // If it claims before its turn in the line, it has done so by then.
  for (let read = 0; read < READS_OF_A_CLAIM; read += 1) await busy.tell({ order: 'reach-store' })
  asked.push(other.ask(1, false, LAST))
  for (let call = 1; call < SLOW_ANSWERS; call += 1) {
    await fleet.pass(SLOW_ANSWER_MS, busy)
    // Prepared now, because the other process may have made its call by then.
    const next = slow()
    answer.release()
    await next.met
    answer = next
  }
  await fleet.pass(SLOW_ANSWER_MS, busy)
  answer.release()
  const answers = await fleet.passing(Promise.all(asked))
  return answers.filter((one) => one !== undefined)
}

async function lostAndEvicted(fleet: Fleet): Promise<readonly Answer[]> {
  fleet.moveToAge(AFTER_THE_END)
  fleet.provider.simulator.faults.next({ kind: 'reset', processed: true, operation: 'refreshAccessToken' })
  await fleet.ask()
  for (let eviction = 0; eviction < EVICTIONS; eviction += 1) {
    const others = Array.from({ length: MOST_ACCOUNTS }, (_, index) => `other ${index}`)
    for (const member of fleet.members) {
      for (const other of others) await fleet.passing(member.ask(1, false, other))
    }
    fleet.clock.jump(LATER_MS)
    await fleet.ask()
  }
  return []
}
