import type { AccountRef } from '../account-ref.ts'
import type { Clock } from '../clock.ts'
import type { ResolvedInputs, Turn } from '../renewal.ts'
import { untilDeadline } from '../timeout.ts'

/** Reads an account's inputs once for each turn, however many calls it makes. */
export function oncePerTurn<Inputs>(
  clock: Clock,
  read: (account: AccountRef) => Promise<ResolvedInputs<Inputs>>,
): (turn: Turn<unknown>) => Promise<ResolvedInputs<Inputs>> {
  const known = new WeakMap<Turn<unknown>, Promise<ResolvedInputs<Inputs>>>()
  return (turn) => {
    const left = turn.budget.until - clock.monotonic()
    const inputs = known.get(turn) ?? untilDeadline(clock, left, () => read(turn.account), turn.signal)
    known.set(turn, inputs)
    return inputs
  }
}
