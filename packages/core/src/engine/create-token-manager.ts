import { type AccountRef, accountName, accountRef } from '../account-ref.ts'
import { callOnce } from '../call/call-once.ts'
import type { CallServices } from '../call/call-services.ts'
import { resolveInputs } from '../call/inputs.ts'
import { requireRevoked, tryList, tryRevoke } from '../call/side-call.ts'
import { checkOptions } from '../check-options.ts'
import { ChaveiroError } from '../errors.ts'
import { eventChannel, type TokenEvent } from '../events.ts'
import { rejectsToken } from '../fetch/rejection-breaker.ts'
import { freshConnections } from '../http/fresh-connections.ts'
import { rememberDenials, unsealedDenials } from '../policies/denials.ts'
import { endpointGate } from '../policies/endpoint-gate.ts'
import { authorizeQuietly } from '../provider/authorize.ts'
import { deviceCallGuard } from '../provider/device-operations.ts'
import { operationReplay } from '../provider/operation-replay.ts'
import type { TokenProvider } from '../provider/token-provider.ts'
import { randomId } from '../random-id.ts'
import {
  compose,
  type EventFacts,
  type KeeperServices,
  type PolicyServices,
  type ResolvedInputs,
  type Turn,
} from '../renewal.ts'
import { untilDeadline } from '../timeout.ts'
import { Accounts } from './accounts.ts'
import { callSafely } from './call-safely.ts'
import type { Engine } from './engine.ts'
import { POLICY_NAMES, type ResolvedOptions, resolveOptions, type TokenManagerOptions } from './options.ts'
import { type ParentTokens, parentTokens } from './parent-tokens.ts'
import type { AccountStatus } from './status.ts'
import type { TokenManager } from './token-manager.ts'
import { AccountTokenSource, type SourceRegistry } from './token-source.ts'
import type { TokenSource } from './token-source-interface.ts'
import { caretaker } from './upkeep.ts'
import { type WarmOptions, type WarmReport, warmAccounts } from './warm.ts'
import { type SharedWork, sharedWork, whileAlive } from './while-alive.ts'

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
  return openManager(options)
}

/** The same for options that have been checked and may contain inputs. */
export function openManager<Inputs, M = unknown>(options: TokenManagerOptions<Inputs, M>): TokenManager<M> {
  if (!options.provider || !options.credentials) throw new TypeError('Options provider and credentials are required.')
  const manager = new Manager(options)
  // Functions, so that `const { account } = tokens` works.
  return {
    account: (ref) => manager.account(ref),
    accounts: () => manager.accounts(),
    warm: (refs, wish) => manager.warm(refs, wish),
    parent: (scheme) => manager.parent(scheme),
    on: (listener) => manager.on(listener),
    close: () => manager.close(),
    [Symbol.asyncDispose]: () => manager.close(),
  }
}

interface Closing extends Pick<SharedWork, 'ping'> {
  readonly work: Promise<void>
}

class Manager<Inputs, M> implements Omit<TokenManager<M>, keyof AsyncDisposable>, SourceRegistry<M> {
  readonly #provider: TokenProvider<Inputs, M>
  readonly #resolved: ResolvedOptions
  readonly #events = eventChannel()
  readonly #parents: ParentTokens<Inputs, M>
  readonly #fresh: ReturnType<typeof freshConnections> | undefined
  readonly #accounts: Accounts<M>
  #closing: Closing | undefined

