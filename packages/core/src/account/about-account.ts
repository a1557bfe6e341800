import { ChaveiroError, type ErrorDetails, isChaveiroError } from '../errors.ts'
import type { Engine } from '../manager/engine.ts'
import { nextAttemptAt } from '../renewal/next-attempt.ts'
import type { AccountRef } from '../token/token-key.ts'
import type { AccountState } from './account-state.ts'

/**
 * Adds to an error whose token it is about, also to its sentence, and when the next call may leave. A copy, because a
 * store may throw the same error for another account.
 */
export function aboutAccount(error: unknown, id: string, account: AccountRef, attemptAt?: number): unknown {
  if (!isChaveiroError(error)) return error
  if (error.account && (attemptAt ?? error.nextAttemptAt) === error.nextAttemptAt) return error
  // A parent scheme's error keeps that scheme's name.
  const provider = error.provider ?? id
  const message = error.account ? error.message : `${provider}, account ${accountName(account)}: ${error.message}`
  const next = Math.max(attemptAt ?? 0, error.nextAttemptAt ?? 0) || undefined
  const details: ErrorDetails = error
  return new ChaveiroError(error.code, message, { ...details, provider, account, nextAttemptAt: next })
}

/** The same for an error of `getToken()`: with the instant at which the next call may leave. */
export function withNextAttempt<Inputs, M>(engine: Engine<Inputs, M>, state: AccountState<M>, error: unknown): unknown {
  const mayCall = isChaveiroError(error) && error.action !== 'none'
  return aboutAccount(error, engine.provider.id, state.ref, mayCall ? nextAttemptAt(engine, state) : undefined)
}

/** An account as a sentence names it. Quoted, so that it ends where it ends. */
export function accountName({ tenant, account }: AccountRef): string {
  return JSON.stringify(account === undefined ? tenant : `${tenant}/${account}`)
}
