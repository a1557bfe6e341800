import type { BitizeOperation, Fault, FaultScope, PreparedFault } from '@chaveiro/simulator'
import type { Answer } from '../../../src/messages.ts'
import { holdAnswer } from '../faults.ts'
import type { Fleet } from '../fleet.ts'
import type { FleetRow } from '../fleet-row.ts'
import { AFTER_THE_END, signIn } from '../lifetimes.ts'
import { filePlace } from '../places.ts'
import { LIFE_MS } from '../provider.ts'

// Longer than a token call may take, 15 s, and shorter than the claim's lease, 25 s.
const WITHIN_THE_LEASE_MS = 20_000
// Less than a token call may take.
const SLOW_ANSWER_MS = 14_000
// More than enough for the steps on disk that a claim takes.
const READS_OF_A_CLAIM = 30
const MOST_ACCOUNTS = 5
const EVICTIONS = 3
// Longer than any pause after a failure.
const LATER_MS = 600_000
const ON_FILES = { store: 'files', needs: [], open: filePlace }

const LOST_FOR_GOOD = {
  never: { sent: 1, signIn: 'may be needed' },
  once: { sent: 2, signIn: 'may be needed' },
} as const
const NOT_LOST = { never: { sent: 1, signIn: 'not needed' }, once: { sent: 1, signIn: 'not needed' } } as const

type Unreadable = 'html' | 'empty-body' | 'malformed-json' | 'missing-field'

/** Each of them comes after the provider has spent the refresh token. */
const UNREADABLE: Readonly<Record<Unreadable, string>> = {
  html: 'a page',
  'empty-body': 'nothing in it',
  'malformed-json': 'JSON that is cut off',
  'missing-field': 'no access token',
}
const KINDS = ['html', 'empty-body', 'malformed-json', 'missing-field'] as const

export const LATE_ANSWERS: readonly FleetRow[] = [
  {
    ...ON_FILES,
    id: 'F01',
    goesWrong: 'The answer of a token call arrives after the claim has run out.',
    promised: LOST_FOR_GOOD,
    happens: answerAfterTheLease,
  },
  {
    ...ON_FILES,
    id: 'F02',
    goesWrong: 'The same, through a `fetch` that goes on with a call that was given up.',
    fleet: { ignoresAbort: true },
    promised: LOST_FOR_GOOD,
    happens: answerAfterTheLease,
  },
  {
    ...ON_FILES,
    id: 'F03',
    goesWrong: 'A process is frozen during its token call, for longer than the call may take.',
    promised: NOT_LOST,
    happens: async (fleet) => {
      const { own, others } = await freeze(fleet, () => fleet.pass(WITHIN_THE_LEASE_MS))
      return [...own, ...others]
    },
  },
  {
    ...ON_FILES,
    id: 'F04',
    goesWrong: 'A process is frozen during its token call until its claim has run out, and then wakes.',
    promised: { ...LOST_FOR_GOOD, never: { sent: 1, signIn: 'not needed' } },
    happens: async (fleet) => {
      await freeze(fleet, (others) => fleet.passing(others))
      return []
    },
  },
  ...KINDS.map(
    (kind, index): FleetRow => ({
      ...ON_FILES,
      id: `F0${5 + index}`,
      goesWrong: `A refresh is answered by a 200 that cannot be read: ${UNREADABLE[kind]}.`,
      promised: LOST_FOR_GOOD,
      happens: (fleet) => unreadable(fleet, kind),
    }),
  ),
  {
    ...ON_FILES,
    id: 'F09',
    goesWrong: 'A process has so many token calls to make that the last one waits for longer than a claim lasts.',
    fleet: { size: 2, tokenCallsAtOnce: 1 },
    promised: NOT_LOST,
    happens: longLine,
  },
  {
    ...ON_FILES,
    id: 'F10',
    goesWrong: 'An answer is lost, and other accounts push this one out of memory (`maxAccounts`) again and again.',
    fleet: { maxAccounts: MOST_ACCOUNTS },
    promised: LOST_FOR_GOOD,
    happens: lostAndEvicted,
  },
]

async function answerAfterTheLease(fleet: Fleet): Promise<readonly Answer[]> {
  fleet.moveToAge(AFTER_THE_END)
  const { member, others, own, release } = await holdAnswer(fleet, true)
  await fleet.passingFor(member, others)
  release()
  await fleet.passing(own)
  return []
}

/** The answer waits in the socket, and the time-outs are overdue, when the process wakes. */
async function freeze(fleet: Fleet, until: (others: Promise<readonly Answer[]>) => Promise<unknown>) {
  fleet.moveToAge(AFTER_THE_END)
  const { member, others, own, release } = await holdAnswer(fleet, true)
  member.suspend()
  // Read before the answer, because it lies in the pipe before that: timers come first when a process wakes.
  void member.fire()
  release()
  await until(others)
  member.resume()
  const answers = await fleet.passing(Promise.all([own, others]))
  return { own: answers[0] === undefined ? [] : [answers[0]], others: answers[1] }
}

/** In the window, so that the token in force has to be served to its end. */
async function unreadable(fleet: Fleet, kind: Unreadable): Promise<readonly Answer[]> {
  fleet.moveToAge(0.78 * LIFE_MS)
  fleet.provider.simulator.faults.next(unreadableAnswer(kind))
  const first = await fleet.ask()
  // The token that nobody could read is the provider's newest, so time goes by the callers' one.
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
