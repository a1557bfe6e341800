import { type ErrorCode, isChaveiroError } from '@chaveiro/core'
import type { Problem } from './problem.ts'
import { PROBLEMS } from './problems.ts'

const STATUS: Readonly<Record<ErrorCode, number>> = {
  'reauthorization-required': 409,
  'credentials-rejected': 409,
  throttled: 429,
  unavailable: 502,
  'malformed-response': 502,
  misconfigured: 502,
  origin: 502,
  store: 503,
  conflict: 503,
  aborted: 503,
  closed: 503,
  timeout: 504,
}

/** A problem for an error of an account: the message of ours holds no secret. Anything else is a defect. */
export function problemOf(error: unknown, now: number): Problem {
  if (!isChaveiroError(error)) return PROBLEMS.internal
  const { code, action, message: detail, retryAfterMs, nextAttemptAt } = error
  const waitMs = nextAttemptAt === undefined ? retryAfterMs : nextAttemptAt - now
  const isWaited = waitMs !== undefined && action !== 'reauthorize'
  return { status: STATUS[code], code, action, detail, ...(isWaited && { retryAfterMs: waitMs }) }
}
