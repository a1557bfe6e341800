import type { PreparedFault } from '@chaveiro/simulator'
import type { Answer } from '../../../src/messages.ts'
import type { Fleet } from '../fleet.ts'
import type { FleetRow } from '../fleet-row.ts'
import { AFTER_THE_END, signIn } from '../lifetimes.ts'
import { filePlace } from '../places.ts'
import { LOST_FOR_GOOD, NOT_LOST } from '../promises.ts'

// Less than a token call may take, 15 s. Two of them are longer than a claim lasts, 25 s.
const SLOW_ANSWER_MS = 14_000
// More than enough for the steps on disk that a claim takes.
const READS_OF_A_CLAIM = 30
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
  const names = ['first-in-line', 'second-in-line', 'last-in-line']
  for (const name of names) await signIn(fleet, name)
  fleet.clock.jump(AFTER_THE_END)
  const slow = (): PreparedFault =>
    fleet.provider.simulator.faults.next({ kind: 'hang', processed: true, operation: 'refreshAccessToken' })
  const first = slow()
  const asked: Promise<Answer | undefined>[] = []
  for (const name of names) {
    asked.push(busy.ask(1, false, name))
    await first.met
    // If it claims before its turn in the line, it has done so by then.
    for (let read = 0; read < READS_OF_A_CLAIM; read += 1) await busy.tell({ order: 'reach-store' })
  }
  const last = other.ask(1, false, 'last-in-line')
  await fleet.pass(SLOW_ANSWER_MS, busy)
  // Prepared now, because the other process may have made its call by then.
  const second = slow()
  first.release()
  await second.met
  await fleet.pass(SLOW_ANSWER_MS, busy)
  second.release()
  const answers = await fleet.passing(Promise.all([last, ...asked]))
  return answers.filter((answer) => answer !== undefined)
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
