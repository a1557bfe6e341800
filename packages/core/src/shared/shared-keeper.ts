import type { AccountRef } from '../account-ref.ts'
import { sleep } from '../clock.ts'
import { isChaveiroError, outOfTimeError } from '../errors.ts'
import { NO_NOTES, type Notes } from '../notes.ts'
import { randomId } from '../random-id.ts'
import {
  CallFailed,
  isConflict,
  type Keeper,
  type KeeperServices,
  type Keepers,
  type Kept,
  type Renew,
  type Turn,
  type TurnStart,
  turnOf,
} from '../renewal.ts'
import type { Grant } from '../token/grant.ts'
import { type Generation, type Held, isNewer, isSame, seeded, successor } from '../token/held.ts'
import { refreshWindows } from '../token/windows.ts'
import { type CellContent, isBlank, isStoreDown, keptOf, SharedCell } from './cell.ts'
import { TurnClaim, UnsentClaims, withNotes } from './claim.ts'
import { commitToken } from './commit.ts'
import type { TokenRecord } from './record.ts'
import { toLocalTime, toRecordTime } from './record-time.ts'
import { pauseForRivals } from './rivals.ts'
import type { TokenStore } from './token-store.ts'

const FIRST_POLL_MS = 50
const LONGEST_POLL_MS = 1_000
// What the clocks of machines that are in step may differ by.
const AHEAD_MS = 5_000

/** A store that coordinates the processes that use it: what the option `store` takes. */
export interface SharedStore extends Keepers, TokenStore {
  readonly sealed: boolean
}

/** Makes a store of your own usable as the option `store`: adds the coordination of processes to `read` and `commit`. */
export function shared(store: TokenStore): SharedStore {
  const missing = (['read', 'commit'] as const).filter((name) => typeof store?.[name] !== 'function')
  if (missing.length > 0) throw new TypeError(`The store given to shared() has no ${missing.join('() and no ')}().`)
  const unsent = new UnsentClaims()
  return {
    sealed: store.sealed,
    shared: true,
    keeper<M>(account: AccountRef, services: KeeperServices<M>): Keeper<M> {
      return new SharedKeeper<M>(store, account, services, unsent)
    },
    read: (key, options) => store.read(key, options),
    commit: (key, next, expect, options) => store.commit(key, next, expect, options),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  }
}

class SharedKeeper<M> implements Keeper<M> {
  readonly #account: AccountRef
  readonly #services: KeeperServices<M>
  readonly #cell: SharedCell<M>
  readonly #unsent: UnsentClaims
  /** Counts sign-ins and sign-outs of this process: a turn that began before one must not keep its token. */
  #epoch = 0
  /** The claim that this process waits for, and since when (monotonic) it has seen it unchanged. */
  #claimSeen: { readonly version: string | null; readonly since: number; readonly ttlMs: number } | undefined
  /** The token whose refresh token is spent for sure, though the store still has it: the answer could not be stored. */
  #spent: Pick<Held<M>, 'lineage' | 'generation'> | undefined
  /** Obtained under a claim, and not written. */
  #unsaved: Kept<M> | undefined
  /** A token from the future, and when (wall clock) this process first saw it. */
  #ahead: { readonly of: Generation; readonly seenAt: number } | undefined
  /** The lineage of a token that was obtained without the store. It is never shared. */
  #unshared: string | undefined

  constructor(store: TokenStore, account: AccountRef, services: KeeperServices<M>, unsent: UnsentClaims) {
    this.#account = account
    this.#services = services
    this.#cell = new SharedCell(store, services.clock, services.space, account)
    this.#unsent = unsent
  }

  async read(): Promise<Kept<M>> {
    return this.#keptOf((await this.#cell.read()).record, 'stored')
  }

  async renew(start: TurnStart<M>, meets: (held: Held<M>) => boolean, renew: Renew<M>): Promise<Kept<M>> {
    let isSent = false
    const watched: TurnStart<M> = {
      ...start,
      markSent: (sent) => {
        isSent ||= sent
        start.markSent(sent)
      },
    }
    try {
      return await this.#renewShared(watched, meets, renew)
    } catch (error) {
      const mayGoOn = this.#services.storeFailure === 'go-on' && start.awaited() && !start.tokenServes()
      if (isSent || !mayGoOn || !isStoreDown(error)) throw error
      return this.#renewAlone(start, renew)
    }
  }

