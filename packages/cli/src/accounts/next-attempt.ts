import { isChaveiroError } from '@chaveiro/core'

/** The next instant at which something may be sent, in epoch milliseconds, as an error has it; `undefined`: it says none. */
export function nextAttemptOf(error: unknown, now: number): number | undefined {
  if (!isChaveiroError(error)) return undefined
  if ('nextAttemptAt' in error && typeof error.nextAttemptAt === 'number') return error.nextAttemptAt
  return error.retryAfterMs === undefined ? undefined : now + error.retryAfterMs
}
