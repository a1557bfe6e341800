import { isErrorNamed, isObject } from '../brands.ts'
import type { Clock } from '../clock.ts'
import { isChaveiroError } from '../errors.ts'
import { neverSent } from './never-sent.ts'
import { type RetryHint, retryAfterMs } from './retry-after.ts'

/** May a call that failed after sending be sent again? See `x-retry` in the spec vocabulary. */
export type ReplayClass = 'always' | 'unprocessed' | 'never'

/** What went wrong with an attempt, as far as trying again is concerned. `other` is never retried. */
export type FailureKind = 'network' | 'timeout' | 'throttle' | 'transient' | 'other'

/** One failed attempt: two questions, two answers. */
export interface Failure {
  /** Is it worth another try? */
  readonly kind: FailureKind
  /** `no`: the server certainly did nothing with the request. `maybe`: the client can't know. */
  readonly applied: 'no' | 'maybe'
  /** The error's code, where a known one decided. */
  readonly code?: string | undefined
  /** The server refused our client certificate: what happened and what to do. */
  readonly advice?: string | undefined
  /** The connection was lost before any answer: perhaps a kept-alive socket that the server had just closed. */
  readonly reset?: boolean | undefined
  /** How long the server asked to be left alone. */
  readonly hintMs?: number | undefined
}

const OTHER: Failure = { kind: 'other', applied: 'maybe' }
// What browsers, Deno and workerd throw for every network failure: a TypeError that says no more.
const UNEXPLAINED: Failure = { kind: 'network', applied: 'maybe' }

// Cloudflare's 521 and 523: the origin refused the connection, or can't be reached. Its 522 also means that the origin
// took the connection and acknowledged no request. 425 (RFC 8470 §5.2) and 429 (RFC 6585 §4) are refusals to process.
const NOT_APPLIED = new Set([425, 429, 521, 523])

/** The part of a retry policy that tells a failed attempt. */
interface FailingStatuses {
  readonly statuses: ReadonlySet<number>
  readonly hints: readonly RetryHint[]
  readonly clock: Pick<Clock, 'now'>
}

/** Undefined: the response is one to keep. Whether an attempt failed is the policy's list of statuses. */
export function failureOfResponse(response: Response, policy: FailingStatuses): Failure | undefined {
  const { status, headers } = response
  if (!policy.statuses.has(status)) return undefined
  const hintMs = retryAfterMs(headers, policy.clock.now(), policy.hints)
  const throttled = status === 429 || status === 425 || (status === 503 && hintMs !== undefined)
  return { kind: throttled ? 'throttle' : 'transient', applied: NOT_APPLIED.has(status) ? 'no' : 'maybe', hintMs }
}

/** Reads an error, the chain of its causes and every member of an AggregateError. */
export function failureOfError(error: unknown): Failure {
  if (isChaveiroError(error)) return OTHER
  return searchCodes(error, new Set()) ?? (isUnexplained(error) ? UNEXPLAINED : OTHER)
}

/** Node gives its refusals (redirect loop, bad port) a cause without a code, and its argument errors a code. */
function isUnexplained(error: unknown): boolean {
  if (!isErrorNamed(error, 'TypeError')) return false
  return error.message === 'terminated' || !(error.cause || 'code' in error)
}

const MOST_ERRORS = 32

/** The failure that the first known code names; undefined when the chain knows none. */
function searchCodes(error: unknown, seen: Set<unknown>): Failure | undefined {
  if (!isObject(error) || seen.size > MOST_ERRORS || seen.has(error)) return undefined
  seen.add(error)
  // Node tries every address of a host and gives their errors together; the code it puts on top is the first one's.
  const members: readonly unknown[] = 'errors' in error && Array.isArray(error.errors) ? error.errors : []
  if (members.length > 0) return members.map((member) => searchCodes(member, seen) ?? OTHER).reduce(worse)
  return byCode(error) ?? ('cause' in error ? searchCodes(error.cause, seen) : undefined)
}

/** Of several addresses: worth a retry, and not sent, only if that is true of every one. */
function worse(a: Failure, b: Failure): Failure {
  const worst = a.kind === 'other' || (a.applied === 'maybe' && b.kind !== 'other') ? a : b
  return a.applied === b.applied ? worst : { ...worst, applied: 'maybe' }
}

const CONNECTION_LOST = /^(ECONNRESET|EPIPE|UND_ERR_SOCKET|ConnectionClosed)$/
const NO_ANSWER_IN_TIME = /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/
// Alerts of the server, for example about our certificate.
const TLS = /^(ERR_SSL_\w+|EPROTO)$/

/** ERR_INVALID_* and the HTTP parser's codes are not listed, because waiting does not cure them. */
function byCode(error: object): Failure | undefined {
  const {
    code: given,
    name,
    message,
    advice,
  }: { code?: unknown; name?: unknown; message?: unknown; advice?: unknown } = error
  const code = typeof given === 'string' ? given : undefined
  const unsent = neverSent(error)
  if (unsent) return { kind: unsent, applied: 'no', code, ...(typeof advice === 'string' && { advice }) }
  if (name === 'TimeoutError') return { kind: 'timeout', applied: 'maybe' }
  if (code === undefined) return undefined
  // RFC 9113 §8.7: a refused stream was not processed. Node has no code of its own for it.
  if (code === 'ERR_HTTP2_STREAM_ERROR' && String(message).includes('REFUSED_STREAM'))
    return { kind: 'network', applied: 'no', code }
  const reset = CONNECTION_LOST.test(code)
  if (reset || code === 'ETIMEDOUT') return { kind: 'network', applied: 'maybe', code, reset }
  if (NO_ANSWER_IN_TIME.test(code)) return { kind: 'timeout', applied: 'maybe', code }
  return TLS.test(code) ? { ...OTHER, code } : undefined
}
