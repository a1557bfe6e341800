import type { AccountRef } from '../account-ref.ts'
import { checkedAnswer } from '../call/call-once.ts'
import { describeFailure } from '../call/describe-failure.ts'
import { type GuardedIo, guardedIo } from '../call/guarded-io.ts'
import { sleep } from '../clock.ts'
import { ChaveiroError } from '../errors.ts'
import type { CodeToExchange, ConsentFlow, ConsentServices } from '../provider/consent.ts'
import { CallFailed, type CallFailure, type ResolvedInputs } from '../renewal.ts'
import { untilDeadline } from '../timeout.ts'
import type { Grant } from '../token/grant.ts'
import { consentError } from './consent-error.ts'

const MOST_TRIES = 3
const PAUSE_MS = 200

/** What an exchange is made with. */
export interface ExchangeCall<Inputs> {
  readonly account: AccountRef
  readonly inputs: ResolvedInputs<Inputs>
  readonly code: CodeToExchange
  /** What must not be shown, besides the inputs' own secrets. */
  readonly secrets: readonly string[]
  /** Waited for before each request leaves; when it rejects, none does. */
  readonly beforeSending: () => Promise<void>
}

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
  flow: Pick<ConsentFlow<Inputs, M>, 'exchange'>,
  call: ExchangeCall<Inputs>,
): Promise<Grant<M>> {
  const { clock } = services
  for (let tries = 1; ; tries += 1) {
    const outcome = await tryOnce(services, flow, call, tries > 1)
    if ('grant' in outcome) return outcome.grant
    const { failure, thrown } = outcome
    const isUnsent = failure.sent === 'no'
    if (!isUnsent || !failure.isTried || tries === MOST_TRIES)
      throw new ExchangeFailed(isUnsent && !failure.isTried ? (thrown ?? plain(failure)) : meaningOf(failure), isUnsent)
    await sleep(clock, PAUSE_MS * 2 ** tries)
  }
}

type Outcome<M> = { grant: Grant<M> } | { failure: CallFailure; thrown: unknown }

async function tryOnce<Inputs, M>(
  services: ConsentServices<Inputs, M>,
  flow: Pick<ConsentFlow<Inputs, M>, 'exchange'>,
  { account, inputs, code, secrets, beforeSending }: ExchangeCall<Inputs>,
  isRepeat: boolean,
): Promise<Outcome<M>> {
  const { provider, clock, fetch, freshFetch, tokenCallTimeoutMs, parentToken, emit } = services
  let guarded: GuardedIo | undefined
  let offsetMs: number | undefined
  let refused: { readonly reason: unknown } | undefined
  const noteSkew = (): void => emit(account, { type: 'clock.skew' })
  const send = async (signal: AbortSignal): Promise<Grant<M>> => {
    guarded = guardedIo({
      provider,
      fetch: (isRepeat && freshFetch) || fetch,
      account,
      clock,
      signal,
      secrets: [...secrets, ...inputs.secrets],
      token: (scheme, options) => parentToken(account, scheme, options),
      beforeSending: async () => {
        try {
          await beforeSending()
        } catch (reason) {
          refused = { reason }
          throw reason
        }
      },
      noteRequestedExpiry: async () => {},
      onSent: () => {},
      onSkew: noteSkew,
      onOffset: (ms) => {
        offsetMs = ms
      },
    })
    startedAt = guarded.io.now
    return flow.exchange(guarded.io, code, inputs.inputs)
  }
  let startedAt = 0
  try {
    const answer = await untilDeadline(clock, tokenCallTimeoutMs, send, undefined, { afterSuspension: true })
    const grant = checkedAnswer('exchange', answer, startedAt, noteSkew)
    if (offsetMs !== undefined) services.noteClockOffset(offsetMs)
    return { grant }
  } catch (error) {
    return { failure: describeFailure(services, 'exchange', error, guarded), thrown: refused?.reason }
  }
}

/** What an exchange that failed means for the person. */
function meaningOf(failure: CallFailure): ChaveiroError {
  const { verdict, sent, status = 0, title, message } = failure
  const { kind } = verdict
  if (sent === 'no') return plain(failure)
  const details = { status: failure.status, title }
  const isUnreadable = sent === 'answered' && status >= 200 && status <= 299
  if (sent === 'maybe') return consentError('The answer to the exchange was lost, and a code is good for one.')
  if (isUnreadable) return consentError(`The answer to the exchange can’t be used. ${message ?? ''}`.trim(), details)
  if (kind === 'refresh-rejected') return consentError(`The provider did not take the code${words(title)}.`, details)
  if (kind === 'misconfigured' || kind === 'credentials-rejected') return plain(failure)
  if (kind === 'outcome-unknown')
    return consentError(`The exchange was answered with ${status}, and the code may be spent.`, details)
  const retryAfterMs = 'retryAfterMs' in verdict ? verdict.retryAfterMs : undefined
  const code = kind === 'throttled' ? 'throttled' : 'unavailable'
  return consentError(`The exchange was answered with ${status}.`, { ...details, retryAfterMs }, code)
}

/** Without what the engine knows of the call. */
function plain(failure: CallFailure): ChaveiroError {
  const failed = new CallFailed(failure)
  return new ChaveiroError(failed.code, failed.message, failed)
}

function words(title: string | undefined): string {
  return title === undefined ? '' : ` ("${title}")`
}
