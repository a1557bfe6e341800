import type { Clock } from '../clock.ts'
import { ChaveiroError, isChaveiroError } from '../errors.ts'
import type { Notes } from '../notes.ts'
import { randomId } from '../random-id.ts'
import { isConflict } from '../renewal.ts'
import type { CellContent, SharedCell } from './cell.ts'
import type { Claim, TokenRecord } from './record.ts'

const FRESH_FOR_MS = 10_000

/** One turn's claim: written before the first request, and again where it has aged or the notes have changed. */
export class TurnClaim<M> {
  readonly claim: Claim
  /** What the record holds besides the claim. */
  readonly record: TokenRecord<M>
  /** There was no record. */
  readonly isNew: boolean
  /** What the next write replaces. */
  version: string | null
  /** A request left under it. */
  sent = false
  /** Another process has changed the record. */
  lost = false
  /** A claim of ours may be in the store. */
  tried = false
  /** Monotonic time of the last write. */
  begunAt = 0
  readonly #cell: SharedCell<M>
  readonly #clock: Clock
  readonly #signal: AbortSignal
  readonly #isOutdated: () => boolean
  #written: string | undefined
  #wallBegun = 0
  #writing: Promise<void> = Promise.resolve()

  constructor(
    cell: SharedCell<M>,
    clock: Clock,
    { version, record }: CellContent<M>,
    ttlMs: number,
    mayBeSpent: TokenRecord['mayBeSpent'] | false,
    signal: AbortSignal,
    isOutdated: () => boolean,
  ) {
    const { claim: before, ...rest }: TokenRecord<M> = record ?? { v: 1, lineage: randomId(), generation: 0 }
    this.#cell = cell
    this.#clock = clock
    this.#signal = signal
    this.#isOutdated = isOutdated
    const generation = Math.max(rest.generation, before?.generation ?? 0) + 1
    // Unknown fields of the abandoned claim are kept.
    this.claim = { ...before, owner: randomId(), generation, ttlMs }
    // A doubt outlives the claim that it came from: this one may be given back with nothing sent.
    this.record = { ...rest, mayBeSpent: mayBeSpent || undefined }
    this.isNew = version === null
    this.version = version
  }

  /** Before each request. Rejects with `conflict` if the turn is over. One after the other. */
  confirm(notes: Notes): Promise<void> {
    this.#writing = this.#writing.catch(() => {}).then(() => this.#confirm(notes))
    return this.#writing
  }

  /** Waits for a write that a timeout left behind, so that `version` is current. */
  async settled(): Promise<void> {
    await this.#writing.catch(() => {})
  }

  async #confirm(notes: Notes): Promise<void> {
    this.#signal.throwIfAborted()
    if (this.#isOutdated()) throw new ChaveiroError('conflict', 'The account was signed in or out in the meantime.')
    const wall = this.#clock.now()
    const monotonic = this.#clock.monotonic()
    // After a sleep only the wall clock shows the real age; after the clock was set back, only the monotonic one does.
    const age = Math.max(wall - this.#wallBegun, monotonic - this.begunAt)
    const text = JSON.stringify(notes)
    if (!this.lost && text === this.#written && age <= FRESH_FOR_MS) return
    if (this.lost || !(await this.#write(notes))) {
      this.lost = true
      throw new ChaveiroError('conflict', 'Another process has changed the record.')
    }
    this.#written = text
    // Only after the write: from then on other processes have to wait.
    this.#wallBegun = wall
    this.begunAt = monotonic
    // If this process was suspended during the write, its claim has aged and may have been taken over.
    return this.#confirm(notes)
  }

  async #write(notes: Notes): Promise<boolean> {
    const { claim } = this
    this.tried = true
    try {
      this.version = await this.#cell.write({ ...this.record, ...withNotes(notes), claim }, this.version)
      return true
    } catch (error) {
      if (isConflict(error)) return false
      // Even if the claim was written: an answer of this kind can't be understood later either.
      if (!isChaveiroError(error) || error.action === 'fix-configuration') throw error
      // Only the answer to the commit may be lost, and not the commit. The version shows whether anything was written,
      // and the owner of the claim in the store, by whom: a resumed process sees its timeout before the conflict.
      const now = await this.#cell.read()
      if (now.version === this.version) throw error
      const isMine = now.record?.claim?.owner === claim.owner
      if (isMine) this.version = now.version
      return isMine
    }
  }
}

/** The field of a record. Absent without notes. */
export function withNotes(notes: Notes): Pick<TokenRecord, 'notes'> {
  return { notes: Object.keys(notes).length > 0 ? notes : undefined }
}

const MOST_UNSENT = 1_000

/** A claim in the store, and since when (monotonic) this process has seen it unchanged. */
export interface SeenClaim {
  readonly version: string | null
  readonly since: number
  readonly ttlMs: number
}

/**
 * Does another process hold the right to send? Its claim counts for as long as it says, by this process's own clock.
 */
export class ClaimWatch {
  seen: SeenClaim | undefined
  readonly #clock: Clock
  readonly #unsent: UnsentClaims

  constructor(clock: Clock, unsent: UnsentClaims) {
    this.#clock = clock
    this.#unsent = unsent
  }

  isClaimed({ version, record }: CellContent<unknown>): boolean {
    const claim = record?.claim
    if (claim === undefined || this.#unsent.has(claim)) return false
    const now = this.#clock.monotonic()
    if (this.seen?.version !== version) this.seen = { version, since: now, ttlMs: claim.ttlMs }
    return now - this.seen.since < this.seen.ttlMs
  }

  /** Epoch milliseconds. */
  until(): number | undefined {
    const { seen } = this
    return seen && this.#clock.now() + seen.since + seen.ttlMs - this.#clock.monotonic()
  }
}

/** Owners of claims that may still be in the store, or land there late, although nothing was sent under them. */
export class UnsentClaims {
  readonly #owners = new Set<string>()

  add(owner: string): void {
    this.#owners.add(owner)
    const [oldest] = this.#owners
    if (this.#owners.size > MOST_UNSENT && oldest !== undefined) this.#owners.delete(oldest)
  }

  has({ owner }: Claim): boolean {
    return this.#owners.has(owner)
  }
}
