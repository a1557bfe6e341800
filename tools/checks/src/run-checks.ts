import pLimit from 'p-limit'
import type { Check, Outcome, Ran } from './check.ts'

export interface RunChecksOptions {
  /** How many may run at the same time. */
  readonly slots: number
  readonly run: (check: Check) => Promise<Ran>
  /** Is told of every outcome as soon as it is known. */
  readonly report: (outcome: Outcome) => void
}

/**
 * Runs checks in their order, several at a time, each after the checks that it needs: they come before it in the list. A
 * failure stops only the checks that need the one that failed.
 */
export function runChecks(
  checks: readonly Check[],
  { slots, run, report }: RunChecksOptions,
): Promise<readonly Outcome[]> {
  const inSlot = pLimit(slots)
  const outcomes = new Map<string, Promise<Outcome>>()
  const outcomeOf = async (check: Check): Promise<Outcome> => {
    for (const need of check.needs) {
      const needed = await outcomes.get(need)
      if (needed?.state !== 'passed') return { check, state: 'not run', because: need }
    }
    return inSlot(run, check)
  }
  for (const check of checks) {
    const outcome = outcomeOf(check).then((known) => {
      report(known)
      return known
    })
    outcomes.set(check.name, outcome)
  }
  return Promise.all(outcomes.values())
}
