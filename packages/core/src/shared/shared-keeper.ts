import type { AccountRef } from '../account-ref.ts'
import { sleep } from '../clock.ts'
import { isChaveiroError, outOfTimeError } from '../errors.ts'
import { NO_NOTES, type Notes } from '../notes.ts'
import { randomId } from '../random-id.ts'
import {
  isConflict,
  type Keeper,
  type KeeperServices,
  type Kept,
  type Renew,
  type Turn,
  type TurnStart,
  turnOf,
} from '../renewal.ts'
import type { Grant } from '../token/grant.ts'
import { type Held, isNewer, seeded, successor } from '../token/held.ts'
import { type CellContent, isBlank, isStoreDown, pauseForRivals, SharedCell } from './cell.ts'
import { ClaimWatch, TurnClaim, type UnsentClaims, withNotes } from './claim.ts'
import { commitToken } from './commit.ts'
import { leaveTurn } from './leave-turn.ts'
import { putBack } from './put-back.ts'
import type { TokenRecord } from './record.ts'
import { RecordTimes, RecordView, type SharedAccount } from './record-view.ts'
import { renewAlone } from './renew-alone.ts'
import type { TokenStore } from './token-store.ts'

const FIRST_POLL_MS = 50
const LONGEST_POLL_MS = 1_000

/** Keeps an account's token in a store that other processes use too. Before a call, its claim keeps the others away. */
export class SharedKeeper<M> implements Keeper<M> {
  readonly #services: KeeperServices<M>
  readonly #cell: SharedCell<M>
  readonly #claims: ClaimWatch
  readonly #unsent: UnsentClaims
  readonly #account: SharedAccount<M>
  readonly #view: RecordView<M>
  /** Counts sign-ins and sign-outs of this process: a turn that began before one must not keep its token. */
  #epoch = 0
  /** Obtained under a claim, and not written. */
  #unsaved: Kept<M> | undefined
  /** The lineage of a token that was obtained without the store. It is never shared. */
  #unshared: string | undefined

  constructor(store: TokenStore, account: AccountRef, services: KeeperServices<M>, unsent: UnsentClaims) {
    this.#services = services
    this.#cell = new SharedCell(store, services.clock, services.space, account)
    this.#unsent = unsent
    this.#claims = new ClaimWatch(services.clock, unsent)
    this.#account = { cell: this.#cell, services, times: new RecordTimes(account, services) }
    this.#view = new RecordView(this.#account.times)
  }

  async read(): Promise<Kept<M>> {
    return this.#view.keptOf((await this.#cell.read()).record, 'stored')
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
      const alone = await renewAlone(start, renew, this.#services.clock)
      this.#unshared = alone.held?.lineage
      return alone
    }
  }

