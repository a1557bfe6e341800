import { ChaveiroError, type ErrorCode, type ErrorDetails } from '../errors.ts'
import type { Verdict } from '../provider/token-provider.ts'
import type { CallFailure } from './call-failure.ts'

const CODE_OF: Readonly<Record<Verdict['kind'], ErrorCode>> = {
  transient: 'unavailable',
  throttled: 'throttled',
  'outcome-unknown': 'unavailable',
  'refresh-rejected': 'reauthorization-required',
  'credentials-rejected': 'credentials-rejected',
  misconfigured: 'misconfigured',
}

const SENTENCES: Readonly<Partial<Record<ErrorCode, string>>> = {
  unavailable: 'The token endpoint could not be used. It will be tried again after a pause.',
  timeout: 'The token endpoint did not answer in time. It will be tried again after a pause.',
  throttled: 'The token endpoint asked for a pause.',
  'credentials-rejected':
    'The provider refused the credentials. Check the inputs: changed ones are tried at once, the same ones not again for hours.',
  'reauthorization-required':
    'No token can be obtained unattended. Sign in again, and pass the new token as an input or to seed().',
  misconfigured: 'The provider cannot be used as it is configured. Check the server and the inputs.',
}

/** The error for a failed token call: a code, a sentence with the remedy, and no secret. */
export function failureError(failure: CallFailure): ChaveiroError {
  const code = failure.code ?? CODE_OF[failure.verdict.kind]
  const { status, title } = failure
  const parent: ErrorDetails | undefined = failure.parent
  const hint = 'retryAfterMs' in failure.verdict ? failure.verdict.retryAfterMs : undefined
  return new ChaveiroError(code, sentence(code, failure), { ...parent, status, title, retryAfterMs: hint })
}

/** The error for a state in which no call may be made. */
export function stateError(code: ErrorCode, retryAfterMs?: number): ChaveiroError {
  return new ChaveiroError(code, SENTENCES[code] ?? code, { retryAfterMs })
}

/** The answer to a refresh was lost, and the token in hand is used up before anything is risked. */
export function lostAnswerError(retryAfterMs: number): ChaveiroError {
  const message =
    'The answer to the last refresh was lost. The refresh token is sent again once the token in hand has expired.'
  return new ChaveiroError('unavailable', message, { retryAfterMs })
}

/** The same error with the time that is left now. */
export function withRetryAfter(error: ChaveiroError, retryAfterMs: number): ChaveiroError {
  const details: ErrorDetails = error
  return new ChaveiroError(error.code, error.message, { ...details, retryAfterMs: Math.ceil(retryAfterMs) })
}

function sentence(code: ErrorCode, { message, status, title, sent }: CallFailure): string {
  if (message !== undefined) return message
  const answer =
    status === undefined ? (sent === 'no' ? 'never reached the server' : 'answer lost') : `answer ${status}`
  const words = title === undefined ? '' : `, "${title}"`
  return `${SENTENCES[code] ?? code} (${answer}${words})`
}
