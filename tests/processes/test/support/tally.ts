import type { Answer } from '../../src/messages.ts'

/** What some lifetimes came to. The legend of the table says what each figure is. */
export interface Tally {
  lifetimes: number
  calls: number
  abandoned: number
  cutOff: number
  resent: number
  reuse: number
  lost: number
  ended: number
  failed: number
  failedInOutage: number
}

export const emptyTally = (): Tally => ({
  lifetimes: 0,
  calls: 0,
  abandoned: 0,
  cutOff: 0,
  resent: 0,
  reuse: 0,
  lost: 0,
  ended: 0,
  failed: 0,
  failedInOutage: 0,
})

export function sum(tallies: Iterable<Tally>): Tally {
  const total = emptyTally()
  for (const tally of tallies) {
    for (const key of keysOf(total)) total[key] += tally[key]
  }
  return total
}

export function keysOf(tally: Tally): (keyof Tally)[] {
  return Object.keys(tally).filter((key): key is keyof Tally => key in tally)
}

// What only a person can fix.
const LOST = ['reauthorization-required', 'credentials-rejected']

/** Did the account lose its way to a token? Then all its callers fail, which counts once, and not as their failures. */
export function isLost(answers: readonly Answer[]): boolean {
  return answers.some(({ failures }) => failures.some((failure) => LOST.includes(failure)))
}

export function failuresIn(answers: readonly Answer[]): number {
  return answers.reduce((count, { failures }) => count + failures.length, 0)
}
