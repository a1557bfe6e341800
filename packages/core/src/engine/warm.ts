import { type AccountRef, accountRef } from '../account-ref.ts'
import { atLeast, checkOptions } from '../check-options.ts'
import { type ErrorCode, isChaveiroError } from '../errors.ts'
import type { TokenSource } from './token-source-interface.ts'

/** How a run over many accounts goes. */
export interface RunOptions<Report> {
  /** Accounts at once. @default 8 */
  concurrency?: number | undefined
  /** Ends it early; the report counts the rest as skipped. */
  signal?: AbortSignal | undefined
  /** Called after each account with the counts so far. What it throws ends the run and rejects it. */
  onProgress?: ((report: Report) => void) | undefined
}

/** An account that a run could not serve, and why. */
export interface FailedAccount {
  /** Which one. */
  account: AccountRef
  /** Why. */
  code: ErrorCode
}

/** Options of `warm()`. */
export interface WarmOptions extends RunOptions<WarmReport> {}

/** How far `warm()` has come. */
export interface WarmReport {
  /** Accounts that have a valid token now. */
  ready: number
  /** Accounts that `signal` cut off. */
  skipped: number
  /** One array, which grows while the run goes on. */
  failed: readonly FailedAccount[]
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
  const report: WarmReport = { ready: 0, skipped: 0, failed: [] }
  return eachAccount(refs, options, report, async (account) => {
    await sourceOf(account).getToken({ signal: options.signal })
    report.ready += 1
  })
}

/** What every report of a run over accounts counts. */
export interface RunReport {
  skipped: number
  failed: readonly FailedAccount[]
}

/** Runs the work for each account, a few at a time, and counts what failed in the report. */
export async function eachAccount<Report extends RunReport>(
  refs: Iterable<AccountRef | string>,
  { concurrency = 8, signal, onProgress }: RunOptions<Report>,
  report: Report,
  work: (account: AccountRef) => Promise<void>,
): Promise<Report> {
  atLeast(1, concurrency, 'concurrency')
  const failed: FailedAccount[] = []
  report.failed = failed
  const queue = refs[Symbol.iterator]()
  let isOver = false
  const take = (): AccountRef | undefined => {
    const item = isOver ? undefined : queue.next()
    isOver ||= item?.done === true
    return isOver || item?.done !== false ? undefined : accountRef(item.value)
  }
  const run = async (account: AccountRef): Promise<void> => {
    try {
      signal?.throwIfAborted()
      await work(account)
    } catch (error) {
      if (signal?.aborted) report.skipped += 1
      else failed.push({ account, code: isChaveiroError(error) ? error.code : 'unavailable' })
    }
  }
  const runAll = async (): Promise<void> => {
    try {
      for (let account = take(); account; account = take()) {
        await run(account)
        onProgress?.({ ...report })
      }
    } finally {
      // The queue is empty, or something was thrown, so the other workers stop too.
      isOver = true
    }
  }
  const workers: Promise<void>[] = []
  // Each takes its first account at once, so no worker is made without work.
  while (!isOver && workers.length < concurrency) workers.push(runAll())
  await Promise.all(workers)
  return report
}
