import type { AccountRef } from '../account-ref.ts'
import { checkOptions, oneOf } from '../check-options.ts'
import { ChaveiroError, isChaveiroError } from '../errors.ts'
import type { Keeper, Kept } from '../renewal.ts'
import { checkGrant, type Grant } from '../token/grant.ts'
import type { Held } from '../token/held.ts'
import type { Engine } from './engine.ts'
import { outlast, type SharedWork, sharedWork } from './while-alive.ts'

/** What becomes of the token at the provider when an account is ended. */
export interface EndOptions {
  /**
   * `require`: fails, and keeps the record, when the provider does not revoke it; `best-effort`: tries; `skip`: only
   * forgets it here. @default 'best-effort' where the provider can revoke, else 'skip'
   */
  revoke?: 'require' | 'best-effort' | 'skip' | undefined
}

/** What signing in and out needs of the source. */
interface Source<M> {
  held(): Held<M> | undefined
  replaced(kept: Kept<M>): void
}

/** Signs one account in and out, in the order of the calls, in the store and in memory alike. */
export class SignIn<M> {
  readonly #account: AccountRef
  readonly #engine: Engine<M>
  readonly #keeper: Keeper<M>
  readonly #source: Source<M>
  #ordered: SharedWork | undefined
  #unfinished: SharedWork | undefined

  constructor(account: AccountRef, engine: Engine<M>, keeper: Keeper<M>, source: Source<M>) {
    this.#account = account
    this.#engine = engine
    this.#keeper = keeper
    this.#source = source
  }

  /** What a closing manager waits for, the revocations included. Never rejects. */
  get unfinished(): SharedWork | undefined {
    return this.#unfinished
  }

  get isUnderWay(): boolean {
    return this.#unfinished !== undefined
  }

  /**
   * Puts a token obtained elsewhere in place: a new lineage, which replaces the stored token and any renewal under way.
   */
  seed(given: Grant<M>): Promise<void> {
    return this.#beforeClosing(this.#begin(given))
  }

  /** Forgets the account's token, and revokes it where the provider can. Ending an ended account is fine. */
  end(options: EndOptions): Promise<void> {
    return this.#beforeClosing(this.#end(options))
  }

  async #begin(given: Grant<M>): Promise<void> {
    const { provider, caretaker } = this.#engine
    const grant: Grant<M> = { ...seededGrant(provider.id, given), supplied: true }
    await this.#inOrder(async () => {
      const kept = await this.#keeper.replace(grant, async ({ notes }) => caretaker.carry(notes))
      this.#source.replaced(kept)
    })
  }

  async #end(options: EndOptions): Promise<void> {
    checkOptions(options, ['revoke'])
    const { provider, caretaker, requireRevoked, revoke: tryRevoke, emit } = this.#engine
    const { revoke = provider.revoke ? 'best-effort' : 'skip' } = options
    oneOf('revoke', revoke, ['require', 'best-effort', 'skip'])
    let old: Held<M> | undefined
    await this.#inOrder(async () => {
      const kept = await this.#keeper.replace(
        undefined,
        async ({ held, notes }) => {
          old = held ?? this.#source.held()
          if (old && revoke === 'require') await requireRevoked(this.#account, old.token)
          return caretaker.carry(notes)
        },
        { strict: revoke === 'require' },
      )
      this.#source.replaced(kept)
    })
    // Not in order: a provider that doesn't answer must not block the next sign-in.
    const code = old && revoke === 'best-effort' ? await tryRevoke(this.#account, old.token) : undefined
    emit(this.#account, { type: 'ended', generation: old?.generation, code })
    if (revoke !== 'skip') await caretaker.run(this.#account, this.#keeper, Infinity)
  }

  async #inOrder(step: () => Promise<void>): Promise<void> {
    const { clock, tokenCallTimeoutMs } = this.#engine
    const before = this.#ordered
    const run = before ? outlast(clock, tokenCallTimeoutMs, before).then(step) : step()
    const work = sharedWork(run)
    this.#ordered = work
    try {
      await run
    } finally {
      if (this.#ordered === work) this.#ordered = undefined
    }
  }

  /** A closing manager waits for the work. */
  #beforeClosing(work: Promise<void>): Promise<void> {
    const all = sharedWork(Promise.allSettled([this.#unfinished?.settled, work]))
    this.#unfinished = all
    void all.settled.then(() => {
      if (this.#unfinished === all) this.#unfinished = undefined
    })
    return work
  }
}

function seededGrant<M>(provider: string, given: Grant<M>): Grant<M> {
  try {
    return checkGrant<M>(given)
  } catch (error) {
    if (!isChaveiroError(error)) throw error
    // The message is about an answer of the provider.
    const message = error.message.replace(/^The provider answered with/, 'The grant given to seed() has')
    throw new ChaveiroError(error.code, message, { provider })
  }
}
