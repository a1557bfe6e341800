import { authenticatedFetch } from '../fetch/authenticated-fetch.ts'
import type { SourceFetch } from '../fetch/source-fetch.ts'
import type { Engine } from '../manager/engine.ts'
import type { Grant } from '../provider/token-provider.ts'
import type { AccessToken } from '../token/access-token.ts'
import { aboutAccount, withNextAttempt } from './about-account.ts'
import { type AccountState, readyPromise, readyToken } from './account-state.ts'
import { type GetTokenOptions, obtainToken, rejectToken } from './obtain-token.ts'
import { type EndOptions, endAccount, seedToken } from './sign-in.ts'
import { type TokenStatus, tokenStatus } from './token-status.ts'

/** One account: its token, kept valid. */
export interface TokenSource<M = unknown> {
  /**
   * A valid token: from memory where possible, refreshed in the background when its end comes near, waiting only within
   * the expiry margin.
   * @throws {ChaveiroError} when no valid token can be had; its `code` and `action` say why and what to do.
   */
  getToken(options?: GetTokenOptions): Promise<AccessToken<M>>
  /** The server refused this token: the next `getToken()` gets another. `false` when a newer one is already known. */
  reject(token: AccessToken<M>, why?: 'refused' | 'insufficient-scope'): Promise<boolean>
  /** Puts a token obtained elsewhere in place. */
  seed(grant: Grant<M>): Promise<void>
  /** Forgets the account's token, revoking it where the provider can. */
  end(options?: EndOptions): Promise<void>
  /** How the account stands: memory, else one read of the store. No secret, no network. */
  status(): Promise<TokenStatus>
  /** A `fetch` that puts the token on, retries, and replaces a refused token once. */
  readonly fetch: SourceFetch
}

/** Gives the current state of an account: another object than before once the manager has evicted it. */
export type StateOf<M> = (state: AccountState<M>) => AccountState<M>

/** A class for memory's sake: an account costs its fields, not a set of closures. */
export class AccountTokenSource<Inputs, M> implements TokenSource<M> {
  readonly #engine: Engine<Inputs, M>
  readonly #stateOf: StateOf<M>
  #state: AccountState<M>
  #fetch: SourceFetch | undefined

  constructor(engine: Engine<Inputs, M>, state: AccountState<M>, stateOf: StateOf<M>) {
    this.#engine = engine
    this.#state = state
    this.#stateOf = stateOf
  }

  get fetch(): SourceFetch {
    this.#fetch ??= authenticatedFetch(this.#engine, this.#state.ref, this, () => this.#current())
    return this.#fetch
  }

  getToken(options?: GetTokenOptions): Promise<AccessToken<M>> {
    if (options === undefined) {
      const { snapshot } = this.#state
      // The same promise each time: making one costs more than the look at the clock.
      if (snapshot && readyToken(this.#state, this.#engine.clock)) return readyPromise(snapshot)
    }
    return this.#naming(() => obtainToken(this.#engine, () => this.#current(), options ?? {}), true)
  }

  async reject(token: AccessToken<M>, why: 'refused' | 'insufficient-scope' = 'refused'): Promise<boolean> {
    // Another token of the same kind would have the same scopes: it is not spent for that (RFC 6750 §3.1).
    if (why === 'insufficient-scope') return false
    return this.#naming(() => rejectToken(this.#engine, this.#current(), token))
  }

  async seed(grant: Grant<M>): Promise<void> {
    return this.#naming(() => seedToken(this.#engine, this.#current(), grant))
  }

  async end(options: EndOptions = {}): Promise<void> {
    return this.#naming(() => endAccount(this.#engine, this.#current(), options))
  }

  async status(): Promise<TokenStatus> {
    return this.#naming(() => tokenStatus(this.#engine, this.#current()))
  }

  /** Errors say whose token they are about; those of `getToken()` also when the next call may leave. */
  async #naming<T>(work: () => T | Promise<T>, hasNext = false): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw hasNext
        ? withNextAttempt(this.#engine, this.#state, error)
        : aboutAccount(error, this.#engine.provider.id, this.#state.ref)
    }
  }

  #current(): AccountState<M> {
    this.#state = this.#stateOf(this.#state)
    return this.#state
  }
}
