import type { Kept } from '../renewal.ts'
import { type AccessToken, accessToken } from '../token/access-token.ts'
import { type Generation, type Held, isNewer, isSame } from '../token/held.ts'
import { type RefreshDecision, refreshDecision, refreshWindows } from '../token/windows.ts'
import type { Engine } from './engine.ts'

/** What a caller requires beyond a valid token. */
export interface TokenRequirement {
  /** Newer than this generation, which was rejected. */
  readonly newerThan?: Generation | undefined
  readonly minValidityMs?: number | undefined
}

// Before every instant, so that every use takes the slow path. There a token that the store does not have yet is
// refreshed and stored, and the caller learns that the token was rejected or the manager closed.
const OFF = Number.NEGATIVE_INFINITY

/** One account's token as this process knows it, and the instants that a warm `getToken()` compares. */
export class AccountMemory<M> {
  /** What is kept, as far as this process knows. Without a token: only the notes. */
  kept: Kept<M> | undefined
  access: AccessToken<M> | undefined
  /** The generation that callers reported as rejected. */
  rejected: Generation | undefined
  /** Epoch milliseconds from which a policy has something to do. */
  upkeepFrom: number = Number.POSITIVE_INFINITY
  #promise: Promise<AccessToken<M>> | undefined
  #readyUntil = OFF
  #refreshFrom = OFF
  /** The latest wall time that was read. An earlier reading means that the clock was set back. */
  #lastSeen = OFF
  /** Wall time minus monotonic time when this process first saw the token. The age of the token is counted by it. */
  #clockOrigin = 0

  get held(): Held<M> | undefined {
    return this.kept?.held
  }

  get refreshFrom(): number {
    return this.#refreshFrom
  }

  /** Can the token be served at once? Reads the wall clock once. No I/O. */
  isReady(now: number): boolean {
    if (now >= this.#readyUntil || now < this.#lastSeen) return false
    this.#lastSeen = now
    return true
  }

  /** The token as a promise: the same one each time, because making one costs more than reading the clock. */
  get promise(): Promise<AccessToken<M>> | undefined {
    this.#promise ??= this.access && Promise.resolve(this.access)
    return this.#promise
  }

  remember(kept: Kept<M>, engine: Engine<M>): void {
    const { clock, random, windows, authorize, caretaker } = engine
    const before = this.kept
    const { held } = kept
    // Without notes no policy has anything to do.
    this.upkeepFrom = Object.keys(kept.notes).length === 0 ? Number.POSITIVE_INFINITY : caretaker.dueAt(kept)
    if (held === undefined) {
      this.forget()
      this.kept = kept
      return
    }
    const now = clock.now()
    // The same token keeps its age, and how it came here.
    const isKnown = this.access !== undefined && isSame(before?.held, held)
    this.kept = isKnown && before ? { ...kept, source: before.source } : kept
    if (!isKnown) {
      this.access = accessToken(held, authorize)
      this.#promise = undefined
      this.#clockOrigin = now - clock.monotonic()
      this.#lastSeen = now
    }
    if (this.rejected && isNewer(held, this.rejected)) this.rejected = undefined
    const { obtainedAt, expiresAt } = held.token
    const isOpen = (kept.persisted || kept.isUnshared) && !kept.isAhead
    this.#refreshFrom = isOpen ? refreshWindows(obtainedAt, expiresAt, random(), windows).refreshFrom : OFF
    this.#setReady()
  }

  /** The same token, with more known about it. */
  update(kept: Kept<M>): void {
    this.kept = this.kept ? { ...kept, source: this.kept.source } : kept
  }

  setUpkeep(dueAt: number): void {
    this.upkeepFrom = dueAt
    if (this.#readyUntil !== OFF) this.#setReady()
  }

  forget(): void {
    this.kept = undefined
    this.access = undefined
    this.#promise = undefined
    this.#readyUntil = OFF
    this.rejected = undefined
    this.upkeepFrom = Number.POSITIVE_INFINITY
  }

  /** From now on every use takes the slow path: the token was rejected, or its manager was closed. */
  takeOffFastPath(): void {
    this.#readyUntil = OFF
  }

  /** The manager knows the account again. */
  backOnFastPath(): void {
    if (this.held && !this.rejected) this.#setReady()
  }

  /** `false`: a newer token is known already. */
  reject({ lineage, generation }: Generation): boolean {
    if (this.held && isNewer(this.held, { lineage, generation })) return false
    this.rejected = { lineage, generation }
    this.takeOffFastPath()
    return true
  }

  /** The token that a caller does not want, or the one that was reported as rejected, whichever is newer. */
  requirementOf({ newerThan, minValidityMs }: TokenRequirement): TokenRequirement {
    const { rejected, held } = this
    const unwanted = newerThan && !(rejected && held && isNewer(held, newerThan)) ? newerThan : rejected
    if (unwanted === undefined) return { minValidityMs }
    const { lineage, generation } = unwanted
    return { newerThan: { lineage, generation }, minValidityMs }
  }

  decide({ newerThan, minValidityMs }: TokenRequirement, engine: Engine<M>): RefreshDecision {
    const { held } = this
    if (held === undefined || (newerThan && !isNewer(held, newerThan))) return 'refresh-first'
    const now = engine.clock.now()
    this.#lastSeen = Math.max(this.#lastSeen, now)
    const windows = { refreshFrom: this.#refreshFrom, waitFrom: waitFrom(held, engine) }
    return refreshDecision(this.judgedAt(held, engine), held.token.expiresAt, windows, minValidityMs)
  }

  /** Is the token valid, and does it meet the requirement? Also inside the expiry margin. */
  serves(requirement: TokenRequirement, engine: Engine<M>): boolean {
    const { held } = this
    return held !== undefined && this.#meets(held, requirement, held.token.expiresAt, engine)
  }

  /** Is this token good enough to do without a token call? Inside the expiry margin it is not. */
  isEnough(held: Held<M>, requirement: TokenRequirement, engine: Engine<M>): boolean {
    return this.#meets(held, requirement, waitFrom(held, engine), engine)
  }

  /**
   * The time by which a token's age is judged: the wall clock, unless it was set back; then the token's own age on the
   * monotonic clock. If the monotonic clock paused while the machine was suspended, the wall clock counts.
   */
  judgedAt(held: Held<M>, { clock }: Pick<Engine<M>, 'clock'>): number {
    const now = clock.now()
    return isSame(held, this.held) ? Math.max(now, this.#clockOrigin + clock.monotonic()) : now
  }

  #meets(
    held: Held<M>,
    { newerThan, minValidityMs = 0 }: TokenRequirement,
    end: number | undefined,
    engine: Engine<M>,
  ): boolean {
    if (newerThan && !isNewer(held, newerThan)) return false
    const judgedAt = this.judgedAt(held, engine)
    const { expiresAt = Number.POSITIVE_INFINITY } = held.token
    return judgedAt < (end ?? Number.POSITIVE_INFINITY) && expiresAt - judgedAt >= minValidityMs
  }

  #setReady(): void {
    this.#readyUntil = Math.min(this.#refreshFrom, this.upkeepFrom)
  }
}

/** From this instant on, callers wait for a new token. */
function waitFrom<M>({ token }: Held<M>, { windows }: Engine<M>): number {
  return refreshWindows(token.obtainedAt, token.expiresAt, 0, windows).waitFrom
}
