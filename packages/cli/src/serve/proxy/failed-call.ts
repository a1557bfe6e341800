import { attemptsOf, isChaveiroError } from '@chaveiro/core'
import type { CallEnd } from '../door/call.ts'
import type { Problem } from '../door/problem.ts'
import { problemOf as problemOfAccount } from '../door/problem-of.ts'

/** Why a call to the provider came to nothing. Nothing of the error is quoted but what can't hold a secret. */
export function problemOf(error: unknown, now: number, ended?: CallEnd): Problem {
  if (ended === 'by the server') {
    return { status: 503, code: 'stopping', action: 'retry', detail: 'The server stopped, or the key was revoked.' }
  }
  // For the log alone: the caller hears of nothing any more.
  if (ended === 'by the caller') {
    return { status: 499, code: 'aborted', action: 'none', detail: 'The caller closed the connection.' }
  }
  if (isChaveiroError(error)) return problemOfAccount(error, now)
  if (error instanceof Error && error.name === 'TimeoutError') {
    return { status: 504, code: 'timeout', action: 'retry', detail: 'The provider’s API did not answer in time.' }
  }
  const last = attemptsOf(error)?.history.at(-1)
  if (last !== undefined) {
    const reason = last.code === undefined ? '' : ` (${last.code})`
    return { status: 502, code: 'unavailable', action: 'retry', detail: `The provider’s API did not answer${reason}.` }
  }
  return { status: 500, code: 'defect', action: 'none', detail: 'The proxy failed. Its log has the reason.' }
}
