import { type AccountRef, accountRef } from '../account-ref.ts'
import { callOnce } from '../call/call-once.ts'
import type { CallServices } from '../call/call-services.ts'
import { certifiedFetch } from '../call/certified-fetch.ts'
import { oncePerTurn, resolveInputs } from '../call/inputs.ts'
import { requestPreparer } from '../call/prepare-request.ts'
import { tryList, tryRevoke } from '../call/side-call.ts'
import { checkOptions } from '../check-options.ts'
import { clockOffset } from '../clock.ts'
import { ChaveiroError } from '../errors.ts'
import { type EventChannel, eventChannel, type TokenEvent } from '../events.ts'
import type { AuthenticatedFetchServices } from '../fetch/authenticated-fetch.ts'
import { type FreshConnections, freshConnections } from '../http/fresh-connections.ts'
import { allowedOrigins } from '../origins.ts'
import { denialsInNotes, rememberDenials, unsealedDenials } from '../policies/denials.ts'
import { endpointGate, OPEN_GATE } from '../policies/endpoint-gate.ts'
import type { OpenConsent } from '../provider/consent.ts'
import { deviceCallGuard } from '../provider/device-operations.ts'
import { operationReplay } from '../provider/facts.ts'
import type { TokenProvider } from '../provider/token-provider.ts'
import { randomId } from '../random-id.ts'
import { compose, type EventFacts, type KeeperServices, type PolicyServices } from '../renewal.ts'
import { clientRetryPolicy, type ResolvedRetryPolicy } from '../retry/retry-options.ts'
import { authorizeQuietly } from '../token/access-token.ts'
import { Accounts, keyOf, type OpenSource, SoleAccount, unsaved } from './accounts.ts'
import { callSafely, type SafetyOptions } from './call-safely.ts'
import type { Engine } from './engine.ts'
import { type KeepAliveOptions, type KeepAliveReport, keepAccountsAlive } from './keep-alive.ts'
import { openConsents } from './open-consents.ts'
import { POLICY_NAMES, type ResolvedOptions, resolveOptions, type TokenManagerOptions } from './options.ts'
import { type ParentTokens, parentTokens } from './parent-tokens.ts'
import type { AccountStatus } from './status.ts'
import { detachable, type TokenManager } from './token-manager.ts'
import { AccountTokenSource, type SourceRegistry } from './token-source.ts'
import type { TokenSource } from './token-source-interface.ts'
import { caretaker, NOTHING_DUE } from './upkeep.ts'
import { type WarmOptions, type WarmReport, warmAccounts } from './warm.ts'
import { type Closing, sharedWork, whileAlive } from './while-alive.ts'

// Time for what happens around a call: store operations and a busy event loop.
const CLAIM_SLACK_MS = 10_000

/**
 * Keeps the tokens of many accounts of one provider valid.
 *
 * @example
 * const tokens = createTokenManager({
 *   provider: bitizeProvider({ server: 'production' }),
 *   credentials: async (account) => vault.load(account.tenant),
 * })
 * const response = await tokens.account('customer-42').fetch('/vendors')
 * @throws {TypeError} for invalid options, for example a server that would get a secret over plain http.
 */
export function createTokenManager<Inputs, M = unknown>(options: TokenManagerOptions<Inputs, M>): TokenManager<M> {
  checkOptions(options, [...POLICY_NAMES, 'provider', 'credentials'])
  return detachable(openManager(options))
}

/** The same for options that have been checked and may contain inputs, and for one account if there is only that. */
export function openManager<Inputs, M = unknown>(
  options: TokenManagerOptions<Inputs, M>,
  sole?: AccountRef,
): TokenManager<M> {
  if (!options.provider || !options.credentials) throw new TypeError('Options provider and credentials are required.')
  return new Manager(options, sole)
}

class Manager<Inputs, M> implements TokenManager<M>, SourceRegistry<M>, SafetyOptions {
  readonly #provider: TokenProvider<Inputs, M>
  readonly #options: TokenManagerOptions<Inputs, M>
  readonly #engine: Engine<M>
  readonly #accounts: Accounts<M> | SoleAccount<M>
  // Made when they are first needed: many a manager has one account, which needs none of them for months.
  #events: EventChannel | undefined
  #parents: ParentTokens<Inputs, M> | undefined
  #fresh: FreshConnections | undefined
  #retryPolicy: ResolvedRetryPolicy | undefined
  #fetching: AuthenticatedFetchServices<M> | undefined
  #consents: OpenConsent<M> | undefined
  #closing: Closing | undefined

