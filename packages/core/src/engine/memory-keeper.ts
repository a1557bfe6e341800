import type { AccountRef } from '../account-ref.ts'
import { stateError } from '../errors.ts'
import { NO_NOTES, type Notes } from '../notes.ts'
import { randomId } from '../random-id.ts'
import {
  CallFailed,
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
import { type Held, seeded, successor } from '../token/held.ts'

/** Keeps each token in this process, without records, claims or I/O. The default of `store`. */
export const inMemory: Keepers = {
  sealed: true,
  shared: false,
  keeper<M>(_account: AccountRef, services: KeeperServices<M>, remains?: Notes): Keeper<M> {
    return new MemoryKeeper<M>(services, remains)
  },
}

class MemoryKeeper<M> implements Keeper<M> {
  readonly #services: KeeperServices<M>
  #kept: Kept<M>
  /** Counts sign-ins and sign-outs: a turn that began before one must not keep its token. */
  #epoch = 0
  /** The turn under way. In a Worker it may never end, because its request can disappear. */
  #turn: { readonly turn: Turn<M>; isSent: boolean } | undefined

  constructor(services: KeeperServices<M>, notes: Notes = NO_NOTES) {
    this.#services = services
    this.#kept = { held: undefined, notes, persisted: true, source: 'stored', mayBeSpent: false }
  }

  async read(): Promise<Kept<M>> {
    return this.#kept
  }

  async renew(start: TurnStart<M>, _meets: (held: Held<M>) => boolean, renew: Renew<M>): Promise<Kept<M>> {
    this.#dropDeadTurn()
    const epoch = this.#epoch
    const requireCurrent = async (): Promise<void> => {
      if (this.#epoch !== epoch) throw stateError('aborted')
    }
    const turn = turnOf(start, this.#kept, {
      confirm: requireCurrent,
      markSent: (sent) => {
        open.isSent = sent
        start.markSent(sent)
      },
    })
    const open = { turn, isSent: false }
    this.#turn = open
    try {
      const grant = await renew(turn)
      return await this.#keep(turn, epoch, grant)
    } catch (error) {
      if (this.#epoch === epoch) this.#leave(turn, error)
      start.found(this.#kept)
      throw error
    } finally {
      if (this.#turn === open) this.#turn = undefined
    }
  }

  async replace(grant: Grant<M> | undefined, before: (old: Kept<M>) => Promise<Notes>): Promise<Kept<M>> {
    const notes = await before(this.#kept)
    this.#epoch += 1
    const held = grant && seeded(grant, this.#services.clock.now())
    this.#kept = { held, notes, persisted: true, source: 'stored', mayBeSpent: false }
    return this.#kept
  }

  async upkeep(run: (kept: Kept<M>) => Promise<Notes>): Promise<Notes | undefined> {
    const before = this.#kept
    const notes = await run(before)
    if (this.#kept !== before) return undefined
    this.#kept = { ...before, notes }
    return notes
  }

  claimedUntil(): undefined {
    return undefined
  }

  isRecoverable(): boolean {
    return this.#kept.held === undefined || this.#services.canAcquireFreely
  }

  remains(): Notes {
    return this.#kept.notes
  }

  async close(): Promise<boolean> {
    return true
  }

  async #keep(turn: Turn<M>, epoch: number, grant: Grant<M>): Promise<Kept<M>> {
    const { clock, dispose } = this.#services
    if (this.#epoch !== epoch) {
      await dispose(turn.account, grant)
      throw stateError('aborted')
    }
    // Not from the turn: one whose request seemed to have disappeared may have brought a token first.
    const { held } = this.#kept
    const token = successor(turn.kept.held, turn.call, grant, clock.now())
    const next = { lineage: held?.lineage ?? randomId(), generation: (held?.generation ?? 0) + 1, token }
    this.#kept = { held: next, notes: settled(turn.notes), persisted: true, source: 'provider', mayBeSpent: false }
    return this.#kept
  }

  #leave({ kept, notes, lost }: Turn<M>, error: unknown): void {
    const { held } = this.#kept
    const rescue = error instanceof CallFailed ? error.rescue : undefined
    // The old access token stays until its end, with the new refresh token of an otherwise unusable answer.
    const rescued = held && rescue ? { ...held, token: { ...held.token, ...rescue } } : held
    const isLost = lost === 'refresh' && !rescue
    const mayBeSpent = isLost ? 'maybe' : rescue ? false : kept.mayBeSpent
    this.#kept = { ...this.#kept, held: rescued, notes: settled(notes), mayBeSpent }
  }

  /** The answer to what that turn sent will never come, so it counts as lost. */
  #dropDeadTurn(): void {
    const { turn, isSent = false } = this.#turn ?? {}
    if (!turn || !isSent) return
    turn.lost = turn.call === 'acquire' ? 'acquire' : 'refresh'
    this.#leave(turn, undefined)
  }
}

function settled(notes: Notes): Notes {
  return Object.keys(notes).length === 0 ? NO_NOTES : { ...notes }
}
