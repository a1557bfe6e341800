import type { Kept } from '../renewal.ts'
import { type Generation, type Held, isSame, type TokenSet } from '../token/held.ts'
import { keptOf } from './cell.ts'
import type { TokenRecord } from './record.ts'
import type { RecordTimes } from './record-times.ts'

/** What a record means to this process, which may know more than the store has. */
export class RecordView<M> {
  /** The token in the store whose refresh token is surely spent, because its successor could not be stored. */
  spent: Generation | undefined
  /** What the last turn left, if the store did not take it. In this process its notes count all the same. */
  unwritten: TokenRecord<M> | undefined
  readonly #times: RecordTimes<M>

  constructor(times: RecordTimes<M>) {
    this.#times = times
  }

  /** Forgets both, because the account was signed in or out. */
  forget(): void {
    this.spent = undefined
    this.unwritten = undefined
  }

  /** `known`: the token in memory, whose age is known even if clocks were changed since. */
  keptOf(record: TokenRecord<M> | undefined, source: Kept<M>['source'], known?: Held<M>): Kept<M> {
    const { notes, lineage, generation } = this.unwritten ?? {}
    const isSameRecord = record?.lineage === lineage && record?.generation === generation
    const stored = keptOf(isSameRecord && record ? { ...record, notes: { ...record.notes, ...notes } } : record, source)
    const isKnown = known !== undefined && isSame(stored.held, known)
    const kept = isKnown
      ? { ...stored, held: { ...known, token: { ...known.token, ...stored.held?.token, ...timesOf(known.token) } } }
      : this.#times.toLocal(stored)
    return this.isSpent(kept.held) ? { ...kept, mayBeSpent: 'surely' } : kept
  }

  isSpent(held: Held<M> | undefined): boolean {
    return held !== undefined && isSame(this.spent, held)
  }
}

/** The instants that count in a process that knows the token. */
function timesOf<M>({ obtainedAt, expiresAt }: TokenSet<M>): Pick<TokenSet<M>, 'obtainedAt' | 'expiresAt'> {
  return { obtainedAt, expiresAt }
}
