import type { AccountRef } from '../account-ref.ts'
import type { Keeper, Kept } from '../renewal.ts'
import { type AccessToken, accessToken } from '../token/access-token.ts'
import { type Generation, type Held, isNewer, isSame } from '../token/held.ts'
import { type RefreshDecision, refreshDecision, refreshWindows } from '../token/windows.ts'
import type { Engine } from './engine.ts'
import type { FailurePause } from './failure-pause.ts'
import type { ReadyToken } from './ready-token.ts'

/** What a caller requires beyond a valid token. */
export interface TokenRequirement {
  /** Newer than this generation, which was rejected. */
  readonly newerThan?: Generation | undefined
  readonly minValidityMs?: number | undefined
}

// Before every instant, so that every use takes the slow path. There a token that the store does not have yet is
// refreshed and stored, and the caller learns that the token was rejected or the manager closed.
const OFF = -Infinity

/** One account as this process knows it, and what it is kept with. */
export class AccountMemory<M> {
  readonly account: AccountRef
  readonly engine: Engine<M>
  readonly keeper: Keeper<M>
  /** What is kept, as far as this process knows. Without a token: only the notes. */
  kept: Kept<M> | undefined
  /** The generation that callers reported as rejected. */
  rejected: Generation | undefined
  /** Epoch milliseconds from which a policy has something to do. */
  upkeepFrom: number = Infinity
  /** After a failed renewal, or after a token that could not be stored. */
  pause: FailurePause | undefined
  /** The end of the refresh token that the listeners were told about. */
  noticedEnd: number | undefined
  readonly #ready: ReadyToken<M>
  #refreshFrom = OFF
  /** Wall time minus monotonic time when this process first saw the token. The age of the token is counted by it. */
  #clockOrigin = 0

  constructor(ready: ReadyToken<M>, account: AccountRef, engine: Engine<M>, keeper: Keeper<M>) {
    this.#ready = ready
    this.account = account
    this.engine = engine
    this.keeper = keeper
  }

  get access(): AccessToken<M> | undefined {
    return this.#ready.access
  }

  get held(): Held<M> | undefined {
    return this.kept?.held
  }

  get refreshFrom(): number {
    return this.#refreshFrom
  }

  remember(kept: Kept<M>): void {
    const { clock, random, windows, authorize, caretaker } = this.engine
    const before = this.kept
    const { held } = kept
    // Without notes no policy has anything to do.
    this.upkeepFrom = Object.keys(kept.notes).length === 0 ? Infinity : caretaker.dueAt(kept)
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
      this.#ready.hold(accessToken(held, authorize), now)
      this.#clockOrigin = now - clock.monotonic()
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
    if (this.#ready.isReady) this.#setReady()
  }

  forget(): void {
    this.kept = undefined
    this.#ready.drop()
    this.rejected = undefined
    this.upkeepFrom = Infinity
  }

  /** From now on every use takes the slow path: the token was rejected, or its manager was closed. */
  takeOffFastPath(): void {
    this.#ready.stopServing()
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

  decide({ newerThan, minValidityMs }: TokenRequirement): RefreshDecision {
    const { held } = this
    if (held === undefined || (newerThan && !isNewer(held, newerThan))) return 'refresh-first'
    this.#ready.sawTime(this.engine.clock.now())
    const windows = { refreshFrom: this.#refreshFrom, waitFrom: this.#waitFrom(held) }
    return refreshDecision(this.judgedAt(held), held.token.expiresAt, windows, minValidityMs)
  }

  /** Is the token valid, and does it meet the requirement? Also inside the expiry margin. */
  meets(requirement: TokenRequirement): boolean {
    const { held } = this
    return held !== undefined && this.#meets(held, requirement, held.token.expiresAt)
  }

  /** Is this token good enough to do without a token call? Inside the expiry margin it is not. */
  isEnough(held: Held<M>, requirement: TokenRequirement): boolean {
    return this.#meets(held, requirement, this.#waitFrom(held))
  }

  /**
   * The time by which a token's age is judged: the wall clock, unless it was set back; then the token's own age on the
   * monotonic clock. If the monotonic clock paused while the machine was suspended, the wall clock counts.
   */
  judgedAt(held: Held<M>): number {
    const { clock } = this.engine
    const now = clock.now()
    return isSame(held, this.held) ? Math.max(now, this.#clockOrigin + clock.monotonic()) : now
  }

  #meets(held: Held<M>, { newerThan, minValidityMs = 0 }: TokenRequirement, end = Infinity): boolean {
    if (newerThan && !isNewer(held, newerThan)) return false
    const judgedAt = this.judgedAt(held)
    const { expiresAt = Infinity } = held.token
    return judgedAt < end && expiresAt - judgedAt >= minValidityMs
  }

  /** From this instant on, callers wait for a new token. */
  #waitFrom({ token }: Held<M>): number {
    return refreshWindows(token.obtainedAt, token.expiresAt, 0, this.engine.windows).waitFrom
  }

  #setReady(): void {
    this.#ready.serveUntil(Math.min(this.#refreshFrom, this.upkeepFrom))
  }
}
