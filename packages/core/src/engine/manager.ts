import { type AccountRef, accountRef } from '../account-ref.ts'
import { callOnce } from '../call/call-once.ts'
import type { CallServices } from '../call/call-services.ts'
import { oncePerTurn, resolveInputs } from '../call/inputs.ts'
import { tryList, tryRevoke } from '../call/side-call.ts'
import { type Clock, clockOffset, type Random } from '../clock.ts'
import { ChaveiroError } from '../errors.ts'
import { type EventChannel, eventChannel, type ListenerOptions, type TokenEvent } from '../events.ts'
import type { AuthenticatedFetchServices } from '../fetch/authenticated-fetch.ts'
import { type FreshConnections, freshConnections } from '../http/fresh-connections.ts'
import { allowedOrigins } from '../origins.ts'
import { DENIALS_IN_NOTES, rememberDenials } from '../policies/denials.ts'
import type { EndpointGate } from '../policies/endpoint-gate.ts'
import type { EndpointLoad } from '../policies/slots.ts'
import type { OpenConsent } from '../provider/consent.ts'
import { operationReplay } from '../provider/facts.ts'
import type { ParentTokens } from '../provider/parent-schemes.ts'
import type { TokenProvider } from '../provider/token-provider.ts'
import { randomId } from '../random-id.ts'
import { compose, type EventFacts, type KeeperServices, type PolicyServices } from '../renewal.ts'
import { clientRetryPolicy, type ResolvedRetryPolicy } from '../retry/retry-options.ts'
import { authorizeQuietly } from '../token/access-token.ts'
import { type AccountSet, type OpenSource, unsaved } from './accounts.ts'
import { callSafely, heedPauses, type SafetyOptions } from './call-safely.ts'
import type { Engine } from './engine.ts'
import { openConsents } from './open-consents.ts'
import { type ResolvedOptions, resolveOptions, type TokenManagerOptions } from './options.ts'
import type { AccountStatus } from './status.ts'
import { AccountTokenSource, type SourceRegistry } from './token-source.ts'
import type { TokenSource } from './token-source-interface.ts'
import { caretaker, NOTHING_DUE } from './upkeep.ts'
import { type Closing, sharedWork, whileAlive } from './while-alive.ts'

// Time for what happens around a call: store operations and a busy event loop.
const CLAIM_SLACK_MS = 10_000

/** What a manager of many accounts has and a manager of one doesn't need, which a program with one doesn't bundle. */
export interface Scale {
  accounts<M>(open: OpenSource<M>, most: number): AccountSet<M>
  gate(clock: Clock, random: Random, atOnce: number | undefined, longestMs: number): EndpointGate
}

/** The accounts of one provider in this process. Its options have been checked, and may contain inputs. */
export class Manager<Inputs, M> implements SourceRegistry<M>, SafetyOptions {
  readonly #provider: TokenProvider<Inputs, M>
  readonly #options: TokenManagerOptions<Inputs, M>
  readonly #engine: Engine<M>
  readonly #accounts: AccountSet<M>
  readonly #scale: Scale
  // Made when they are first needed: many a manager has one account, which needs none of them for months.
  #events: EventChannel | undefined
  #parents: ParentTokens<Manager<Inputs, unknown>> | undefined
  #fresh: FreshConnections | undefined
  #retryPolicy: ResolvedRetryPolicy | undefined
  #fetching: AuthenticatedFetchServices<M> | undefined
  #consents: OpenConsent<M> | undefined
  #closing: Closing | undefined

  constructor(options: TokenManagerOptions<Inputs, M>, scale: Scale) {
    const { provider } = options
    this.#provider = provider
    this.#options = options
    this.#scale = scale
    const resolved = resolveOptions(options)
    const { engine, keeping } = this.#assemble(resolved, scale)
    this.#engine = engine
    const { store, maxAccounts } = resolved
    const open: OpenSource<M> = (ref, key, remains) =>
      new AccountTokenSource(ref, key, this, engine, store.keeper<M>(ref, keeping, remains))
    this.#accounts = scale.accounts(open, maxAccounts)
  }

