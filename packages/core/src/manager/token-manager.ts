/// <reference lib="esnext.disposable" preserve="true" />
import { accountRegistry } from '../account/account-registry.ts'
import { AccountTokenSource, type TokenSource } from '../account/token-source.ts'
import { ChaveiroError, type ErrorCode, isChaveiroError } from '../errors.ts'
import type { TokenEvent } from '../events.ts'
import { type AccountRef, accountRef } from '../token/token-key.ts'
import { resolveEngine, type TokenManagerOptions } from './manager-options.ts'
import { parentTokens } from './parent-tokens.ts'

/** Many accounts of one provider. */
export interface TokenManager<M = unknown> extends AsyncDisposable {
  /** The account's token source. No I/O. */
  account(ref: AccountRef | string): TokenSource<M>
  /** Gets a valid token for each account, a few at a time: before a deploy takes traffic, or from a daemon. */
  warm(refs: Iterable<AccountRef | string>, options?: WarmOptions): Promise<WarmReport>
  /** Hears of everything that happens. Returns a function that ends it. */
  on(listener: (event: TokenEvent) => void): () => void
  /**
   * No new work; waits for what is on its way to be stored.
   * @throws {ChaveiroError} `store` when tokens are left that no store took.
   */
  close(): Promise<void>
}

export interface WarmOptions {
  /** Accounts at once. @default 8 */
  concurrency?: number | undefined
  /** Ends it early; the report counts the rest as skipped. */
  signal?: AbortSignal | undefined
  /** Called after each account with the counts so far. */
  onProgress?: ((report: WarmReport) => void) | undefined
}

export interface WarmReport {
  ready: number
  skipped: number
  failed: readonly { account: AccountRef; code: ErrorCode }[]
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
  const parents = parentTokens(options, createTokenManager)
  const engine = resolveEngine(options, parents.token)
  const { provider } = engine
  const space = { provider: provider.id, server: provider.server, namespace: options.namespace ?? '' }
  const registry = accountRegistry<M>(space, options.maxAccounts ?? 10_000)
  let closing: Promise<void> | undefined

  const requireOpen = (): void => {
    if (closing)
      throw new ChaveiroError('closed', `The token manager of ${provider.id} was closed.`, { provider: provider.id })
  }
  const sourceOf = (ref: AccountRef | string): TokenSource<M> =>
    new AccountTokenSource(engine, registry.open(ref), (state) => {
      requireOpen()
      return registry.current(state)
    })
  const close = async (): Promise<void> => {
    const states = [...registry.all()]
    await Promise.allSettled(states.flatMap((state) => (state.flight ? [state.flight.result] : [])))
    const lost = states.filter((state) => state.snapshot?.persisted === false).length
    // Off the fast path: whoever still holds a source must hear that it is closed.
    for (const state of states) state.snapshot = undefined
    registry.clear()
    await parents.close()
    if (options.store === undefined) await engine.store[Symbol.asyncDispose]()
    if (lost === 0) return
    throw new ChaveiroError(
      'store',
      `${lost} tokens of ${provider.id} could not be stored and end with this process.`,
      {
        provider: provider.id,
      },
    )
  }
  const manager: TokenManager<M> = {
    account(ref) {
      requireOpen()
      return sourceOf(ref)
    },
    warm(refs, warmOptions = {}) {
      requireOpen()
      return warmAll(refs, (ref) => sourceOf(ref), warmOptions)
    },
    on: (listener) => engine.events.on(listener),
    close() {
      closing ??= close()
      return closing
    },
    [Symbol.asyncDispose]: () => manager.close(),
  }
  return manager
}

async function warmAll<M>(
  refs: Iterable<AccountRef | string>,
  sourceOf: (ref: AccountRef | string) => TokenSource<M>,
  { concurrency = 8, signal, onProgress }: WarmOptions,
): Promise<WarmReport> {
  const failed: { account: AccountRef; code: ErrorCode }[] = []
  const report = { ready: 0, skipped: 0, failed }
  const queue = [...refs]
  const worker = async (): Promise<void> => {
    for (let ref = queue.shift(); ref !== undefined; ref = queue.shift()) {
      if (signal?.aborted) {
        report.skipped += 1
        continue
      }
      try {
        await sourceOf(ref).getToken({ signal })
        report.ready += 1
      } catch (error) {
        if (signal?.aborted) report.skipped += 1
        else failed.push({ account: accountRef(ref), code: isChaveiroError(error) ? error.code : 'unavailable' })
      }
      onProgress?.({ ...report, failed: [...failed] })
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, concurrency) }, worker))
  return report
}
