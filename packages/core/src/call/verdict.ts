import type { ProviderFailure, TokenProvider } from '../provider/token-provider.ts'
import type { Verdict } from '../renewal.ts'

const CREDENTIALS_REJECTED = new Set([400, 401, 403, 404, 422])
const REFRESH_REJECTED = new Set([400, 401, 403])
const MISCONFIGURED = new Set([404, 405, 406, 410, 415, 422, 501])

/** The part of a provider that decides what a failed token call means. */
export type FailureRules = Pick<TokenProvider<never>, 'refreshKind' | 'repeat' | 'classify'>

/**
 * What a failed token call means. The provider's own rules come first; these are the defaults for what its documents
 * leave open. Pure.
 */
export function verdictOf(failure: ProviderFailure, rules: FailureRules, retryAfterMs: number | undefined): Verdict {
  return rules.classify?.(failure) ?? defaultVerdict(failure, rules, retryAfterMs)
}

function defaultVerdict(failure: ProviderFailure, rules: FailureRules, retryAfterMs: number | undefined): Verdict {
  if (failure.sent === 'no') return { kind: 'transient' }
  if (failure.sent === 'maybe')
    return { kind: mayHaveChangedSomething(failure, rules) ? 'outcome-unknown' : 'transient' }
  const { phase, status = 0 } = failure
  if (status === 425 || status === 429) return { kind: 'throttled', retryAfterMs }
  if (status === 503 && retryAfterMs !== undefined) return { kind: 'throttled', retryAfterMs }
  if (phase === 'acquire' && CREDENTIALS_REJECTED.has(status)) return { kind: 'credentials-rejected' }
  if (phase === 'refresh' && REFRESH_REJECTED.has(status)) return { kind: 'refresh-rejected' }
  if (status < 400 || MISCONFIGURED.has(status)) return { kind: 'misconfigured' }
  if (status === 408 || status >= 500) {
    // 503 without Retry-After counts as not applied (RFC 9110 §15.6.4); the rest may have been applied.
    const applied = status !== 503 && phase === 'refresh' && rules.refreshKind === 'single-use'
    return { kind: applied ? 'outcome-unknown' : 'transient', retryAfterMs }
  }
  return { kind: 'misconfigured' }
}

function mayHaveChangedSomething(failure: ProviderFailure, rules: FailureRules): boolean {
  return failure.phase === 'acquire' || (failure.phase === 'refresh' && rules.refreshKind === 'single-use')
}
