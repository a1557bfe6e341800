import { isError, isErrorNamed } from '../brands.ts'
import { type ChaveiroError, type ErrorCode, isChaveiroError } from '../errors.ts'
import { connectionAdvice } from '../fetch/connection-advice.ts'
import { retryAfterMs } from '../fetch/retry-after.ts'
import type { Engine } from '../manager/engine.ts'
import type { ProviderPhase, Verdict } from '../provider/token-provider.ts'
import { showsSecret } from '../secret-traces.ts'
import { malformed } from '../token/grant.ts'
import { verdictOf } from './classification.ts'
import type { EndpointHealth } from './endpoint.ts'
import { type Exchange, failureOf, type GuardedIo, safeTitle } from './provider-io.ts'

/** The longest pause that a provider is granted. */
export const LONGEST_RETRY_AFTER_MS = 3_600_000

/** Why a token call failed, without any of what it was made with. */
export interface CallFailure {
  readonly verdict: Verdict
  readonly sent: Exchange['sent']
  /** What a parent scheme failed with, where it was that one. */
  readonly parent?: ChaveiroError | undefined
  readonly status: number | undefined
  readonly title: string | undefined
  /** A code of its own where the verdict's is too coarse, and the sentence that goes with it. */
  readonly code: ErrorCode | undefined
  readonly message: string | undefined
}

/** What a call ended with, whatever its provider's code made of it. */
export function describeFailure<Inputs, M>(
  engine: Engine<Inputs, M>,
  phase: ProviderPhase,
  error: unknown,
  guarded: GuardedIo | undefined,
): CallFailure {
  const last = guarded?.lastExchange()
  const secrets = guarded?.secrets() ?? []
  const title = safeTitle(last?.body, secrets)
  const facts = { sent: last?.sent ?? 'no', status: last?.status, title }
  // What a parent scheme failed with says nothing about the answer that this one got before.
  const isParents = isChaveiroError(error) && error.provider !== undefined && error.provider !== engine.provider.id
  if (isChaveiroError(error) && (error.code !== 'unavailable' || isParents)) {
    const verdict = capped(verdictOfCode(error.code, error.retryAfterMs, phase === 'acquire' && !isParents))
    // A provider may throw one of its own, with whatever it likes in it.
    const message = showsSecret(error.message, secrets) ? undefined : error.message
    return { ...facts, verdict, code: error.code, message, parent: isParents ? error : undefined }
  }
  const succeeded = last?.sent === 'answered' && last.status !== undefined && last.status >= 200 && last.status < 300
  const timedOut = isErrorNamed(error, 'TimeoutError')
  if (succeeded && isErrorNamed(error, 'SyntaxError')) {
    const { code, message } = malformed('something else than JSON')
    return { ...facts, verdict: { kind: 'misconfigured' }, code, message }
  }
  if ((last === undefined || succeeded) && !timedOut && !isChaveiroError(error)) {
    return { ...facts, ...fault(engine.provider.id, `${phase}()`, error) }
  }
  const hint = last?.headers && retryAfterMs(last.headers, engine.clock.now(), engine.retryPolicy.hints)
  try {
    const verdict = capped(verdictOf(failureOf(phase, last), engine.provider, hint))
    const advice = last?.sent === 'answered' ? undefined : connectionAdvice(error)
    const message = advice && `${engine.provider.id}: ${advice}`
    return { ...facts, verdict, code: timedOut ? 'timeout' : undefined, message }
  } catch (thrown) {
    return { ...facts, ...fault(engine.provider.id, 'classify()', thrown) }
  }
}

/** What a provider's own code threw; its message may quote a secret. */
function fault(provider: string, where: string, error: unknown): Pick<CallFailure, 'verdict' | 'code' | 'message'> {
  const name = isError(error) ? error.name : typeof error
  const message = `The provider ${provider} threw ${name} in ${where}; that is a fault in its code.`
  return { verdict: { kind: 'misconfigured' }, code: undefined, message }
}

function capped(verdict: Verdict): Verdict {
  if (!('retryAfterMs' in verdict) || verdict.retryAfterMs === undefined) return verdict
  return { ...verdict, retryAfterMs: Math.min(verdict.retryAfterMs, LONGEST_RETRY_AFTER_MS) }
}

function verdictOfCode(code: ErrorCode, hint: number | undefined, isAboutInputs: boolean): Verdict {
  switch (code) {
    case 'credentials-rejected':
      return { kind: 'credentials-rejected' }
    case 'reauthorization-required':
      // Inputs that cannot bring a token any more are remembered: nothing is asked again until they change.
      return { kind: isAboutInputs ? 'credentials-rejected' : 'refresh-rejected' }
    case 'throttled':
      return { kind: 'throttled', retryAfterMs: hint }
    case 'timeout':
    case 'aborted':
    case 'store':
    case 'conflict':
    case 'unavailable':
    case 'closed':
      return { kind: 'transient', retryAfterMs: hint }
    case 'misconfigured':
    case 'malformed-response':
    case 'origin':
      return { kind: 'misconfigured' }
  }
}

/** May the server have done what it was asked for, although its answer brought nothing? */
export function mayHaveActed({ sent, status = 0 }: CallFailure): boolean {
  if (sent !== 'answered') return sent === 'maybe'
  // 503 counts as not applied (RFC 9110 §15.6.4), and so does every other refusal; a success that cannot be read was applied.
  return status < 400 || status === 408 || (status >= 500 && status !== 503)
}

/** What a failed call tells of the endpoint: a refusal is an answer, a pause asked for is neither. */
export function healthOf({ verdict, sent }: CallFailure, last: Exchange | undefined): EndpointHealth {
  if (last === undefined || verdict.kind === 'throttled') return 'unknown'
  if (verdict.kind === 'transient' || verdict.kind === 'outcome-unknown') return 'down'
  return sent === 'answered' ? 'up' : 'unknown'
}