  async #renewShared(start: TurnStart<M>, meets: (held: Held<M>) => boolean, renew: Renew<M>): Promise<Kept<M>> {
    const { clock, space } = this.#services
    const known = start.known?.held
    const epoch = this.#epoch
    let polls = 0
    for (let lostTries = 0; ; ) {
      start.signal.throwIfAborted()
      const content = await this.#cell.read()
      if (this.#epoch !== epoch) return this.#keptOf(content.record, 'stored')
      const putBack = start.known && (await this.#putBack(start, start.known, content, meets))
      if (putBack === 'again') {
        await pauseForRivals(clock, ++lostTries, start.signal)
        continue
      }
      if (putBack) return putBack
      const { record } = content
      const kept = this.#keptOf(record, 'peer', known)
      if (kept.held && meets(kept.held)) return kept
      // The account was signed in or out elsewhere. The source has to learn that before anything is renewed.
      const isOthers =
        known && known.lineage !== this.#unshared && !isBlank(record) && record?.lineage !== known.lineage
      if (isOthers) return kept
      start.found(kept)
      if (start.budget.calls >= 3 || clock.monotonic() >= start.budget.until)
        throw outOfTimeError(space.provider, 60_000)
      if (this.#isClaimed(content)) {
        await sleep(clock, Math.min(FIRST_POLL_MS * 2 ** polls, LONGEST_POLL_MS), start.signal)
        polls += 1
        continue
      }
      const renewed = await this.#takeTurn(start, content, kept, renew, epoch)
      if (renewed) return renewed
      await pauseForRivals(clock, ++lostTries, start.signal)
    }
  }

  /** `undefined`: another process was faster. */
  async #takeTurn(
    start: TurnStart<M>,
    content: CellContent<M>,
    kept: Kept<M>,
    renew: Renew<M>,
    epoch: number,
  ): Promise<Kept<M> | undefined> {
    const { clock, claimTtlMs } = this.#services
    const abandoned = content.record?.claim
    const isTakenOver = abandoned !== undefined && !this.#unsent.has(abandoned)
    const own: Kept<M> = isTakenOver && !kept.mayBeSpent ? { ...kept, mayBeSpent: 'maybe' } : kept
    const isOutdated = (): boolean => this.#epoch !== epoch
    const claim = new TurnClaim(this.#cell, clock, content, claimTtlMs, start.signal, isOutdated)
    const turn: Turn<M> = turnOf(start, own, {
      confirm: () => claim.confirm(turn.notes),
      markSent: (sent) => {
        claim.sent ||= sent
        start.markSent(sent)
      },
    })
    let next: Held<M> | undefined
    try {
      const grant = await renew(turn)
      await claim.settled()
      const token = successor(own.held, turn.call, grant, clock.now())
      next = { lineage: claim.record.lineage, generation: claim.claim.generation, token }
      const notes = turn.notes
      const stored = await commitToken({
        cell: this.#cell,
        services: this.#services,
        claim,
        turn,
        next,
        notes,
        isOutdated,
      })
      if (!stored.persisted) this.#unsaved = stored
      this.#claimSeen = undefined
      return stored.source === 'peer' ? this.#onOurClock(stored) : stored
    } catch (error) {
      await claim.settled()
      if (next) this.#noteSpent(turn, next)
      if (claim.tried && !claim.sent) this.#unsent.add(claim.claim.owner)
      if (claim.lost && isConflict(error)) return undefined
      // A store whose answers can't be understood is asked for nothing more.
      const isMisfit = isChaveiroError(error) && error.code === 'store' && error.action === 'fix-configuration'
      if (!claim.lost && !isOutdated() && !isMisfit) await this.#leave(claim, turn, content.record, isTakenOver, error)
      if (isOutdated() && isConflict(error)) return undefined
      start.found(this.#keptOf({ ...claim.record, ...withNotes(turn.notes), ...this.#doubt(turn) }, 'stored'))
      throw error
    }
  }

  /** The new token is lost to us, and it replaced the refresh token that the record still holds. */
  #noteSpent({ call, kept }: Turn<M>, next: Held<M>): void {
    const isReplaced = call !== 'acquire' && next.token.refreshToken !== kept.held?.token.refreshToken
    if (isReplaced && kept.held) this.#spent = kept.held
  }

  #doubt({ kept, lost }: Turn<M>): Pick<TokenRecord<M>, 'mayBeSpent'> {
    return { mayBeSpent: lost === 'refresh' ? 'maybe' : kept.mayBeSpent || undefined }
  }

