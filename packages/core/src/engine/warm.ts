import { type AccountRef, accountRef } from '../account-ref.ts'
import { atLeast, checkOptions } from '../check-options.ts'
import { type ErrorCode, isChaveiroError } from '../errors.ts'
import type { TokenSource } from './token-source-interface.ts'

/** Options of `warm()`. */
export interface WarmOptions {
  /** Accounts at once. @default 8 */
  concurrency?: number | undefined
  /** Ends it early; the report counts the rest as skipped. */
  signal?: AbortSignal | undefined
  /** Called after each account with the counts so far. What it throws ends the run and rejects it. */
  onProgress?: ((report: WarmReport) => void) | undefined
}

/** How far `warm()` has come. */
export interface WarmReport {
  /** Accounts that have a valid token now. */
  ready: number
  /** Accounts that `signal` cut off. */
  skipped: number
  /** One array, which grows while the run goes on. */
  failed: readonly { account: AccountRef; code: ErrorCode }[]
}

/**
 * Gets a token for each account, a few at a time, reading `refs` as it goes.
 * @throws {TypeError} for a concurrency below 1, and for an item that cannot name an account.
 */
export async function warmAccounts<M>(
  refs: Iterable<AccountRef | string>,
  sourceOf: (ref: AccountRef) => TokenSource<M>,
  options: WarmOptions,
): Promise<WarmReport> {
  checkOptions(options, ['concurrency', 'signal', 'onProgress'])
  const { concurrency = 8, signal, onProgress } = options
  atLeast(1, concurrency, 'concurrency')
  const failed: { account: AccountRef; code: ErrorCode }[] = []
  const report = { ready: 0, skipped: 0, failed }
  const queue = refs[Symbol.iterator]()
  let isOver = false
  const take = (): AccountRef | undefined => {
    const item = isOver ? undefined : queue.next()
    isOver ||= item?.done === true
    return isOver || item?.done !== false ? undefined : accountRef(item.value)
  }
  const warmOne = async (account: AccountRef): Promise<void> => {
    try {
      signal?.throwIfAborted()
      await sourceOf(account).getToken({ signal })
      report.ready += 1
    } catch (error) {
      if (signal?.aborted) report.skipped += 1
      else failed.push({ account, code: isChaveiroError(error) ? error.code : 'unavailable' })
    }
  }
  const work = async (): Promise<void> => {
    try {
      for (let account = take(); account; account = take()) {
        await warmOne(account)
        onProgress?.({ ...report })
      }
    } finally {
      // The queue is empty, or something was thrown, so the other workers stop too.
      isOver = true
    }
  }
  const workers: Promise<void>[] = []
  // Each takes its first account at once, so no worker is made without work.
  while (!isOver && workers.length < concurrency) workers.push(work())
  await Promise.all(workers)
  return report
}
