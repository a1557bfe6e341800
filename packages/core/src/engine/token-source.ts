import type { AccountRef } from '../account-ref.ts'
import { isErrorNamed } from '../brands.ts'
import { checkOptions } from '../check-options.ts'
import { aboutAccount, ChaveiroError, isChaveiroError, stateError } from '../errors.ts'
import { authenticatedFetch } from '../fetch/authenticated-fetch.ts'
import type { SourceFetch } from '../fetch/source-fetch.ts'
import type { Notes } from '../notes.ts'
import type { Consent } from '../provider/consent.ts'
import type { EventFacts, Keeper, RejectionWatch, Tokens } from '../renewal.ts'
import { untilDeadline } from '../timeout.ts'
import type { AccessToken } from '../token/access-token.ts'
import type { Grant } from '../token/grant.ts'
import { isNewer } from '../token/held.ts'
import { AccountMemory, type TokenRequirement } from './account-memory.ts'
import type { Engine } from './engine.ts'
import { ReadyToken } from './ready-token.ts'
import { Renewals } from './renewals.ts'
import { type EndOptions, SignIn } from './sign-in.ts'
import { type AccountStatus, aboutRenewal, type TokenStatus, tokenStatus } from './status.ts'
import type { GetTokenOptions, TokenSource } from './token-source-interface.ts'
import { outlast, type SharedWork, sharedWork } from './while-alive.ts'

// The first flight may have begun with a weaker requirement than this caller's. The second is its own.
const FLIGHTS_PER_CALLER = 2
const NEVER_ENOUGH = 'The new token expires too soon to be used. Check both clocks.'
const NO_OPTIONS: GetTokenOptions = {}
const OPTIONS = ['minValidityMs', 'newerThan', 'staleIfError', 'signal', 'timeoutMs']

/** Where a source looks for the one in force: another one, where it was evicted. */
export interface SourceRegistry<M> {
  /** Throws if the manager was closed. */
  current(source: AccountTokenSource<M>): AccountTokenSource<M>
}

/**
 * One account in this process: serves the token from memory, and renews it once for all waiting callers. A class, to
 * save memory: an account costs its fields, not a set of closures.
 */
export class AccountTokenSource<M> extends ReadyToken<M> implements TokenSource<M>, Tokens<M> {
  // First, beside what a warm getToken() reads.
  readonly #engine: Engine<M>
  readonly account: AccountRef
  /** What the manager finds it by. */
  readonly key: string
  /** Set while it is removed from the manager's memory: the number of its eviction. Another one may be in force. */
  eviction: number | undefined
  /** Opened since the manager last looked for accounts to evict. */
  isTouched = false
  breaker: RejectionWatch | undefined
  readonly #registry: SourceRegistry<M>
  readonly #memory: AccountMemory<M>
  readonly #renewals: Renewals<M>
  #signIn: SignIn<M> | undefined
  #upkeep: SharedWork | undefined
  #fetch: SourceFetch | undefined

  constructor(account: AccountRef, key: string, registry: SourceRegistry<M>, engine: Engine<M>, keeper: Keeper<M>) {
    super()
    this.account = account
    this.key = key
    this.#registry = registry
    this.#engine = engine
    this.#memory = new AccountMemory(this, account, engine, keeper)
    this.#renewals = new Renewals(this.#memory)
  }

  get fetch(): SourceFetch {
    this.#fetch ??= authenticatedFetch(this.#engine.fetching, this.account, this)
    return this.#fetch
  }

  ready(): AccessToken<M> | undefined {
    return this.readyAt(this.#engine.clock.now()) && this.access
  }

  getToken(options?: GetTokenOptions, waitedFor?: number[]): Promise<AccessToken<M>> {
    const ready = options === undefined ? this.readyAt(this.#engine.clock.now()) : undefined
    return ready ?? this.#naming((source) => source.#obtain(options ?? NO_OPTIONS, waitedFor), true)
  }

  async reject(token: AccessToken<M>, why: 'refused' | 'insufficient-scope' = 'refused'): Promise<boolean> {
    // Another token would have the same scopes, so none is obtained for that (RFC 6750 §3.1).
    if (why === 'insufficient-scope') return false
    return this.#naming((source) => source.#reject(token))
  }

  async seed(grant: Grant<M>): Promise<void> {
    return this.#naming((source) => source.#signing().seed(grant))
  }

  async end(options: EndOptions = {}): Promise<void> {
    return this.#naming((source) => source.#signing().end(options))
  }

  get consent(): Consent {
    const of = (source: AccountTokenSource<M>): Consent => {
      const { account } = source
      return source.#engine.consents()(account, (grant) => source.#signing().put(grant))
    }
    return {
      begin: (options) => this.#naming((source) => of(source).begin(options)),
      finish: (options) => this.#naming((source) => source.#signing().beforeClosing(of(source).finish(options))),
    }
  }

  async status(): Promise<TokenStatus> {
    return this.#naming(async (source) => {
      const memory = source.#memory
      return tokenStatus(memory, memory.held ? memory.kept : await memory.keeper.read())
    })
  }

