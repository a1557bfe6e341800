import { ChaveiroError, isChaveiroError } from '../errors.ts'
import type { AccountRef } from '../token/token-key.ts'

/**
 * Adds to an error whose token it is about, also to its sentence, and when the next call may leave. A copy, because a
 * store may throw the same error for another account.
 */
export function aboutAccount(error: unknown, id: string, account: AccountRef, nextAttemptAt?: number): unknown {
  if (!isChaveiroError(error) || (error.account && nextAttemptAt === undefined)) return error
  // A parent scheme's error keeps that scheme's name.
  const provider = error.provider ?? id
  const message = error.account ? error.message : `${provider}, account ${accountName(account)}: ${error.message}`
  const next = Math.max(nextAttemptAt ?? 0, error.nextAttemptAt ?? 0) || undefined
  return new ChaveiroError(error.code, message, { ...error, provider, account, nextAttemptAt: next })
}

/** An account as a sentence names it. Quoted, so that it ends where it ends. */
export function accountName({ tenant, account }: AccountRef): string {
  return JSON.stringify(account === undefined ? tenant : `${tenant}/${account}`)
}
