import { isError, isErrorNamed } from '../brands.ts'
import { ACTIONS, type ErrorCode, isChaveiroError } from '../errors.ts'
import { connectionAdvice, refusesCertificate } from '../http/connection-advice.ts'
import { retryAfterMs } from '../http/retry-after.ts'
import type { CallFailure, ProviderPhase, Verdict } from '../renewal.ts'
import { showsSecret } from '../secret-traces.ts'
import { malformed } from '../token/grant.ts'
import type { CallServices } from './call-services.ts'
import { type GuardedIo, safeTitle } from './guarded-io.ts'
import { verdictOf } from './verdict.ts'

/** The longest pause that a provider can ask for. */
const LONGEST_RETRY_AFTER_MS = 3_600_000

/** Why a call failed, whatever the provider's code threw. */
export function describeFailure<Inputs, M>(
  { provider, clock }: Pick<CallServices<Inputs, M>, 'provider' | 'clock'>,
  phase: ProviderPhase,
  error: unknown,
  guarded: GuardedIo | undefined,
): CallFailure {
  const last = guarded?.lastExchange()
  const secrets = guarded?.secrets() ?? []
  const title = safeTitle(last?.body, secrets)
  const facts = { sent: last?.sent ?? 'no', isTried: last !== undefined, status: last?.status, title } as const
  // A parent scheme's failure says nothing about the answer that this scheme got before.
  const isParents = isChaveiroError(error) && error.provider !== undefined && error.provider !== provider.id
  if (isChaveiroError(error) && (error.code !== 'unavailable' || isParents)) {
    const verdict = capped(verdictOfCode(error.code, error.retryAfterMs, phase === 'acquire' && !isParents))
    // A provider may throw an error of its own, with any text in it.
    const message = showsSecret(error.message, secrets) ? undefined : error.message
    return { ...facts, verdict, code: error.code, message, parent: isParents ? error : undefined }
  }
  const succeeded = last?.sent === 'answered' && last.status !== undefined && last.status >= 200 && last.status < 300
  const timedOut = isErrorNamed(error, 'TimeoutError')
  if (succeeded && isErrorNamed(error, 'SyntaxError')) {
    const { code, message } = malformed('something other than JSON')
    return { ...facts, verdict: { kind: 'misconfigured' }, code, message }
  }
  if ((last === undefined || succeeded) && !timedOut && !isChaveiroError(error)) {
    return { ...facts, ...fault(`${phase}()`, error) }
  }
  const hint = last?.headers && retryAfterMs(last.headers, clock.now(), provider.hints)
  try {
    const verdict = capped(verdictOf({ phase, ...(last ?? { sent: 'no' }) }, provider, hint))
    const advice = last?.sent === 'answered' ? undefined : connectionAdvice(error)
    // The server may know the certificate tomorrow, so the call is tried again; the caller has to correct something.
    const isRefused = last?.sent === 'no' && refusesCertificate(error)
    // What kept the provider's code from calling at all.
    const reason = last === undefined && isChaveiroError(error) && !showsSecret(error.message, secrets) && error.message
    const message = verdict.kind === 'unexpected-answer' ? unexpected(last?.status) : reason || advice
    const code = timedOut ? 'timeout' : isRefused ? 'misconfigured' : undefined
    return { ...facts, verdict, code, message }
  } catch (thrown) {
    return { ...facts, ...fault('classify()', thrown) }
  }
}

function unexpected(status = 0): string {
  return `The token call was answered with ${status} and no JSON object. A firewall or a proxy in between may have answered it: check the network.`
}

/** An error in a provider's own code. Its message may quote a secret, so it is not passed on. */
function fault(where: string, error: unknown): Pick<CallFailure, 'verdict' | 'code' | 'message'> {
  const name = isError(error) ? error.name : typeof error
  const message = `The provider threw ${name} in ${where}: a bug in its code.`
  return { verdict: { kind: 'misconfigured' }, code: undefined, message }
}

function capped(verdict: Verdict): Verdict {
  if (!('retryAfterMs' in verdict) || verdict.retryAfterMs === undefined) return verdict
  return { ...verdict, retryAfterMs: Math.min(verdict.retryAfterMs, LONGEST_RETRY_AFTER_MS) }
}

function verdictOfCode(code: ErrorCode, hint: number | undefined, isAboutInputs: boolean): Verdict {
  // Inputs that can't bring a token any more are remembered, and not tried again until they change.
  const isDenied = code === 'credentials-rejected' || (code === 'reauthorization-required' && isAboutInputs)
  if (isDenied) return { kind: 'credentials-rejected' }
  if (code === 'reauthorization-required') return { kind: 'refresh-rejected' }
  if (ACTIONS[code] === 'fix-configuration') return { kind: 'misconfigured' }
  return { kind: code === 'throttled' ? 'throttled' : 'transient', retryAfterMs: hint }
}
