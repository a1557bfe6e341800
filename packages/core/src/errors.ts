import { type AccountRef, accountName } from './account-ref.ts'
import { isObject } from './brands.ts'

/** What a caller can do about an error. */
export type ErrorAction = 'retry' | 'reauthorize' | 'fix-configuration' | 'none'

/** The closed set of failures. `switch (error.code)` can be exhaustive. */
export type ErrorCode =
  | 'aborted'
  | 'timeout'
  | 'unavailable'
  | 'throttled'
  | 'credentials-rejected'
  | 'reauthorization-required'
  | 'misconfigured'
  | 'malformed-response'
  | 'store'
  | 'conflict'
  | 'origin'
  | 'closed'

/** The facts an error may carry. None of them is secret. */
export interface ErrorDetails {
  /** The provider or scheme that the error is about, for example `bitize`. */
  provider?: string | undefined
  /** What to do, if not what the code says. @default what the code says */
  action?: ErrorAction | undefined
  /** The account that the error is about. */
  account?: AccountRef | undefined
  /** How long to wait before trying again, in milliseconds. */
  retryAfterMs?: number | undefined
  /** The next instant at which a token call may leave, in epoch milliseconds. */
  nextAttemptAt?: number | undefined
  /** The HTTP status of the provider's answer. */
  status?: number | undefined
  /** The provider's own short description, kept only if it cannot hold a secret. */
  title?: string | undefined
  /** A consent came to nothing, and only another one helps: `consent.begin()`. */
  consent?: true | undefined
}

/** What a caller can do about a code, unless an error says otherwise. */
export const ACTIONS: Readonly<Record<ErrorCode, ErrorAction>> = {
  aborted: 'none',
  timeout: 'retry',
  unavailable: 'retry',
  throttled: 'retry',
  'credentials-rejected': 'reauthorize',
  'reauthorization-required': 'reauthorize',
  misconfigured: 'fix-configuration',
  'malformed-response': 'fix-configuration',
  store: 'retry',
  conflict: 'retry',
  origin: 'fix-configuration',
  closed: 'none',
}

// Registered, not local: two copies of this package in one process recognise each other's errors.
const BRAND = Symbol.for('chaveiro.error')

/**
 * The one error class of Chaveiro. It can be logged whole: it holds no secret, no request, no headers, and never
 * the original error as `cause`, because JSON and header errors quote what they read.
 */
export class ChaveiroError extends Error {
  override readonly name: string = 'ChaveiroError'
  /** What happened, from a closed set. */
  declare readonly code: ErrorCode
  /** What to do about it. */
  declare readonly action: ErrorAction
  /** The provider or scheme that it is about. */
  declare readonly provider: string | undefined
  /** The account that it is about. Absent: it is about none, or about several. */
  declare readonly account: AccountRef | undefined
  /** How long to wait before trying again, in milliseconds. */
  declare readonly retryAfterMs: number | undefined
  /**
   * The next instant at which a token call for the account may leave, in epoch milliseconds. Absent: nothing holds one
   * back, or time alone changes nothing; `action` says what to do then.
   */
  declare readonly nextAttemptAt: number | undefined
  /** The HTTP status of the provider’s answer. */
  declare readonly status: number | undefined
  /** The provider’s own short description, where it cannot hold a secret. */
  declare readonly title: string | undefined
  /** A consent came to nothing, and only another one helps: `consent.begin()`. */
  declare readonly consent: true | undefined

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message)
    Object.assign(this, { code, action: details.action ?? ACTIONS[code] }, factsOf(details))
    Object.defineProperty(this, BRAND, { value: true })
  }

  /** Everything it knows, for a log. */
  toJSON(): Record<string, unknown> {
    const { name, code, action, message } = this
    return { name, code, action, message, ...factsOf(this) }
  }
}

/** Present even if they are undefined, so that every error has the same shape. */
function factsOf(details: ErrorDetails): ErrorDetails {
  const { provider, account, retryAfterMs, nextAttemptAt, status, title, consent } = details
  return { provider, account, retryAfterMs, nextAttemptAt, status, title, consent }
}

/** Is this an error of Chaveiro, of whichever copy of the package? */
export function isChaveiroError(value: unknown): value is ChaveiroError {
  return isObject(value) && BRAND in value
}

const SENTENCES: Readonly<Partial<Record<ErrorCode, string>>> = {
  unavailable: 'The token endpoint failed. It is tried again after a pause.',
  timeout: 'The token endpoint did not answer in time. It is tried again after a pause.',
  throttled: 'The token endpoint asked for a pause.',
  'credentials-rejected':
    'The provider refused the credentials. Check the inputs: only changed ones are tried again within hours.',
  'reauthorization-required':
    'A person has to sign in again. Pass the new token as an input or to seed(), or use consent.begin().',
  misconfigured: 'The provider cannot be used like this. Check the server and the inputs.',
  aborted: 'The account was signed in or out during the call. Try again.',
}

/** What a failed token call is described with. */
export function failureSentence(
  code: ErrorCode,
  { status, title, sent }: Pick<ErrorDetails, 'status' | 'title'> & { readonly sent: 'no' | 'maybe' | 'answered' },
): string {
  const answer =
    status === undefined ? (sent === 'no' ? 'never reached the server' : 'answer lost') : `answer ${status}`
  const words = title === undefined ? '' : `, "${title}"`
  return `${SENTENCES[code] ?? code} (${answer}${words})`
}

/** The error for a state in which no call may be made. */
export function stateError(code: ErrorCode, retryAfterMs?: number): ChaveiroError {
  return new ChaveiroError(code, SENTENCES[code] ?? code, { retryAfterMs })
}

/** The error for a refresh token that ended before it was used, at this instant, and nothing else to renew with. */
export function refreshEndedError(endedAt: number): ChaveiroError {
  const code = 'reauthorization-required'
  return new ChaveiroError(code, `The refresh token expired at ${new Date(endedAt).toISOString()}. ${SENTENCES[code]}`)
}

/** The error of a renewal whose time is over before it could send. */
export function outOfTimeError(timeMs: number): ChaveiroError {
  const message = `No token within ${timeMs / 1000} s. The credentials function, the queue for the token endpoint, or another process took too long.`
  return new ChaveiroError('unavailable', message, { retryAfterMs: 1_000 })
}

/** The same error with the time that is left now. */
export function withRetryAfter(error: ChaveiroError, retryAfterMs: number): ChaveiroError {
  const details: ErrorDetails = error
  return new ChaveiroError(error.code, error.message, { ...details, retryAfterMs: Math.ceil(retryAfterMs) })
}

/**
 * Adds to an error whose token it is about, also to its sentence, and when the next call may leave. A copy, because a
 * store may throw the same error for another account.
 */
export function aboutAccount(error: unknown, id: string, account: AccountRef, nextAttemptAt?: number): unknown {
  if (!isChaveiroError(error)) return error
  if (error.account && (nextAttemptAt ?? error.nextAttemptAt) === error.nextAttemptAt) return error
  // A parent scheme's error keeps that scheme's name.
  const provider = error.provider ?? id
  const message = error.account ? error.message : `${provider}, account ${accountName(account)}: ${error.message}`
  const next = Math.max(nextAttemptAt ?? 0, error.nextAttemptAt ?? 0) || undefined
  const details: ErrorDetails = error
  return new ChaveiroError(error.code, message, { ...details, provider, account, nextAttemptAt: next })
}
