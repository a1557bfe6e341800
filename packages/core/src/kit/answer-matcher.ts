import { isObject } from '../brands.ts'
import type { ProviderFailure } from '../provider/provider-io.ts'
import type { ProviderPhase, Verdict } from '../renewal.ts'

/** What a field or a header has to be: one value, or any of several. */
type OneOrSeveral<Value> = Value | readonly Value[]

/** An answer that a spec gives a meaning. All that it says has to hold. */
export interface AnswerMatcher {
  /** A status, or a range as OpenAPI writes it. */
  readonly status: number | '2XX' | '3XX' | '4XX' | '5XX'
  /** By JSON Pointer (RFC 6901). Compared as JSON: `1` is not `"1"`. */
  readonly body?: Readonly<Record<string, OneOrSeveral<string | number | boolean | null>>> | undefined
  /** By name. Names and values are compared without regard to case. */
  readonly header?: Readonly<Record<string, OneOrSeveral<string>>> | undefined
}

/** What answers of one kind of token call mean. The first one that fits counts, in this order. */
export interface AnswerMeanings {
  /** The refresh token is spent or revoked; of an exchange, the code. */
  readonly dead?: readonly AnswerMatcher[] | undefined
  /** The keys are wrong: they are not sent again until they change or are probed. */
  readonly denied?: readonly AnswerMatcher[] | undefined
  /** The request is wrong, and stays so until the configuration changes. */
  readonly misconfigured?: readonly AnswerMatcher[] | undefined
}

/** The calls that bring a token. */
type IssuingPhase = Exclude<ProviderPhase, 'revoke' | 'list'>

const VERDICTS = [
  ['dead', 'refresh-rejected'],
  ['denied', 'credentials-rejected'],
  ['misconfigured', 'misconfigured'],
] as const

/** A `classify` from what the spec says about the answers of each token call. What fits nothing is left to the engine. */
export function classifyBy(
  meanings: Readonly<Partial<Record<IssuingPhase, AnswerMeanings>>>,
): (failure: ProviderFailure) => Verdict | undefined {
  return ({ phase, status, headers = new Headers(), body }) => {
    if (status === undefined || phase === 'revoke' || phase === 'list') return undefined
    const answer = { status, headers, body }
    const found = VERDICTS.find(([word]) => matchesAny(meanings[phase]?.[word], answer))
    return found && { kind: found[1] }
  }
}

/** What a matcher looks at. */
interface MatchedAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

/** Does one of the matchers fit? */
export function matchesAny(matchers: readonly AnswerMatcher[] | undefined, answer: MatchedAnswer): boolean {
  return matchers?.some((matcher) => matches(matcher, answer)) ?? false
}

function matches({ status, body = {}, header = {} }: AnswerMatcher, answer: MatchedAnswer): boolean {
  const isStatus = typeof status === 'number' ? status === answer.status : status[0] === String(answer.status)[0]
  return (
    isStatus &&
    Object.entries(body).every(([pointer, wanted]) => isOneOf(wanted, valueAt(answer.body, pointer))) &&
    Object.entries(header).every(([name, wanted]) => {
      const value = answer.headers.get(name)?.toLowerCase()
      return isOneOf(typeof wanted === 'string' ? wanted.toLowerCase() : wanted.map((one) => one.toLowerCase()), value)
    })
  )
}

function isOneOf(wanted: OneOrSeveral<unknown>, value: unknown): boolean {
  return Array.isArray(wanted) ? wanted.includes(value) : wanted === value
}

function valueAt(body: unknown, pointer: string): unknown {
  const segments = pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
  return segments.reduce<unknown>(
    (value, segment) => (isObject(value) && Object.hasOwn(value, segment) ? Reflect.get(value, segment) : undefined),
    body,
  )
}
