import { checkedAnswer } from '../call/call-once.ts'
import { ChaveiroError } from '../errors.ts'
import type { ConsentServices } from '../provider/consent.ts'
import { CallFailed, type CallFailure } from '../renewal.ts'
import type { Grant } from '../token/grant.ts'
import type { CodeAnswer } from './asking.ts'
import { type ConsentCall, ConsentCallFailed, consentCall } from './consent-call.ts'
import { consentError } from './consent-error.ts'

/** An exchange that failed. `isUnsent`: nothing left, so the code can be exchanged another time. */
export class ExchangeFailed extends Error {
  readonly reason: unknown
  readonly isUnsent: boolean

  constructor(reason: unknown, isUnsent: boolean) {
    super('The exchange failed.')
    this.reason = reason
    this.isUnsent = isUnsent
  }
}

/**
 * Exchanges a code: once, and again only while it was certainly not sent.
 * @throws {ExchangeFailed}
 */
export async function exchangeCode<Inputs, M>(
  services: ConsentServices<Inputs, M>,
  { exchange }: Pick<CodeAnswer<Inputs, M>, 'exchange'>,
  call: Omit<ConsentCall<Inputs, Grant<M>>, 'phase' | 'make' | 'check'>,
): Promise<Grant<M>> {
  try {
    return await consentCall(services, {
      ...call,
      phase: 'exchange',
      make: exchange,
      check: (grant, startedAt, noteSkew) => checkedAnswer('exchange', grant, startedAt, noteSkew),
    })
  } catch (error) {
    if (!(error instanceof ConsentCallFailed)) throw error
    const { failure, refused } = error
    const isUnsent = failure.sent === 'no'
    throw new ExchangeFailed(refused ? refused.reason : meaningOf(failure), isUnsent)
  }
}

/** What an exchange that failed means for the person. */
function meaningOf(failure: CallFailure): ChaveiroError {
  const { verdict, sent, status = 0, title, message } = failure
  const { kind } = verdict
  if (sent === 'no') return plainFailure(failure)
  const details = { status: failure.status, title }
  const isUnreadable = sent === 'answered' && status >= 200 && status <= 299
  if (sent === 'maybe') return consentError('The answer to the exchange was lost, and a code works only once.')
  if (isUnreadable) return consentError(`The answer to the exchange can’t be used. ${message ?? ''}`.trim(), details)
  if (kind === 'refresh-rejected') return consentError(`The provider did not accept the code${words(title)}.`, details)
  if (kind === 'misconfigured' || kind === 'credentials-rejected') return plainFailure(failure)
  if (kind === 'outcome-unknown')
    return consentError(`The exchange was answered with ${status}, and the code may be spent.`, details)
  const retryAfterMs = 'retryAfterMs' in verdict ? verdict.retryAfterMs : undefined
  const code = kind === 'throttled' ? 'throttled' : 'unavailable'
  return consentError(`The exchange was answered with ${status}.`, { ...details, retryAfterMs }, code)
}

/** Without what the engine knows of the call. */
export function plainFailure(failure: CallFailure): ChaveiroError {
  const failed = new CallFailed(failure)
  return new ChaveiroError(failed.code, failed.message, failed)
}

function words(title: string | undefined): string {
  return title === undefined ? '' : ` ("${title}")`
}
