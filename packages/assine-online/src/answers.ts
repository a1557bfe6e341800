import { ChaveiroError, isChaveiroError } from '@chaveiro/core'
import { facts } from './generated/facts.ts'

/**
 * The error of a call that the application itself makes, unless it succeeds: its code says what can be
 * done. What each status means is undocumented; these are the meanings that RFC 9110 gives them.
 */
export async function answered<T>(what: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    // Only answers with a status: what failed on the way says so itself.
    if (!isChaveiroError(error) || error.provider !== undefined || error.status === undefined) throw error
    const { status } = error
    throw new ChaveiroError(
      codeOf(status),
      `Assine Online did not ${what} (answer ${status}). ${REMEDY[codeOf(status)]}`,
      {
        provider: facts.id,
        status,
      },
    )
  }
}

const REMEDY = {
  'reauthorization-required': 'The token is not accepted: check the inputs, or log in again.',
  misconfigured: 'Check what was asked for, and whether the account may do that.',
  throttled: 'It wants fewer calls: try again later.',
  unavailable: 'Try again later.',
} as const

function codeOf(status: number): keyof typeof REMEDY {
  if (status === 401) return 'reauthorization-required'
  if (status === 429) return 'throttled'
  return status >= 500 || status === 408 ? 'unavailable' : 'misconfigured'
}
