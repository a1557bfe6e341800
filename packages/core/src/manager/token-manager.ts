/// <reference lib="esnext.disposable" preserve="true" />
import { accountName } from '../account/about-account.ts'
import { accountRegistry } from '../account/account-registry.ts'
import { type AccountState, takeOffFastPath } from '../account/account-state.ts'
import { AccountTokenSource, type TokenSource } from '../account/token-source.ts'
import { outlast, type SharedWork, sharedWork, whileAlive } from '../account/while-alive.ts'
import { checkOptions } from '../check-options.ts'
import { ChaveiroError } from '../errors.ts'
import type { TokenEvent } from '../events.ts'
import { tidyAtClose } from '../renewal/tidy.ts'
import { type AccountRef, accountRef } from '../token/token-key.ts'
import type { Engine } from './engine.ts'
import { atLeast, POLICY_NAMES, resolveEngine, type TokenManagerOptions } from './manager-options.ts'
import { parentTokens } from './parent-tokens.ts'
import { type WarmOptions, type WarmReport, warmAccounts } from './warm.ts'

/** Many accounts of one provider. */
export interface TokenManager<M = unknown> extends AsyncDisposable {
  /** The account's token source. No I/O. */
  account(ref: AccountRef | string): TokenSource<M>
  /** Gets a valid token for each account, a few at a time: before a deploy takes traffic, or from a daemon. */
  warm(refs: Iterable<AccountRef | string>, options?: WarmOptions): Promise<WarmReport>
  /**
   * The manager of a scheme that this one's token calls take a token of, for example of the session that application
   * tokens are made with: the same accounts, credentials and store. It closes with this one.
   * @throws {ChaveiroError} `misconfigured` when the provider has no such parent.
   */
  parent(scheme: string): TokenManager
  /** Hears of everything that happens. Returns a function that ends it. */
  on(listener: (event: TokenEvent) => void): () => void
  /**
   * Stops accepting work and waits until pending tokens are saved.
   * @throws {ChaveiroError} `store` if tokens could not be saved.
   */
  close(): Promise<void>
}

/**
 * Keeps the tokens of many accounts of one provider valid.
 *
 * @example
 * const tokens = createTokenManager({
 *   provider: bitizeProvider({ server: 'production' }),
 *   credentials: async (account) => vault.load(account.tenant),
 * })
 * const response = await tokens.account('customer-42').fetch('/vendors')
 * @throws {TypeError} for options that cannot be meant, for example a server that would get a secret in the clear.
 */
export function createTokenManager<Inputs, M = unknown>(options: TokenManagerOptions<Inputs, M>): TokenManager<M> {
  checkOptions(options, [...POLICY_NAMES, 'provider', 'credentials'])
  return openManager(options)
}

/** The same for options that were checked, perhaps with inputs among them. */
export function openManager<Inputs, M = unknown>(options: TokenManagerOptions<Inputs, M>): TokenManager<M> {
  if (!options.provider || !options.credentials) throw new TypeError('Options provider and credentials are required.')
  const parents = parentTokens(options, openManager, (event) => engine.events.emit(event))
  const engine = resolveEngine(options, parents.token)
  const { provider } = engine
  const maxAccounts = atLeast('maxAccounts', options.maxAccounts, 1) ?? 10_000
  const registry = accountRegistry<M>(maxAccounts)
  let closing: (Pick<SharedWork, 'ping'> & { readonly work: Promise<void> }) | undefined

  const closed = (account?: AccountRef): ChaveiroError =>
    new ChaveiroError('closed', `The token manager of ${provider.id} was closed.`, { provider: provider.id, account })
  const requireOpen = (account?: AccountRef): void => {
    if (closing) throw closed(account)
  }
  const sourceOf = (ref: AccountRef | string): TokenSource<M> => {
    if (closing) throw closed(accountRef(ref))
    return new AccountTokenSource(engine, registry.open(ref), (state) => {
      requireOpen(state.ref)
      return registry.current(state)
    })
  }
  const close = async (): Promise<void> => {
    const states = [...registry.all()]
    await Promise.all(states.map((state) => finish(engine, state, closed)))
    const lost = states.filter((state) => state.snapshot?.persisted === false).map(({ ref }) => ref)
    for (const state of states) state.snapshot = undefined
    registry.clear()
    try {
      await parents.close()
    } finally {
      await engine.fresh?.close()
      if (engine.store !== options.store) await engine.store[Symbol.asyncDispose]()
    }
    if (lost.length > 0) throw unsaved(provider.id, lost)
  }
  const beginClosing = (): NonNullable<typeof closing> => {
    const work = close()
    return { work, ping: sharedWork(work).ping }
  }
  const manager: TokenManager<M> = {
    account: (ref) => sourceOf(ref),
    async warm(refs, warmOptions = {}) {
      requireOpen()
      return warmAccounts(refs, sourceOf, warmOptions)
    },
    parent(scheme) {
      requireOpen()
      return parents.manager(scheme)
    },
    on: (listener) => engine.events.on(listener),
    async close() {
      closing ??= beginClosing()
      const mine = closing
      const { clock, tokenCallTimeoutMs } = engine
      if ((await whileAlive(clock, tokenCallTimeoutMs, mine, mine.work)) !== 'gone') return
      if (closing === mine) closing = beginClosing()
      return manager.close()
    },
    [Symbol.asyncDispose]: () => manager.close(),
  }
  return manager
}

const NAMED_AT_MOST = 3

function unsaved(provider: string, accounts: readonly AccountRef[]): ChaveiroError {
  const { length } = accounts
  const names = accounts.slice(0, NAMED_AT_MOST).map(accountName).join(', ')
  const which = length > NAMED_AT_MOST ? `${names} and others` : names
  const message = `${length} tokens of ${provider} could not be saved and end with this process: account ${which}. Check the store.`
  return new ChaveiroError('store', message, { provider, account: length === 1 ? accounts[0] : undefined })
}

/** Lets what is on its way finish, signing in and out too; ends what only waits; takes the account off the fast path. */
async function finish<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  closed: (account: AccountRef) => ChaveiroError,
): Promise<void> {
  takeOffFastPath(state)
  state.closed = closed(state.ref)
  const { clock, tokenCallTimeoutMs } = engine
  const { flight } = state
  flight?.stop(state.closed)
  if (flight) await whileAlive(clock, tokenCallTimeoutMs, flight, flight.result).catch(() => {})
  await outlast(clock, tokenCallTimeoutMs, state.unfinished)
  await tidyAtClose(engine, state)
  takeOffFastPath(state)
}