  /** The status as far as this process knows it. No I/O. */
  known(): AccountStatus {
    return {
      provider: this.#engine.provider.id,
      account: this.account,
      ...tokenStatus(this.#memory, this.#memory.kept),
    }
  }

  /** What is left of the refresh token's life, where only a person can replace it. `isFixed`: using it adds nothing. */
  async refreshEnd(): Promise<{ readonly leftMs: number; readonly isFixed: boolean }> {
    return this.#naming(async (source) => {
      const { held, keeper } = source.#memory
      const { clock, provider } = source.#engine
      const { refreshExpiresAt = Infinity, refreshObtainedAt } = (held ?? (await keeper.read()).held)?.token ?? {}
      const leftMs = provider.acquire || !provider.refresh ? Infinity : refreshExpiresAt - clock.now()
      return { leftMs, isFixed: refreshObtainedAt !== undefined }
    })
  }

  /** Renews the token even if it is fresh. */
  async renewNow(signal: AbortSignal | undefined): Promise<void> {
    const { generation } = this.#memory.held ?? (await this.#memory.keeper.read()).held ?? {}
    const newerThan = await this.getToken({ signal })
    // That may have renewed it already.
    if (newerThan.generation === generation) await this.getToken({ newerThan, staleIfError: false, signal })
  }

  isSuperseded(token: AccessToken<M>): boolean {
    const { held } = this.#memory
    return held !== undefined && isNewer(held, token)
  }

  /** Would something be lost if it were removed from memory now? */
  get isBusy(): boolean {
    return (
      this.#renewals.isUnderWay ||
      this.#signIn?.isUnderWay === true ||
      this.#upkeep !== undefined ||
      this.#memory.kept?.persisted === false ||
      !this.#memory.keeper.isRecoverable()
    )
  }

  /** Removes it from the fast path, so that its holder asks the manager. Returns what has to outlive it. */
  evict(eviction: number): Notes {
    this.eviction = eviction
    this.#memory.takeOffFastPath()
    return this.#memory.keeper.remains()
  }

  readmit(): void {
    this.eviction = undefined
    this.#memory.backOnFastPath()
  }

  /** Ends what only waits, lets what was sent finish. `false`: a token is left that could not be saved. */
  async close(reason: () => ChaveiroError): Promise<boolean> {
    const { clock, tokenCallTimeoutMs, caretaker } = this.#engine
    const memory = this.#memory
    memory.takeOffFastPath()
    await this.#renewals.close(reason)
    await outlast(clock, tokenCallTimeoutMs, this.#signIn?.unfinished)
    await outlast(clock, tokenCallTimeoutMs, this.#upkeep)
    await caretaker.atClose(this.account, memory.keeper, memory.upkeepFrom)
    const isSaved = await memory.keeper.close()
    memory.forget()
    return isSaved
  }

  /** The slow path of `getToken()`: everything but a fresh token in memory. */
  async #obtain(options: GetTokenOptions, waitedFor?: number[]): Promise<AccessToken<M>> {
    if (options !== NO_OPTIONS) checkOptions(options, OPTIONS)
    options.signal?.throwIfAborted()
    const memory = this.#memory
    const engine = this.#engine
    let isRefreshed = false
    for (let flights = 0; ; ) {
      const requirement = memory.requirementOf(options)
      const { access } = memory
      const decision = memory.decide(requirement)
      // Without background renewals this caller waits for the renewal, once.
      const waits: boolean = decision === 'use-and-refresh' && !engine.refreshesInBackground && !isRefreshed
      const isForeground: boolean = waits && this.#renewals.mayBegin
      isRefreshed ||= isForeground
      // Also a new token that is inside its margin already: a better one is not to be had.
      if (access && !isForeground && (decision !== 'refresh-first' || (flights > 0 && memory.meets(requirement)))) {
        if (decision !== 'use-and-refresh') this.#keepUp()
        else if (engine.refreshesInBackground) this.#renewals.inBackground()
        return access
      }
      this.#refuseTooShort(requirement)
      if (flights === FLIGHTS_PER_CALLER) throw new ChaveiroError('unavailable', NEVER_ENOUGH)
      try {
        flights += (await this.#wait(requirement, options, waitedFor)) ? 1 : 0
      } catch (error) {
        const isLate = isErrorNamed(error, 'TimeoutError')
        if (options.signal?.aborted || !(isLate || isChaveiroError(error))) throw error
        if (options.staleIfError !== false && memory.access && memory.meets(memory.requirementOf(options)))
          return memory.access
        throw isLate ? stateError('timeout') : error
      }
    }
  }

  #wait(
    requirement: TokenRequirement,
    { signal, timeoutMs }: GetTokenOptions,
    waitedFor: number[] | undefined,
  ): Promise<boolean> {
    const join = (either?: AbortSignal): Promise<boolean> => this.#renewals.join(requirement, either, waitedFor)
    return timeoutMs === undefined ? join(signal) : untilDeadline(this.#engine.clock, timeoutMs, join, signal)
  }

  #reject(token: AccessToken<M>): boolean {
    const before = this.#memory.rejected
    const isLatest = this.#memory.reject(token)
    const isKnown = before?.lineage === token.lineage && before.generation === token.generation
    if (isLatest && !isKnown && !this.breaker?.isAnnounced(token))
      this.#emit({ type: 'token.rejected', generation: token.generation })
    return isLatest
  }

  /** A new token that ends sooner than demanded will not get better by asking again. */
  #refuseTooShort({ newerThan, minValidityMs = 0 }: TokenRequirement): void {
    const { kept, held } = this.#memory
    if (held === undefined || kept?.source !== 'provider' || (newerThan && !isNewer(held, newerThan))) return
    const { expiresAt = Infinity, obtainedAt } = held.token
    // Negative if the clock was set forward during the call.
    const lifetime = Math.max(0, expiresAt - obtainedAt)
    if (lifetime >= minValidityMs) return
    // Rounded up and down, so that lengths that differ by less than a second don't read the same.
    const wanted = `A token valid for ${Math.ceil(minValidityMs / 1_000)} s was requested`
    const message = `${wanted}, but the provider issues tokens of ${Math.floor(lifetime / 1_000)} s. Ask for less.`
    throw new ChaveiroError('misconfigured', message)
  }

  #signing(): SignIn<M> {
    // Earlier knowledge of the account no longer counts, also for callers that still wait.
    this.#signIn ??= new SignIn(this.#memory, (kept) => {
      this.#renewals.forget()
      this.#memory.forget()
      this.#memory.remember(kept)
    })
    return this.#signIn
  }

  /** Starts what the policies have to do by now. No caller waits for it. */
  #keepUp(): void {
    const { clock, caretaker, waitUntil } = this.#engine
    const memory = this.#memory
    // A caller may come out of a renewal that a closing manager let finish.
    if (this.#upkeep || this.#renewals.isClosed || clock.now() < memory.upkeepFrom) return
    // Back on the fast path in the meantime.
    memory.setUpkeep(Infinity)
    const work = caretaker.run(this.account, memory.keeper, clock.now()).then((dueAt) => {
      this.#upkeep = undefined
      // A renewal may have replaced the token in the meantime, and retired the previous one.
      memory.setUpkeep(Math.min(memory.upkeepFrom, dueAt))
    })
    this.#upkeep = sharedWork(work)
    try {
      waitUntil?.(work)
    } catch {
      // The request is over already. The next use tries again.
    }
  }

  /** Errors say whose token they are about; those of `getToken()` also when the next call may leave. */
  async #naming<T>(work: (source: AccountTokenSource<M>) => T | Promise<T>, hasNext = false): Promise<T> {
    try {
      return await work(this.#registry.current(this))
    } catch (error) {
      throw hasNext ? aboutRenewal(error, this.#memory) : aboutAccount(error, this.#engine.provider.id, this.account)
    }
  }

  #emit(event: EventFacts): void {
    this.#engine.emit(this.account, event)
  }
}
