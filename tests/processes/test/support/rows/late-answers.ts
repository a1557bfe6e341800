import type { Answer } from '../../../src/messages.ts'
import { holdAnswer } from '../faults.ts'
import type { Fleet } from '../fleet.ts'
import type { FleetRow } from '../fleet-row.ts'
import { AFTER_THE_END } from '../lifetimes.ts'
import { filePlace } from '../places.ts'
import { LOST_FOR_GOOD, LOST_TO_OTHERS, NOT_LOST } from '../promises.ts'

// Longer than a token call may take, 15 s, and shorter than a claim lasts, 25 s.
const WITHIN_THE_LEASE_MS = 17_000
const ON_FILES = { store: 'files', needs: [], open: filePlace }

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
    promised: LOST_TO_OTHERS,
    happens: async (fleet) => {
      await freeze(fleet, (others) => fleet.passing(others))
      return []
    },
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