  account(ref: AccountRef | string): TokenSource<M> {
    if (this.#closing) throw this.#closed(accountRef(ref))
    return this.#accounts.open(ref)
  }

  current(source: AccountTokenSource<M>): AccountTokenSource<M> {
    this.requireOpen(source.account)
    return source.eviction === undefined ? source : this.#accounts.current(source)
  }

  /** The accounts in memory. */
  get sources(): AccountSet<M> {
    return this.#accounts
  }

  /** Their status, as far as this process knows it. No I/O. */
  known(): readonly AccountStatus[] {
    return Array.from(this.#accounts.all(), (source) => source.known())
  }

  parent(scheme: string): Manager<Inputs, unknown> {
    this.requireOpen()
    return this.#parentTokens(scheme).manager(scheme)
  }

  load(): EndpointLoad {
    return this.#engine.gate.load()
  }

  on(listener: (event: TokenEvent) => void, options?: ListenerOptions): () => void {
    this.#events ??= eventChannel()
    return this.#events.on(listener, options)
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

  /** Puts the engine together. The list of policies is here, the outermost first. */
  #assemble(resolved: ResolvedOptions, scale: Scale): { engine: Engine<M>; keeping: KeeperServices<M> } {
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
      parentToken: (account, scheme, wish) => this.#parentTokens(scheme).token(account, scheme, wish),
      emit,
      hearsCalls: () => this.#events?.hearsCalls === true,
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
    const gate = scale.gate(clock, random, resolved.tokenCallsAtOnce, claimTtlMs)
    const denials = (store.sealed ? undefined : store.denials?.()) ?? DENIALS_IN_NOTES
    const limits = provider.limit ? [provider.limit.renewals(calls)] : []
    const all = [
      heedPauses(),
      ...(store.policies ?? []),
      callSafely(provider, this),
      rememberDenials(probeRejected, denials),
      ...policies,
      ...limits,
      gate,
    ]
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
    const { provider, fetch, clock, emit, hearsCalls } = calls
    const { certificates, prepare, deviceCalls } = provider
    this.#fetching ??= {
      provider,
      fetch,
      certified: certificates?.forApi({
        ...calls,
        inputs: async (account) => (await resolveInputs(calls, account)).inputs,
      }),
      clock,
      random: this.#engine.random,
      retryPolicy: this.retryPolicy,
      origins: allowedOrigins([provider.server, provider.apiServer], this.#options.alsoSendTo),
      preparer: prepare && ((account) => prepare.begin(provider, () => resolveInputs(calls, account))),
      refuseDeviceCall: deviceCalls?.guard(provider),
      replayClass: (operation) => operationReplay(provider, operation),
      emit,
      isHeard: () => this.#events?.isHeard === true,
      hearsCalls,
    }
    return this.#fetching
  }

  #openConsents(calls: CallServices<Inputs, M>): OpenConsent<M> {
    const { revoke } = this.#engine
    // Resolved again, because most managers open no consent, and what is resolved would be kept for each of them.
    this.#consents ??= openConsents(this.#provider, { ...calls, ...resolveOptions(this.#options), revoke })
    return this.#consents
  }

  #parentTokens(scheme: string): ParentTokens<Manager<Inputs, unknown>> {
    const { id, parents } = this.#provider
    // Its own scheme, or a child's, would wait for itself forever.
    if (!parents || !Object.hasOwn(parents.providers, scheme)) {
      throw new ChaveiroError('misconfigured', `${id} has no parent scheme ${scheme}.`, { provider: id })
    }
    this.#parents ??= parents.open((provider) => {
      const manager = new Manager<Inputs, unknown>({ ...this.#options, provider }, this.#scale)
      manager.on((event) => this.#events?.emit(event), { everyCall: true })
      return manager
    })
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

  /** @throws {ChaveiroError} `closed` after `close()`. */
  requireOpen(account?: AccountRef): void {
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
