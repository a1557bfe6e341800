import type { AccountRef } from '../account-ref.ts'
import { definedNotes, NO_NOTES, type Notes } from '../notes.ts'
import type { Keeper, Kept, Policy, PolicyServices } from '../renewal.ts'

// Another process is changing the record, so this one looks again soon.
const LOOK_AGAIN_MS = 60_000

/** What the policies of a manager want done later. */
export interface Caretaker {
  /** Epoch milliseconds from which something is due; `Infinity`: nothing. */
  dueAt(kept: Kept<unknown>): number
  /** Does what is due at `now` and resolves with the next instant. Never rejects: what fails is tried again. */
  run<M>(account: AccountRef, keeper: Keeper<M>, now: number): Promise<number>
  /** Before a manager closes: what other processes still use is left to them. */
  atClose<M>(account: AccountRef, keeper: Keeper<M>, dueAt: number): Promise<void>
  /** What of the notes survives a sign-in or sign-out. */
  carry(notes: Notes): Notes
}

/** For managers with the engine's own policies only, which have nothing to do later and nothing to carry on. */
export const NOTHING_DUE: Caretaker = {
  dueAt: () => Infinity,
  run: async () => Infinity,
  atClose: async () => {},
  carry: () => NO_NOTES,
}

export function caretaker(policies: readonly Policy[], services: PolicyServices): Caretaker {
  const withUpkeep = policies.filter((policy) => policy.upkeep !== undefined)
  const workOf = (kept: Kept<unknown>) =>
    withUpkeep.map((policy) => policy.upkeep?.(kept, services)).filter((work) => work !== undefined)
  const dueAt = (kept: Kept<unknown>): number =>
    withUpkeep.length === 0 ? Infinity : Math.min(...workOf(kept).map((work) => work.dueAt))
  const run: Caretaker['run'] = async (account, keeper, now) => {
    if (withUpkeep.length === 0) return Infinity
    try {
      let next = Infinity
      const written = await keeper.upkeep(async (kept) => {
        let notes = kept.notes
        for (const work of workOf(kept)) notes = definedNotes({ ...notes, ...(await work.run(account, now)) })
        next = dueAt({ ...kept, notes })
        return notes
      })
      return written ? next : services.clock.now() + LOOK_AGAIN_MS
    } catch {
      return services.clock.now() + LOOK_AGAIN_MS
    }
  }
  return {
    dueAt,
    run,
    async atClose(account, keeper, from) {
      const now = services.shared ? services.clock.now() : Infinity
      if (!services.shared || from <= now) await run(account, keeper, now)
    },
    carry: (notes) =>
      notes === NO_NOTES
        ? NO_NOTES
        : definedNotes(Object.assign({}, ...policies.map((policy) => policy.carry?.(notes)))),
  }
}
