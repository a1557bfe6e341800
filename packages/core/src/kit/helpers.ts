import { isErrorNamed, isObject } from '../brands.ts'
import { ChaveiroError } from '../errors.ts'
import type { ProviderFailure, ProviderIo } from '../provider/provider-io.ts'
import type { Verdict } from '../renewal.ts'
import type { Secret } from '../secret.ts'
import { localExpiry, type Reading } from '../token/expiry.ts'
import { malformed } from '../token/grant.ts'
import { type AnswerMatcher, matchesAny } from './answer-matcher.ts'

/** What a typed client answers with. */
export interface TypedAnswer<T> {
  /** The parsed body of a success. */
  data?: T | undefined
  /** The parsed body of a failure. Never print it. */
  error?: unknown
  /** Status and headers. */
  response: Response
}

/** How a successful answer is looked at. */
export interface SuccessOptions {
  /** Successes that the provider documents as errors. @default none */
  misconfigured?: readonly AnswerMatcher[] | undefined
}

/**
 * The data of a successful answer.
 * @throws {ChaveiroError} for everything else; what it means is decided by the engine, by status and phase. Nothing of
 * the answer is quoted, because JSON errors and error bodies repeat what was sent.
 */
export async function expectData<T>(
  operation: string,
  answer: Promise<TypedAnswer<T>>,
  options: SuccessOptions = {},
): Promise<NonNullable<T>> {
  const { data } = await expectSuccess(operation, answer, options)
  if (!isObject(data)) throw malformed(`no JSON object to ${operation}`)
  return data
}

/**
 * The headers of a successful answer, and its data where it has some.
 * @throws {ChaveiroError} as {@link expectData} does.
 */
export async function expectHeaders<T>(
  operation: string,
  answer: Promise<TypedAnswer<T>>,
  options: SuccessOptions = {},
): Promise<{ headers: Headers; data: T | undefined }> {
  const { data, response } = await expectSuccess(operation, answer, options)
  return { headers: response.headers, data }
}

/**
 * Waits for a call that answers with nothing of interest. A status in `gone` counts as success: what was to be ended was
 * gone already.
 * @throws {ChaveiroError} as {@link expectData} does.
 */
export async function expectDone(
  operation: string,
  answer: Promise<TypedAnswer<unknown>>,
  options: { gone?: readonly number[] | undefined } = {},
): Promise<void> {
  const settled = await answer.catch((error: unknown) => {
    // Only the body of a successful answer is parsed, so the call was applied, whatever it says.
    if (isErrorNamed(error, 'SyntaxError')) return undefined
    throw error
  })
  if (settled === undefined || settled.response.ok || options.gone?.includes(settled.response.status)) return
  throw answeredWith(operation, settled.response)
}

async function expectSuccess<T>(
  operation: string,
  answer: Promise<TypedAnswer<T>>,
  { misconfigured }: SuccessOptions,
): Promise<TypedAnswer<T>> {
  let settled: TypedAnswer<T>
  try {
    settled = await answer
  } catch (error) {
    if (isErrorNamed(error, 'SyntaxError')) throw malformed(`something other than JSON to ${operation}`)
    throw error
  }
  const { response, data } = settled
  if (!response.ok) throw answeredWith(operation, response)
  if (matchesAny(misconfigured, { status: response.status, headers: response.headers, body: data })) {
    const sentence = `${operation} was answered with ${response.status} and an error in it. Check the inputs.`
    throw new ChaveiroError('misconfigured', sentence, { status: response.status })
  }
  return settled
}

function answeredWith(operation: string, { status }: Response): ChaveiroError {
  return new ChaveiroError('unavailable', `${operation} was answered with ${status}.`, { status })
}

/**
 * The end of a token on the local clock, in epoch milliseconds. `otherwiseMs` is the life to assume when the answer
 * cannot be read, or reads as already past: that is a clock or a zone, not a token's end. Where nothing may be assumed,
 * the token has ended now: then it is not used, but a refresh token beside it is, which may be the only one left.
 */
export function expiry(
  io: ProviderIo,
  reading: Reading,
  options: { otherwiseMs?: number | undefined } = {},
): number | undefined {
  const outcome = localExpiry(reading, io.now, io.clockOffsetMs)
  const assumed = options.otherwiseMs === undefined ? undefined : io.now + options.otherwiseMs
  const isPast = 'problem' in outcome && outcome.problem === 'past'
  // Said even if it was corrected here: any other reader of the same answer goes wrong.
  if (
    isPast ||
    ('problem' in outcome && assumed === undefined) ||
    (reading.kind === 'server' && io.clockOffsetMs !== 0)
  )
    io.noteSkew()
  if ('at' in outcome) return outcome.at ?? assumed
  return assumed ?? io.now
}

/**
 * Like {@link expiry}, where not knowing the end does no harm: a refresh token is simply tried. `idleMs` is how long it
 * lives unused, where the provider says so: the earlier end counts.
 */
export function optionalExpiry(
  io: ProviderIo,
  reading: Reading,
  options: { otherwiseMs?: number | undefined; idleMs?: number | undefined } = {},
): number | undefined {
  const outcome = localExpiry(reading, io.now, io.clockOffsetMs)
  const assumed = options.otherwiseMs === undefined ? undefined : io.now + options.otherwiseMs
  const stated = 'at' in outcome ? (outcome.at ?? assumed) : assumed
  if (options.idleMs === undefined) return stated
  return Math.min(stated ?? Number.POSITIVE_INFINITY, io.now + options.idleMs)
}

/** Headers with a bearer token (RFC 6750 §2.1). */
export function bearer(token: Secret | string): { authorization: string } {
  return { authorization: `Bearer ${typeof token === 'string' ? token : token.reveal()}` }
}

/** A `classify` from the statuses that the spec lists as `dead`: the refresh token is spent or revoked. */
export function spentWhen(statuses: readonly number[]): (failure: ProviderFailure) => Verdict | undefined {
  return ({ phase, status }) =>
    phase === 'refresh' && status !== undefined && statuses.includes(status) ? { kind: 'refresh-rejected' } : undefined
}

/**
 * A value that becomes one segment of a path. A typed client encodes what would end the segment (`/`, `?`, `#`); empty,
 * `.` and `..` survive encoding, and URLs resolve them to another path (WHATWG URL, "double-dot URL path segment").
 * @throws {ChaveiroError} `misconfigured` for those three; an id or an input was mistaken.
 */
export function pathSegment(value: string): string {
  if (value !== '' && value !== '.' && value !== '..') return value
  throw new ChaveiroError('misconfigured', 'A value in the path of a token call is empty, "." or "..".')
}