  async #renewShared(start: TurnStart<M>, meets: (held: Held<M>) => boolean, renew: Renew<M>): Promise<Kept<M>> {
    const { clock } = this.#services
    const known = start.known?.held
    const epoch = this.#epoch
    let polls = 0
    for (let lostTries = 0; ; ) {
      start.signal.throwIfAborted()
      const content = await this.#cell.read()
      if (this.#epoch !== epoch) return this.#view.keptOf(content.record, 'stored')
      const missing = start.known && (await this.#putBack(start, start.known, content, meets))
      if (missing === 'again') {
        await pauseForRivals(clock, ++lostTries, start.signal)
        continue
      }
      if (missing) return missing
      const { record } = content
      const kept = this.#view.keptOf(record, 'peer', known)
      if (kept.held && meets(kept.held)) return kept
      // The account was signed in or out elsewhere. The source has to know before anything is renewed.
      const isOthers =
        known && known.lineage !== this.#unshared && !isBlank(record) && record?.lineage !== known.lineage
      if (isOthers) return kept
      start.found(kept)
      if (start.budget.calls >= 3 || clock.monotonic() >= start.budget.until) throw outOfTimeError(60_000)
      if (this.#claims.isClaimed(content)) {
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
    const claim = new TurnClaim(this.#cell, clock, content, claimTtlMs, own.mayBeSpent, start.signal, isOutdated)
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
      const stored = await commitToken({
        ...this.#account,
        claim,
        turn,
        next,
        isOutdated,
      })
      if (!stored.persisted) this.#unsaved = stored
      this.#claims.seen = undefined
      this.#view.unwritten = undefined
      return stored.source === 'peer' ? this.#account.times.toLocal(stored) : stored
    } catch (error) {
      await claim.settled()
      if (next) this.#noteSpent(turn, next)
      if (claim.tried && !claim.sent) this.#unsent.add(claim.claim.owner)
      if (claim.lost && isConflict(error)) return undefined
      // A store whose answers can't be understood is asked for nothing more.
      const isMisfit = isChaveiroError(error) && error.code === 'store' && error.action === 'fix-configuration'
      let left: TokenRecord<M> = { ...claim.record, ...withNotes(turn.notes), ...this.#doubt(turn) }
      if (!claim.lost && !isOutdated() && !isMisfit) {
        const ended = await leaveTurn({
          ...this.#account,
          claim,
          turn,
          before: content.record,
          isTakenOver,
          error,
          isSpent: this.#view.isSpent(own.held),
        })
        this.#claims.seen = ended.seen
        left = ended.record
        this.#view.unwritten = ended.isWritten ? undefined : left
      }
      if (isOutdated() && isConflict(error)) return undefined
      start.found(this.#view.keptOf(left, 'stored', own.held))
      throw error
    }
  }

  /** The new token could not be kept, and it replaced the refresh token that is still in the record. */
  #noteSpent({ call, kept }: Turn<M>, next: Held<M>): void {
    const isReplaced = call !== 'acquire' && next.token.refreshToken !== kept.held?.token.refreshToken
    if (isReplaced && kept.held) this.#view.spent = kept.held
  }

  #doubt({ kept, lost }: Turn<M>): Pick<TokenRecord<M>, 'mayBeSpent'> {
    return { mayBeSpent: lost === 'refresh' ? 'maybe' : kept.mayBeSpent || undefined }
  }

  async #putBack(
    start: TurnStart<M>,
    known: Kept<M>,
    content: CellContent<M>,
    meets: (held: Held<M>) => boolean,
  ): Promise<Kept<M> | 'again' | undefined> {
    const outcome = await putBack({
      ...this.#account,
      start,
      known,
      content,
      unshared: this.#unshared,
      isClaimed: () => this.#claims.isClaimed(content),
      meets,
    })
    if (outcome === 'again') this.#unsaved = undefined
    return outcome
  }

  claimedUntil(): number | undefined {
    return this.#claims.until()
  }

  async replace(
    grant: Grant<M> | undefined,
    before: (old: Kept<M>) => Promise<Notes>,
    { strict = false }: { readonly strict?: boolean } = {},
  ): Promise<Kept<M>> {
    const { clock } = this.#services
    for (let lostTries = 1; ; lostTries += 1) {
      const { version, record } = await (strict ? this.#cell.read() : this.#cell.readForgivingly())
      const notes = await before(this.#view.keptOf(record, 'stored'))
      const held = grant && seeded(grant, clock.now())
      // An end is written, never a deletion: absent means lost.
      const next: TokenRecord<M> = {
        v: 1,
        ...(held ? this.#account.times.toRecord(held) : { lineage: randomId(), generation: 0, ended: true }),
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
      this.#view.forget()
      this.#claims.seen = undefined
      return { held, notes, persisted: true, source: 'stored', mayBeSpent: false }
    }
  }

  async upkeep(run: (kept: Kept<M>) => Promise<Notes>): Promise<Notes | undefined> {
    const { version, record } = await this.#cell.read()
    // The process that holds the claim replaces the record soon, and keeps the notes.
    if (record === undefined || record.claim) return undefined
    const notes = await run(this.#view.keptOf(record, 'stored'))
    try {
      await this.#cell.write({ ...record, ...withNotes(notes) }, version)
      return notes
    } catch (error) {
      if (isConflict(error)) return undefined
      throw error
    }
  }

  isRecoverable(): boolean {
    return this.#view.spent === undefined && this.#unsaved === undefined
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
        await this.#cell.write({ v: 1, ...this.#account.times.toRecord(held), ...withNotes(notes) }, version)
      return true
    } catch (error) {
      if (!isChaveiroError(error)) throw error
      return false
    }
  }
}
