import { ChaveiroError, type ErrorCode } from '../errors.ts'
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
  unavailable: 'The token endpoint could not be used; it is tried again after a pause.',
  timeout: 'The token endpoint did not answer in time; it is tried again after a pause.',
  throttled: 'The token endpoint asks to be left alone for a while.',
  'credentials-rejected':
    'The provider refused the credentials. Check the inputs; changed ones are tried at once, the same ones not again for hours.',
  'reauthorization-required':
    'No token can be obtained without a person: sign in again, and pass what that brings as an input or to seed().',
  misconfigured: 'The provider cannot be used as it is configured. Check the server and the inputs.',
}

/** The error for a failed token call: a code, a sentence with the remedy, and no secret. */
export function failureError(provider: string, failure: CallFailure): ChaveiroError {
  const code = failure.code ?? CODE_OF[failure.verdict.kind]
  const { status, title } = failure
  const hint = 'retryAfterMs' in failure.verdict ? failure.verdict.retryAfterMs : undefined
  return new ChaveiroError(code, sentence(provider, code, failure), { provider, status, title, retryAfterMs: hint })
}

/** The error for a state in which no call may be made. */
export function stateError(provider: string, code: ErrorCode, retryAfterMs?: number): ChaveiroError {
  return new ChaveiroError(code, `${provider}: ${SENTENCES[code] ?? code}`, { provider, retryAfterMs })
}

/** The answer to a refresh was lost, and the token in hand is used up before anything is risked. */
export function lostAnswerError(provider: string, retryAfterMs: number): ChaveiroError {
  const message = `${provider}: The answer to the last refresh was lost; the token in hand is used until it ends, before its refresh token is sent again.`
  return new ChaveiroError('unavailable', message, { provider, retryAfterMs })
}

/** The same error with the time that is left now. */
export function withRetryAfter(error: ChaveiroError, retryAfterMs: number): ChaveiroError {
  const { code, message, action, provider, status, title } = error
  return new ChaveiroError(code, message, { action, provider, status, title, retryAfterMs: Math.ceil(retryAfterMs) })
}

function sentence(provider: string, code: ErrorCode, { message, status, title, sent }: CallFailure): string {
  if (message !== undefined) return message
  const answer =
    status === undefined ? (sent === 'no' ? 'never reached the server' : 'answer lost') : `answer ${status}`
  const words = title === undefined ? '' : `, «${title}»`
  return `${provider}: ${SENTENCES[code] ?? code} (${answer}${words})`
}
