import { type AccountRef, accountName, accountRef } from '../account-ref.ts'
import { callOnce } from '../call/call-once.ts'
import type { CallServices } from '../call/call-services.ts'
import { resolveInputs } from '../call/inputs.ts'
import { tryList, tryRevoke } from '../call/side-call.ts'
import { checkOptions } from '../check-options.ts'
import { ChaveiroError } from '../errors.ts'
import { type EventChannel, eventChannel } from '../events.ts'
import type { Fetch } from '../http/fetch.ts'
import { freshConnections } from '../http/fresh-connections.ts'
import { denialPlaces, rememberDenials } from '../policies/denials.ts'
import { endpointGate } from '../policies/endpoint-gate.ts'
import { authorizeQuietly } from '../provider/authorize.ts'
import { deviceCallGuard } from '../provider/device-operations.ts'
import { operationReplay } from '../provider/operation-replay.ts'
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
import type { TokenManager } from './token-manager.ts'
import { AccountTokenSource, type SourceRegistry } from './token-source.ts'
import type { TokenSource } from './token-source-interface.ts'
import { caretaker } from './upkeep.ts'
import { warmAccounts } from './warm.ts'
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
  const { provider, credentials } = options
  if (!provider || !credentials) throw new TypeError('Options provider and credentials are required.')
  const { id } = provider
  const resolved = resolveOptions(options)
  const { clock, tokenCallTimeoutMs, store, maxAccounts } = resolved
  const events = eventChannel()
  const parents = parentTokens(options, openManager, (event) => events.emit(event))
  const fresh = options.fetch ? undefined : freshConnections()
  const { engine, keeping } = assemble(options, resolved, events, parents, fresh?.fetch)
  let closing: Closing | undefined

  const closed = (about?: AccountRef): ChaveiroError =>
    new ChaveiroError('closed', `The token manager of ${id} was closed.`, { provider: id, account: about })
  const requireOpen = (about?: AccountRef): void => {
    if (closing) throw closed(about)
  }
  const registry: SourceRegistry<M> = {
    current(source) {
      requireOpen(source.account)
      return source.isEvicted ? accounts.current(source) : source
    },
  }
  const accounts = new Accounts<M>(
    maxAccounts,
    (ref, key, remains) => new AccountTokenSource(ref, key, registry, engine, store.keeper<M>(ref, keeping, remains)),
  )
  const account = (ref: AccountRef | string): TokenSource<M> => {
    if (closing) throw closed(accountRef(ref))
    return accounts.open(ref)
  }
  const closeAll = async (): Promise<void> => {
    const sources = [...accounts.all()]
    const saved = await Promise.all(sources.map((source) => source.close(() => closed(source.account))))
    accounts.clear()
    const lost = sources.filter((_, index) => !saved[index]).map((source) => source.account)
    try {
      await parents.close()
    } finally {
      await fresh?.close()
    }
    if (lost.length > 0) throw unsaved(id, lost)
  }
  const beginClosing = (): Closing => {
    const work = closeAll()
    return { work, ping: sharedWork(work).ping }
  }
  const close = async (): Promise<void> => {
    closing ??= beginClosing()
    const mine = closing
    if ((await whileAlive(clock, tokenCallTimeoutMs, mine, mine.work)) !== 'gone') return
    if (closing === mine) closing = beginClosing()
    return close()
  }
  return {
    account,
    accounts: () => Array.from(accounts.all(), (source) => source.known()),
    async warm(refs, wish = {}) {
      requireOpen()
      return warmAccounts(refs, account, wish)
    },
    parent(scheme) {
      requireOpen()
      return parents.manager(scheme)
    },
    on: (listener) => events.on(listener),
    close,
    [Symbol.asyncDispose]: close,
  }
}

interface Closing extends Pick<SharedWork, 'ping'> {
  readonly work: Promise<void>
}

/** Puts the engine together. The list of policies is here, the outermost first. */
function assemble<Inputs, M>(
  { provider, credentials, waitUntil, background }: TokenManagerOptions<Inputs, M>,
  resolved: ResolvedOptions,
  events: EventChannel,
  parents: ParentTokens<Inputs, M>,
  freshFetch: Fetch | undefined,
): { engine: Engine<M>; keeping: KeeperServices<M> } {
  const { store, clock, random, windows } = resolved
  const { id, server, repeat, probeRejected = true, policies = [] } = provider
  const claimTtlMs = resolved.tokenCallTimeoutMs + CLAIM_SLACK_MS
  const self = randomId()
  let clockOffsetMs = 0
  const emit = (account: AccountRef, event: EventFacts): void => {
    if (events.isHeard) events.emit({ ...event, provider: id, account })
  }
  const calls: CallServices<Inputs, M> & ResolvedOptions = {
    ...resolved,
    provider,
    self,
    credentials,
    freshFetch,
    parentToken: parents.token,
    emit,
    noteClockOffset: (ms) => {
      clockOffsetMs = ms
    },
  }
  const inputs = oncePerTurn(clock, (account) => resolveInputs(calls, account))
  const revoke: PolicyServices['revoke'] = (account, token) => tryRevoke(calls, account, token)
  const { sealed, shared } = store
  const list: PolicyServices['list'] = (account) => tryList(calls, account)
  const services: PolicyServices = { self, clock, random, windows, sealed, shared, emit, inputs, revoke, list }
  const gate = endpointGate(clock, random, resolved.tokenCallsAtOnce, claimTtlMs)
  const denials = denialPlaces(sealed)
  const all = [callSafely(provider, resolved), rememberDenials(probeRejected, denials), ...policies, gate]
  const engine: Engine<M> = {
    ...calls,
    authorize: (headers, token) => authorizeQuietly(provider, headers, token),
    waitUntil,
    refreshesInBackground: background !== false || waitUntil !== undefined,
    renew: compose(all, services, callOnce(calls, inputs)),
    gate,
    caretaker: caretaker(all, services),
    refuseDeviceCall: deviceCallGuard(provider),
    replayClass: (operation) => operationReplay(provider, operation),
    isHeard: () => events.isHeard,
    revoke,
    denials,
  }
  const keeping: KeeperServices<M> = {
    ...resolved,
    space: { provider: id, server, namespace: resolved.namespace },
    claimTtlMs,
    storeFailure: provider.acquire ? resolved.storeFailure : 'fail',
    canAcquireFreely: provider.acquire !== undefined && repeat !== 'leaves-token',
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
