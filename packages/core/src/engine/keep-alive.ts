import type { AccountRef } from '../account-ref.ts'
import { atLeast, checkOptions } from '../check-options.ts'
import type { AccountSet } from './accounts.ts'
import { eachAccount, type FailedAccount, type RunOptions } from './warm.ts'

// Servers count a life in whole seconds.
const NOISE_MS = 2_000

/** Options of `keepAlive()`. */
export interface KeepAliveOptions extends RunOptions<KeepAliveReport> {
  /** Uses refresh tokens that would end within this time, in milliseconds. */
  withinMs: number
  /** Which accounts to look at. @default those in memory */
  accounts?: Iterable<AccountRef | string> | undefined
}

/** How far `keepAlive()` has come. */
export interface KeepAliveReport {
  /** Accounts whose refresh token was used, and ends later now. */
  kept: number
  /** Accounts that need nothing: no known end, a later end, or tokens that need no person. */
  untouched: number
  /** Accounts whose refresh token ends within that time whether it is used or not: a person has to sign in again. */
  ending: AccountRef[]
  /** Accounts that `signal` cut off. */
  skipped: number
  /** One array, which grows while the run goes on. `reauthorization-required`: a person has to sign in again. */
  failed: readonly FailedAccount[]
}

/**
 * Uses the refresh tokens that would end unused, a few at a time.
 * @throws {TypeError} as `warm()` does.
 */
export async function keepAccountsAlive<M>(
  sources: AccountSet<M>,
  options: KeepAliveOptions,
): Promise<KeepAliveReport> {
  checkOptions(options, ['withinMs', 'accounts', 'concurrency', 'signal', 'onProgress'])
  const { withinMs, accounts = Array.from(sources.all(), ({ account }) => account), signal } = options
  if (atLeast(0, withinMs, 'withinMs') === undefined) throw new TypeError('Option withinMs is required.')
  const report: KeepAliveReport = { kept: 0, untouched: 0, ending: [], skipped: 0, failed: [] }
  return eachAccount(accounts, options, report, async (account) => {
    const source = sources.open(account)
    const { leftMs, isFixed } = await source.refreshEnd()
    if (leftMs > withinMs) {
      report.untouched += 1
      return
    }
    if (!isFixed) await source.renewNow(signal)
    const isKept = !isFixed && (await source.refreshEnd()).leftMs > leftMs + NOISE_MS
    if (isKept) report.kept += 1
    else report.ending.push(account)
  })
}