  constructor(options: TokenManagerOptions<Inputs, M>) {
    const { provider } = options
    this.#provider = provider
    this.#parents = parentTokens(options, openManager, (event) => this.#events.emit(event))
    this.#resolved = resolveOptions(options)
    this.#fresh = options.fetch ? undefined : freshConnections()
    const { engine, keeping } = this.#assemble(options, this.#resolved)
    const { store, maxAccounts } = this.#resolved
    this.#accounts = new Accounts<M>(
      maxAccounts,
      (ref, key, remains) => new AccountTokenSource(ref, key, this, engine, store.keeper<M>(ref, keeping, remains)),
    )
  }

  account(ref: AccountRef | string): TokenSource<M> {
    if (this.#closing) throw this.#closed(accountRef(ref))
    return this.#accounts.open(ref)
  }

  current(source: AccountTokenSource<M>): AccountTokenSource<M> {
    this.#requireOpen(source.account)
    return this.#accounts.current(source)
  }

  accounts(): readonly AccountStatus[] {
    return Array.from(this.#accounts.all(), (source) => source.known())
  }

  async warm(refs: Iterable<AccountRef | string>, options: WarmOptions = {}): Promise<WarmReport> {
    this.#requireOpen()
    return warmAccounts(refs, (ref) => this.account(ref), options)
  }

  parent(scheme: string): TokenManager {
    this.#requireOpen()
    return this.#parents.manager(scheme)
  }

  on(listener: (event: TokenEvent) => void): () => void {
    return this.#events.on(listener)
  }

  async close(): Promise<void> {
    const mine = this.#closing ?? this.#beginClosing()
    this.#closing = mine
    const { clock, tokenCallTimeoutMs } = this.#resolved
    if ((await whileAlive(clock, tokenCallTimeoutMs, mine, mine.work)) !== 'gone') return
    if (this.#closing === mine) this.#closing = this.#beginClosing()
    return this.close()
  }

  /** Puts the engine together. The list of policies is here, the outermost first. */
  #assemble(
    options: TokenManagerOptions<Inputs, M>,
    resolved: ResolvedOptions,
  ): { engine: Engine<M>; keeping: KeeperServices<M> } {
    const provider = this.#provider
    const { id, server, repeat, probeRejected = true, policies = [] } = provider
    const canAcquire = provider.acquire !== undefined
    const { store, namespace, windows, tokenCallTimeoutMs, clock, random, retryPolicy } = resolved
    const claimTtlMs = tokenCallTimeoutMs + CLAIM_SLACK_MS
    const self = randomId()
    let clockOffsetMs = 0
    const emit = (account: AccountRef, event: EventFacts): void => {
      if (this.#events.isHeard) this.#events.emit({ ...event, provider: id, account })
    }
    const calls: CallServices<Inputs, M> = {
      provider,
      self,
      credentials: options.credentials,
      fetch: resolved.fetch,
      freshFetch: this.#fresh?.fetch,
      clock,
      hints: provider.hints ?? [],
      tokenCallTimeoutMs,
      parentToken: this.#parents.token,
      emit,
      noteClockOffset: (ms) => {
        clockOffsetMs = ms
      },
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
    const gate = endpointGate(clock, random, resolved.tokenCallsAtOnce, claimTtlMs)
    const unsealed = unsealedDenials()
    const all = [
      callSafely(provider, { resendUnknown: resolved.resendUnknown, retryPolicy }),
      rememberDenials(probeRejected, unsealed),
      ...policies,
      gate,
    ]
    const engine: Engine<M> = {
      provider,
      clock,
      random,
      windows,
      tokenCallTimeoutMs,
      resendUnknown: resolved.resendUnknown,
      authorize: (headers, token) => authorizeQuietly(provider, headers, token),
      waitUntil: options.waitUntil,
      refreshesInBackground: options.background !== false || options.waitUntil !== undefined,
      renew: compose(all, services, callOnce(calls, inputs)),
      gate,
      caretaker: caretaker(all, services),
      fetching: {
        id,
        server,
        fetch: resolved.fetch,
        clock,
        random,
        retryPolicy,
        origins: resolved.origins,
        refuseDeviceCall: deviceCallGuard(provider),
        rejectsToken: (response) => rejectsToken(provider, response),
        replayClass: (operation) => operationReplay(provider, operation),
        emit,
        isHeard: () => this.#events.isHeard,
      },
      emit,
      revoke,
      requireRevoked: (account, token) => requireRevoked(calls, account, token),
      denialsOf: (account, { notes }) => (store.sealed ? notes : unsealed.of(account)),
    }
    const keeping: KeeperServices<M> = {
      clock,
      space: { provider: id, server, namespace },
      windows,
      claimTtlMs,
      storeFailure: canAcquire ? resolved.storeFailure : 'fail',
      persistFailure: resolved.persistFailure,
      canAcquireFreely: canAcquire && repeat !== 'leaves-token',
      emit,
      async dispose(account, token) {
        if (!provider.revoke) return
        const code = await revoke(account, token)
        if (code !== undefined) emit(account, { type: 'revoke.failed', code })
      },
      clockOffsetMs: () => clockOffsetMs,
    }
    return { engine, keeping }
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
      await this.#parents.close()
    } finally {
      await this.#fresh?.close()
    }
    if (lost.length > 0) throw unsaved(this.#provider.id, lost)
  }
}

const NAMED_AT_MOST = 3

function unsaved(provider: string, accounts: readonly AccountRef[]): ChaveiroError {
  const { length } = accounts
  const names = accounts.slice(0, NAMED_AT_MOST).map(accountName).join(', ')
  const which = length > NAMED_AT_MOST ? `${names} and others` : names
  const message = `${length} tokens of ${provider} could not be saved and end with this process: account ${which}. Check the store.`
  return new ChaveiroError('store', message, { provider, account: length === 1 ? accounts[0] : undefined })
}

function oncePerTurn<Inputs>(
  clock: ResolvedOptions['clock'],
  read: (account: AccountRef) => Promise<ResolvedInputs<Inputs>>,
): (turn: Turn<unknown>) => Promise<ResolvedInputs<Inputs>> {
  const known = new WeakMap<Turn<unknown>, Promise<ResolvedInputs<Inputs>>>()
  return (turn) => {
    const left = turn.budget.until - clock.monotonic()
    const inputs = known.get(turn) ?? untilDeadline(clock, left, () => read(turn.account), turn.signal)
    known.set(turn, inputs)
    return inputs
  }
}
