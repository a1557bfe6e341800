import { isObject } from '../brands.ts'
import { isFields } from '../notes.ts'
import type { ProviderFailure } from '../provider/provider-io.ts'
import type { TokenProvider } from '../provider/token-provider.ts'
import type { Verdict } from '../renewal.ts'

const INPUTS_DENIED = new Set([400, 401, 403, 404, 422])
const REFRESH_DENIED = new Set([400, 401, 403])
const MISCONFIGURED = new Set([404, 405, 406, 410, 415, 422, 501])
// Where the provider documents a lock-out, these deny whatever the body is: one try too many locks the account.
const DENIED_WHERE_LOCKED_OUT = new Set([400, 401, 403])

/**
 * What an error code means (RFC 6749 §5.2 and §4.1.2.1, RFC 8628 §3.5) where the status says something else. For a code
 * that is not listed, the status decides.
 */
const MEANINGS: Readonly<Record<string, Verdict['kind']>> = {
  invalid_request: 'misconfigured',
  invalid_scope: 'misconfigured',
  unsupported_grant_type: 'misconfigured',
  invalid_client: 'credentials-rejected',
  unauthorized_client: 'credentials-rejected',
  temporarily_unavailable: 'transient',
  server_error: 'transient',
  slow_down: 'throttled',
}

/** The part of a provider that decides what a failed token call means. */
export type FailureRules = Pick<TokenProvider<never>, 'refreshKind' | 'repeat' | 'classify' | 'probeRejected'>

/**
 * What a failed token call means. The provider's own rules come first, then the defaults for what its documents leave
 * open. Pure.
 *
 * Only an answer from the provider itself denies: a firewall's page says nothing about keys.
 */
export function verdictOf(failure: ProviderFailure, rules: FailureRules, retryAfterMs: number | undefined): Verdict {
  const own = rules.classify?.(failure)
  const verdict = own ?? defaultVerdict(failure, rules, retryAfterMs)
  const isDenial = verdict.kind === 'refresh-rejected' || verdict.kind === 'credentials-rejected'
  if (!isDenial || failure.sent !== 'answered' || locksOut(failure, rules)) return verdict
  if (!isFromProvider(failure)) return { kind: 'unexpected-answer' }
  return (own ? undefined : byErrorCode(failure, retryAfterMs)) ?? verdict
}

function defaultVerdict(failure: ProviderFailure, rules: FailureRules, retryAfterMs: number | undefined): Verdict {
  if (failure.sent === 'no') return { kind: 'transient' }
  if (failure.sent === 'maybe')
    return { kind: mayHaveChangedSomething(failure, rules) ? 'outcome-unknown' : 'transient' }
  const { phase, status = 0 } = failure
  if (status === 425 || status === 429) return { kind: 'throttled', retryAfterMs }
  if (status === 503 && retryAfterMs !== undefined) return { kind: 'throttled', retryAfterMs }
  if ((phase === 'acquire' || phase === 'show') && INPUTS_DENIED.has(status)) return { kind: 'credentials-rejected' }
  // RFC 6749 §5.2: a code that is spent is answered with 400, a client that is wrong with 401.
  if (phase === 'exchange' && REFRESH_DENIED.has(status))
    return { kind: status === 400 ? 'refresh-rejected' : 'credentials-rejected' }
  if (phase === 'refresh' && REFRESH_DENIED.has(status)) return { kind: 'refresh-rejected' }
  if (status < 400 || MISCONFIGURED.has(status)) return { kind: 'misconfigured' }
  if (status === 408 || status >= 500) {
    // 503 without Retry-After counts as not applied (RFC 9110 §15.6.4); the rest may have been applied.
    const applied = status !== 503 && phase !== 'acquire' && mayHaveChangedSomething(failure, rules)
    return { kind: applied ? 'outcome-unknown' : 'transient', retryAfterMs }
  }
  return { kind: 'misconfigured' }
}

function mayHaveChangedSomething(failure: ProviderFailure, rules: FailureRules): boolean {
  const { phase } = failure
  return phase === 'acquire' || phase === 'exchange' || (phase === 'refresh' && rules.refreshKind === 'single-use')
}

function locksOut({ status = 0 }: ProviderFailure, { probeRejected }: FailureRules): boolean {
  return probeRejected === false && DENIED_WHERE_LOCKED_OUT.has(status)
}

/** A JSON object, or the challenge that RFC 9110 §15.5.2 demands of a 401. */
function isFromProvider({ status, headers, body }: ProviderFailure): boolean {
  return isFields(body) || (status === 401 && headers?.has('www-authenticate') === true)
}

function byErrorCode({ body }: ProviderFailure, retryAfterMs: number | undefined): Verdict | undefined {
  const { error }: { error?: unknown } = isObject(body) ? body : {}
  const kind = typeof error === 'string' && Object.hasOwn(MEANINGS, error) ? MEANINGS[error] : undefined
  if (kind === undefined) return undefined
  return kind === 'transient' || kind === 'throttled' ? { kind, retryAfterMs } : { kind }
}