  constructor(options: TokenManagerOptions<Inputs, M>, sole: AccountRef | undefined) {
    const { provider } = options
    this.#provider = provider
    this.#options = options
    const resolved = resolveOptions(options)
    const { engine, keeping } = this.#assemble(resolved, sole !== undefined)
    this.#engine = engine
    const { store, maxAccounts } = resolved
    const open: OpenSource<M> = (ref, key, remains) =>
      new AccountTokenSource(ref, key, this, engine, store.keeper<M>(ref, keeping, remains))
    this.#accounts = sole ? new SoleAccount(open(sole, keyOf(sole), undefined)) : new Accounts(maxAccounts, open)
  }

  account(ref: AccountRef | string): TokenSource<M> {
    if (this.#closing) throw this.#closed(accountRef(ref))
    return this.#accounts.open(ref)
  }

  current(source: AccountTokenSource<M>): AccountTokenSource<M> {
    this.#requireOpen(source.account)
    return source.eviction === undefined ? source : this.#accounts.current(source)
  }

  accounts(): readonly AccountStatus[] {
    return Array.from(this.#accounts.all(), (source) => source.known())
  }

  async warm(refs: Iterable<AccountRef | string>, options: WarmOptions = {}): Promise<WarmReport> {
    this.#requireOpen()
    return warmAccounts(refs, (ref) => this.account(ref), options)
  }

  async keepAlive(options: KeepAliveOptions): Promise<KeepAliveReport> {
    this.#requireOpen()
    return keepAccountsAlive(this.#accounts, options)
  }

  parent(scheme: string): TokenManager {
    this.#requireOpen()
    return this.#parentTokens().manager(scheme)
  }

  on(listener: (event: TokenEvent) => void): () => void {
    this.#events ??= eventChannel()
    return this.#events.on(listener)
  }

  get resendUnknown(): SafetyOptions['resendUnknown'] {
    return this.#engine.resendUnknown
  }

  get retryPolicy(): ResolvedRetryPolicy {
    this.#retryPolicy ??= clientRetryPolicy(this.#options)
    return this.#retryPolicy
  }

  async close(): Promise<void> {
    const mine = this.#closing ?? this.#beginClosing()
    this.#closing = mine
    const { clock, tokenCallTimeoutMs } = this.#engine
    if ((await whileAlive(clock, tokenCallTimeoutMs, mine, mine.work)) !== 'gone') return
    if (this.#closing === mine) this.#closing = this.#beginClosing()
    return this.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** Puts the engine together. The list of policies is here, the outermost first. */
  #assemble(resolved: ResolvedOptions, hasOneAccount: boolean): { engine: Engine<M>; keeping: KeeperServices<M> } {
    const provider = this.#provider
    const options = this.#options
    const { id, repeat, probeRejected = true, policies = [] } = provider
    const { store, namespace, windows, tokenCallTimeoutMs, clock, random } = resolved
    const claimTtlMs = tokenCallTimeoutMs + CLAIM_SLACK_MS
    let managerId: string | undefined
    // At its first use, because a Worker may open a manager in its module's scope, where there is no randomness.
    const self = (): string => {
      managerId ??= randomId()
      return managerId
    }
    const emit = (account: AccountRef, event: EventFacts): void => {
      if (this.#events?.isHeard) this.#events.emit({ ...event, provider: id, account })
    }
    const calls: CallServices<Inputs, M> = {
      provider,
      self,
      credentials: options.credentials,
      fetch: resolved.fetch,
      freshFetch: options.fetch ? options.fetch.fresh : (input, init) => this.#freshConnections().fetch(input, init),
      clock,
      tokenCallTimeoutMs,
      parentToken: (account, ...wish) => this.#parentTokens().token(account, ...wish),
      emit,
      ...clockOffset(),
    }
    const inputs = oncePerTurn(clock, (account) => resolveInputs(calls, account))
    const revoke: PolicyServices['revoke'] = (account, token) => tryRevoke(calls, account, token)
    const services: PolicyServices = {
      self,
      clock,
      random,
      windows,
      sealed: store.sealed,
      shared: store.shared,
      emit,
      inputs,
      revoke,
      list: (account) => tryList(calls, account),
    }
    const gate = hasOneAccount ? OPEN_GATE : endpointGate(clock, random, resolved.tokenCallsAtOnce, claimTtlMs)
    const denials = store.sealed ? denialsInNotes : unsealedDenials()
    const limits = provider.limit ? [provider.limit.renewals(calls)] : []
    const all = [callSafely(provider, this), rememberDenials(probeRejected, denials), ...policies, ...limits, gate]
    // One object for calls and sources, because there may be a manager for each tenant.
    const engine: Engine<M> = Object.assign(calls, {
      random,
      windows,
      resendUnknown: resolved.resendUnknown,
      authorize: (headers, token) => authorizeQuietly(provider, headers, token),
      waitUntil: options.waitUntil,
      refreshesInBackground: options.background !== false || options.waitUntil !== undefined,
      renew: compose(all, services, callOnce(calls, inputs)),
      gate,
      caretaker: policies.length === 0 ? NOTHING_DUE : caretaker(policies, services),
      fetching: () => this.#fetchServices(calls),
      consents: () => this.#openConsents(calls),
      revoke,
      denials,
    } satisfies Omit<Engine<M>, keyof typeof calls>)
    const keeping: KeeperServices<M> = {
      clock,
      space: { provider: id, server: provider.server, apiServer: provider.apiServer, namespace },
      windows,
      claimTtlMs,
      storeFailure: provider.acquire ? resolved.storeFailure : 'fail',
      persistFailure: resolved.persistFailure,
      canAcquireFreely: provider.acquire !== undefined && repeat !== 'leaves-token',
      emit,
      async dispose(account, token) {
        if (!provider.revoke) return
        const code = await revoke(account, token)
        if (code !== undefined) emit(account, { type: 'revoke.failed', code })
      },
      clockOffsetMs: calls.clockOffsetMs,
    }
    return { engine, keeping }
  }

  #fetchServices(calls: CallServices<Inputs, M>): AuthenticatedFetchServices<M> {
    const { provider, fetch, clock, emit } = calls
    this.#fetching ??= {
      provider,
      fetch,
      certified: provider.certificate && certifiedFetch(calls),
      clock,
      random: this.#engine.random,
      retryPolicy: this.retryPolicy,
      origins: allowedOrigins([provider.server, provider.apiServer], this.#options.alsoSendTo),
      preparer: provider.prepare && ((account) => requestPreparer(calls, account)),
      refuseDeviceCall: deviceCallGuard(provider),
      replayClass: (operation) => operationReplay(provider, operation),
      emit,
      isHeard: () => this.#events?.isHeard === true,
    }
    return this.#fetching
  }

  #openConsents(calls: CallServices<Inputs, M>): OpenConsent<M> {
    const { revoke } = this.#engine
    // Resolved again, because most managers open no consent, and what is resolved would be kept for each of them.
    this.#consents ??= openConsents(this.#provider, { ...calls, ...resolveOptions(this.#options), revoke })
    return this.#consents
  }

  #parentTokens(): ParentTokens<Inputs, M> {
    const open = (options: TokenManagerOptions<Inputs>): TokenManager => detachable(openManager(options))
    this.#parents ??= parentTokens(this.#options, open, (event) => this.#events?.emit(event))
    return this.#parents
  }

  #freshConnections(): FreshConnections {
    this.#fresh ??= freshConnections()
    return this.#fresh
  }

  #closed(account?: AccountRef): ChaveiroError {
    const { id } = this.#provider
    return new ChaveiroError('closed', `The token manager of ${id} was closed.`, { provider: id, account })
  }

  #requireOpen(account?: AccountRef): void {
    if (this.#closing) throw this.#closed(account)
  }

  #beginClosing(): Closing {
    const work = this.#close()
    return { work, ping: sharedWork(work).ping }
  }

  async #close(): Promise<void> {
    const sources = [...this.#accounts.all()]
    const saved = await Promise.all(sources.map((source) => source.close(() => this.#closed(source.account))))
    this.#accounts.clear()
    const lost = sources.filter((_, index) => !saved[index]).map(({ account }) => account)
    try {
      await this.#parents?.close()
    } finally {
      await this.#fresh?.close()
    }
    if (lost.length > 0) throw unsaved(this.#provider.id, lost)
  }
}