  /**
   * Ends a turn without a token. Where an answer was lost, the claim stays, and other processes wait it out. Best effort:
   * what can't be written is waited out as well.
   */
  async #leave(
    claim: TurnClaim<M>,
    turn: Turn<M>,
    before: TokenRecord<M> | undefined,
    isTakenOver: boolean,
    error: unknown,
  ): Promise<void> {
    const { clock } = this.#services
    const { lost, mayStillCome, notes, kept } = turn
    const rescue = error instanceof CallFailed ? error.rescue : undefined
    const isSettled =
      error instanceof CallFailed && error.failure.verdict.kind === 'refresh-rejected' && error.failure.isTried
    const claimStays = !rescue && (mayStillCome || (isTakenOver && !isSettled))
    const { token } = claim.record
    const isChanged = JSON.stringify(notes) !== JSON.stringify(before?.notes ?? {})
    const doubt = this.#isSpent(kept.held) ? 'surely' : lost === 'refresh' ? 'maybe' : claim.record.mayBeSpent
    const record: TokenRecord<M> = {
      ...claim.record,
      ...(rescue && token && { token: { ...token, ...rescue } }),
      ...withNotes(notes),
      mayBeSpent: rescue || isSettled ? undefined : doubt,
      claim: claimStays && claim.tried ? claim.claim : undefined,
    }
    const isNothing = claim.isNew && isBlank(record) && !record.claim && !record.notes
    const isNeeded = claimStays ? isChanged && claim.tried : claim.tried || isChanged || rescue !== undefined
    let isWritten = false
    try {
      if (isNeeded) {
        claim.version = await this.#cell.write(isNothing ? null : record, claim.version)
        isWritten = true
      }
    } catch (failed) {
      if (!isChaveiroError(failed)) throw failed
    }
    // Our own next flight need not wait for longer than every other.
    const since = isWritten ? clock.monotonic() : claim.begunAt
    const seen = { version: claim.version, since, ttlMs: claim.claim.ttlMs }
    this.#claimSeen = claimStays && claim.tried && claim.version !== null ? seen : undefined
  }

  /**
   * The store does not answer, and acquiring harms nothing: a token for this process alone, in a lineage of its own.
   */
  async #renewAlone(start: TurnStart<M>, renew: Renew<M>): Promise<Kept<M>> {
    const alone: Kept<M> = { held: undefined, notes: NO_NOTES, persisted: false, source: 'provider', mayBeSpent: false }
    const turn = turnOf(start, alone, { confirm: async () => {}, markSent: start.markSent })
    const grant = await renew(turn)
    this.#unshared = randomId()
    const token = successor<M>(undefined, 'acquire', grant, this.#services.clock.now())
    return { ...alone, held: { lineage: this.#unshared, generation: 1, token }, isUnshared: true }
  }

  /**
   * Commits what this process holds where the store has lost it: in place of nothing, or of an older token of its
   * lineage. `again`: the record is to be read again.
   */
  async #putBack(
    start: TurnStart<M>,
    known: Kept<M>,
    { version, record }: CellContent<M>,
    meets: (held: Held<M>) => boolean,
  ): Promise<Kept<M> | 'again' | undefined> {
    const { clock, windows, emit } = this.#services
    const { held, notes, persisted } = known
    if (held === undefined || held.lineage === this.#unshared) return undefined
    const isOlder = !isBlank(record) && record?.lineage === held.lineage && isNewer(held, record)
    // What was never stored is offered whoever claims; an answer in hand is not dropped for that.
    const isClaimed = persisted && this.#isClaimed({ version, record })
    if (!isOlder && (!isBlank(record) || isClaimed)) return undefined
    const { obtainedAt, expiresAt } = held.token
    // Before the earliest refresh window no process has used the refresh token. Later one may have, and its answer is
    // lost with the store's data.
    const isEarly = clock.now() < refreshWindows(obtainedAt, expiresAt, 0, windows).refreshFrom
    const mayBeSpent = persisted && !(isEarly && start.tokenServes())
    const back: TokenRecord<M> = {
      v: 1,
      ...this.#recordOf(held),
      ...withNotes({ ...record?.notes, ...notes }),
      mayBeSpent: mayBeSpent ? 'maybe' : undefined,
    }
    try {
      await this.#cell.write(back, version)
      this.#unsaved = undefined
      return 'again'
    } catch (error) {
      if (!isChaveiroError(error)) throw error
      if (isConflict(error)) return 'again'
      emit(this.#account, { type: 'persist.failed', generation: held.generation, code: error.code })
      // The record still holds what mine replaced: nothing may be sent with that.
      if (meets(held)) return { ...known, persisted: false }
      throw error
    }
  }

  /** `known`: in memory, which tells its age whatever became of the clocks since. */
  #keptOf(record: TokenRecord<M> | undefined, source: Kept<M>['source'], known?: Held<M>): Kept<M> {
    const stored = keptOf(record, source)
    const isKnown = known !== undefined && isSame(stored.held, known)
    const kept = isKnown ? { ...stored, held: withTimesOf(known, stored.held) } : this.#onOurClock(stored)
    return this.#isSpent(kept.held) ? { ...kept, mayBeSpent: 'surely' } : kept
  }

  #isSpent(held: Held<M> | undefined): boolean {
    return held !== undefined && isSame(this.#spent, held)
  }

  #recordOf(held: Held<M>): Held<M> {
    return { ...held, token: toRecordTime(held.token, this.#services.clockOffsetMs()) }
  }

  /**
   * With the instants of this process's clock. A token that was obtained in the future counts as obtained when this
   * process first saw it, and is to be renewed: one of the clocks is wrong.
   */
  #onOurClock(kept: Kept<M>): Kept<M> {
    const { clock, clockOffsetMs, emit } = this.#services
    const { held } = kept
    if (held === undefined) return kept
    const token = toLocalTime(held.token, clockOffsetMs())
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

  #isClaimed({ version, record }: CellContent<M>): boolean {
    const claim = record?.claim
    if (claim === undefined || this.#unsent.has(claim)) return false
    const now = this.#services.clock.monotonic()
    if (this.#claimSeen?.version !== version) this.#claimSeen = { version, since: now, ttlMs: claim.ttlMs }
    return now - this.#claimSeen.since < this.#claimSeen.ttlMs
  }

  claimedUntil(): number | undefined {
    const { clock } = this.#services
    const seen = this.#claimSeen
    return seen && clock.now() + seen.since + seen.ttlMs - clock.monotonic()
  }

  async replace(
    grant: Grant<M> | undefined,
    before: (old: Kept<M>) => Promise<Notes>,
    { strict = false }: { readonly strict?: boolean } = {},
  ): Promise<Kept<M>> {
    const { clock } = this.#services
    for (let lostTries = 1; ; lostTries += 1) {
      const { version, record } = await (strict ? this.#cell.read() : this.#cell.readForgivingly())
      const notes = await before(this.#keptOf(record, 'stored'))
      const held = grant && seeded(grant, clock.now())
      // An end is written, never a deletion: absent means lost.
      const next: TokenRecord<M> = {
        v: 1,
        ...(held ? this.#recordOf(held) : { lineage: randomId(), generation: 0, ended: true }),
        ...withNotes(notes),
      }
      try {
        await this.#cell.write(next, version)
      } catch (error) {
        if (!isConflict(error)) throw error
        await pauseForRivals(clock, lostTries)
        continue
      }
      this.#epoch += 1
      this.#unsaved = undefined
      this.#spent = undefined
      this.#claimSeen = undefined
      return { held, notes, persisted: true, source: 'stored', mayBeSpent: false }
    }
  }

  async upkeep(run: (kept: Kept<M>) => Promise<Notes>): Promise<Notes | undefined> {
    const { version, record } = await this.#cell.read()
    // Whoever holds the claim replaces the record soon, and hands on what is left.
    if (record === undefined || record.claim) return undefined
    const notes = await run(this.#keptOf(record, 'stored'))
    try {
      await this.#cell.write({ ...record, ...withNotes(notes) }, version)
      return notes
    } catch (error) {
      if (isConflict(error)) return undefined
      throw error
    }
  }

  isRecoverable(): boolean {
    return this.#spent === undefined && this.#unsaved === undefined
  }

  remains(): Notes {
    return NO_NOTES
  }

  async close(): Promise<boolean> {
    const unsaved = this.#unsaved
    if (!unsaved?.held) return true
    const { held, notes } = unsaved
    try {
      const { version, record } = await this.#cell.read()
      const isOlder = !isBlank(record) && record?.lineage === held.lineage && isNewer(held, record)
      if (isOlder || isBlank(record))
        await this.#cell.write({ v: 1, ...this.#recordOf(held), ...withNotes(notes) }, version)
      return true
    } catch (error) {
      if (!isChaveiroError(error)) throw error
      return false
    }
  }
}

/** What is stored of a token that this process knows, with the instants as it knows them. */
function withTimesOf<M>(known: Held<M>, stored: Held<M> | undefined): Held<M> {
  return { ...known, token: { ...stored?.token, ...known.token } }
}
