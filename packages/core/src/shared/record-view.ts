import type { AccountRef } from '../account-ref.ts'
import { definedNotes, NO_NOTES, type Notes } from '../notes.ts'
import type { KeeperServices, Kept } from '../renewal.ts'
import { type Generation, type Held, isSame, type TokenSet } from '../token/held.ts'
import { keptOf, type SharedCell } from './cell.ts'
import type { TokenRecord } from './record.ts'

// Clocks of machines that are in step may differ by this much.
const AHEAD_MS = 5_000

/**
 * Instants in a record follow the provider's clock, as far as its answers show it. Otherwise one process with a wrong
 * clock would make all others hand out tokens that have ended, or none.
 */
export class RecordTimes<M> {
  readonly #account: AccountRef
  readonly #services: KeeperServices<M>
  /** A token from the future, and when (wall clock) this process first saw it. */
  #ahead: { readonly of: Generation; readonly seenAt: number } | undefined

  constructor(account: AccountRef, services: KeeperServices<M>) {
    this.#account = account
    this.#services = services
  }

  /** A token of this process, as it is written. */
  toRecord(held: Held<M>): Held<M> {
    const offset = this.#services.clockOffsetMs()
    return offset === 0 ? held : { ...held, token: shifted(held.token, offset) }
  }

  /**
   * What was read, on this process's clock. A token from the future counts as obtained when this process first saw it,
   * and is renewed soon, because one of the clocks is wrong.
   */
  toLocal(kept: Kept<M>): Kept<M> {
    const { clock, clockOffsetMs, emit } = this.#services
    const { held } = kept
    if (held === undefined) return kept
    const offset = clockOffsetMs()
    const token = offset === 0 ? held.token : shifted(held.token, -offset)
    const now = clock.now()
    const { obtainedAt, expiresAt } = token
    if (obtainedAt - now <= AHEAD_MS) return { ...kept, held: { ...held, token } }
    if (!isSame(this.#ahead?.of, held)) {
      this.#ahead = { of: held, seenAt: now }
      emit(this.#account, { type: 'clock.skew', generation: held.generation })
    }
    const { seenAt = now } = this.#ahead ?? {}
    const end = expiresAt !== undefined && { expiresAt: seenAt + (expiresAt - obtainedAt) }
    return { ...kept, held: { ...held, token: { ...token, obtainedAt: seenAt, ...end } }, isAhead: true }
  }
}

function shifted<M>(token: TokenSet<M>, byMs: number): TokenSet<M> {
  const { obtainedAt, expiresAt, refreshExpiresAt, refreshObtainedAt } = token
  return {
    ...token,
    obtainedAt: obtainedAt + byMs,
    ...(expiresAt !== undefined && { expiresAt: expiresAt + byMs }),
    ...(refreshExpiresAt !== undefined && { refreshExpiresAt: refreshExpiresAt + byMs }),
    ...(refreshObtainedAt !== undefined && { refreshObtainedAt: refreshObtainedAt + byMs }),
  }
}

/** What the steps of a renewal need of their account. */
export interface SharedAccount<M> {
  readonly cell: SharedCell<M>
  readonly services: KeeperServices<M>
  readonly times: RecordTimes<M>
}

/** What a record means to this process, which may know more than the store does. */
export class RecordView<M> {
  /** The token in the store whose refresh token is surely spent, because its successor could not be stored. */
  spent: Generation | undefined
  /** What the last turn left, if the store did not take it. In this process its notes count anyway. */
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
    // Of the lists, for example of requested expiries, another process may have written more since.
    const all = isSameRecord && notes ? mergedNotes(NO_NOTES, notes, record?.notes ?? NO_NOTES) : record?.notes
    const stored = keptOf(record && { ...record, notes: all }, source)
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

/**
 * Our notes, and those that another process has added since the turn began. Lists are joined, for example the expiries
 * that each has requested.
 */
export function mergedNotes(before: Notes, ours: Notes, theirs: Notes): Notes {
  const merged: Record<string, unknown> = { ...ours }
  for (const [key, value] of Object.entries(theirs)) {
    if (JSON.stringify(value) === JSON.stringify(before[key])) continue
    const own = merged[key]
    if (Array.isArray(value) && Array.isArray(own)) {
      const known = new Set(own.map((item) => JSON.stringify(item)))
      merged[key] = [...own, ...value.filter((item) => !known.has(JSON.stringify(item)))]
    } else if (own === undefined || JSON.stringify(own) === JSON.stringify(before[key])) merged[key] = value
  }
  return definedNotes(merged)
}
