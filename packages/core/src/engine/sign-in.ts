import { checkOptions, oneOf } from '../check-options.ts'
import { ChaveiroError, type ErrorCode, isChaveiroError } from '../errors.ts'
import type { Notes } from '../notes.ts'
import type { Kept } from '../renewal.ts'
import { checkGrant, type Grant } from '../token/grant.ts'
import type { Held } from '../token/held.ts'
import type { AccountMemory } from './account-memory.ts'
import { outlast, type SharedWork, sharedWork } from './while-alive.ts'

/** What becomes of the token at the provider when an account is ended. */
export interface EndOptions {
  /**
   * `require`: fails, and keeps the record, when the provider does not revoke it; `best-effort`: tries; `skip`: only
   * forgets it here. @default 'best-effort' where the provider can revoke, else 'skip'
   */
  revoke?: 'require' | 'best-effort' | 'skip' | undefined
}

/** Signs one account in and out, in the order of the calls, in the store and in memory alike. */
export class SignIn<M> {
  readonly #memory: AccountMemory<M>
  readonly #onReplaced: (kept: Kept<M>) => void
  #ordered: SharedWork | undefined
  #unfinished: SharedWork | undefined

  constructor(memory: AccountMemory<M>, onReplaced: (kept: Kept<M>) => void) {
    this.#memory = memory
    this.#onReplaced = onReplaced
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
    return this.beforeClosing(this.#seed(given))
  }

  /** Puts a checked grant in place. */
  put(grant: Grant<M>): Promise<void> {
    const { engine, keeper } = this.#memory
    return this.#inOrder(async () => {
      this.#onReplaced(await keeper.replace(grant, async ({ notes }) => engine.caretaker.carry(notes)))
    })
  }

  /** Forgets the account's token, and revokes it where the provider can. Ending an ended account is fine. */
  end(options: EndOptions): Promise<void> {
    return this.beforeClosing(this.#end(options))
  }

  /** A closing manager waits for the work. */
  beforeClosing(work: Promise<void>): Promise<void> {
    const all = sharedWork(Promise.allSettled([this.#unfinished?.settled, work]))
    this.#unfinished = all
    void all.settled.then(() => {
      if (this.#unfinished === all) this.#unfinished = undefined
    })
    return work
  }

  async #seed(given: Grant<M>): Promise<void> {
    await this.put({ ...seededGrant(this.#memory.engine.provider.id, given), supplied: true })
  }

  async #end(options: EndOptions): Promise<void> {
    checkOptions(options, ['revoke'])
    const { account, engine, keeper } = this.#memory
    const { provider, caretaker } = engine
    const { revoke = provider.revoke ? 'best-effort' : 'skip' } = options
    oneOf('revoke', revoke, ['require', 'best-effort', 'skip'])
    let old: Held<M> | undefined
    await this.#inOrder(async () => {
      const before = async ({ held, notes }: Kept<M>): Promise<Notes> => {
        old = held ?? this.#memory.held
        const code = old && revoke === 'require' ? await engine.revoke(account, old.token) : undefined
        if (code) throw notRevoked(code, provider.revoke !== undefined)
        return caretaker.carry(notes)
      }
      this.#onReplaced(await keeper.replace(undefined, before, { strict: revoke === 'require' }))
    })
    // Not in order: a provider that doesn't answer must not block the next sign-in.
    const code = old && revoke === 'best-effort' ? await engine.revoke(account, old.token) : undefined
    engine.emit(account, { type: 'ended', generation: old?.generation, code })
    if (revoke !== 'skip') await caretaker.run(account, keeper, Infinity)
  }

  async #inOrder(step: () => Promise<void>): Promise<void> {
    const { clock, tokenCallTimeoutMs } = this.#memory.engine
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
}

/** The caller must know that the token is dead. */
function notRevoked(code: ErrorCode, canRevoke: boolean): ChaveiroError {
  const reason = canRevoke ? `did not revoke it (${code})` : 'documents no way to revoke it'
  const message = `The provider ${reason}, so the token was kept. Pass revoke: 'skip' to forget it anyway.`
  return new ChaveiroError(code, message)
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
