import { isObject } from '../brands.ts'
import { ChaveiroError } from '../errors.ts'
import {
  CallFailed,
  type CallFailure,
  type ProviderPhase,
  type Renew,
  type ResolvedInputs,
  type Turn,
} from '../renewal.ts'
import { requestedExpiries } from '../requested-expiries.ts'
import { untilDeadline } from '../timeout.ts'
import { checkGrant, type Grant, malformed, rescueIn, secretsIn } from '../token/grant.ts'
import type { CallServices } from './call-services.ts'
import { describeFailure } from './describe-failure.ts'
import { type GuardedIo, guardedIo } from './guarded-io.ts'

/** The innermost `Renew`: one call to the provider. */
export function callOnce<Inputs, M>(
  services: CallServices<Inputs, M>,
  inputsOf: (turn: Turn<unknown>) => Promise<ResolvedInputs<Inputs>>,
): Renew<M> {
  const { provider, clock, emit } = services
  const canFindLost = provider.list !== undefined && provider.revoke !== undefined
  return async (turn) => {
    const { inputs, secrets } = await inputsOf(turn)
    const { account, kept, notes, signal: given } = turn
    const phase = turn.call === 'acquire' ? 'acquire' : 'refresh'
    const current = kept.held?.token
    let startedAt = 0
    const before = requestedExpiries.of(notes)
    let guarded: GuardedIo | undefined
    let answer: Grant<M> | undefined
    let offsetMs: number | undefined
    let isSkewed = false
    const noteSkew = (): void => {
      if (!isSkewed) emit(account, { type: 'clock.skew' })
      isSkewed = true
    }
    // Losing the turn means that no call was made, so it isn't a failure of the provider.
    let lost: { readonly reason: unknown } | undefined
    const confirm = async (): Promise<void> => {
      try {
        await turn.confirm()
      } catch (reason) {
        lost ??= { reason }
        throw reason
      }
    }
    // If the turn is lost already, no call is made and no event emitted.
    await turn.confirm()
    given.throwIfAborted()
    const isRepeat = turn.budget.calls > 0
    turn.budget.calls += 1
    emit(account, { type: 'refresh.started', renewal: turn.renewal, attempts: turn.budget.calls })
    try {
      const send = async (signal: AbortSignal): Promise<Grant<M> | undefined> => {
        const fetch = (isRepeat && services.freshFetch) || services.fetch
        guarded = guardedIo(
          { ...services, fetch },
          {
            account,
            signal,
            secrets: [...secretsIn(current ?? {}), ...secrets],
            // Again, because the provider may have waited for a parent's token or computed something.
            beforeSending: confirm,
            noteRequestedExpiry: async (end) => {
              if (canFindLost)
                requestedExpiries.put(notes, [...(requestedExpiries.of(notes) ?? []), { end, by: services.self() }])
            },
            onSent: turn.markSent,
            onSkew: noteSkew,
            onOffset: (ms) => {
              offsetMs = ms
            },
          },
        )
        // Not earlier: an end that can't be read counts as this instant, and writing the claim takes time.
        startedAt = guarded.io.now
        return phase === 'refresh' && current !== undefined
          ? provider.refresh?.(guarded.io, current, inputs)
          : provider.acquire?.(guarded.io, inputs, current)
      }
      answer = await untilDeadline(clock, services.tokenCallTimeoutMs, send, given)
      const checked = checkedAnswer(phase, answer, startedAt, noteSkew)
      requestedExpiries.put(notes, before)
      // Only from an answer with a token: a page of a proxy has a clock of its own.
      if (offsetMs !== undefined) services.noteClockOffset(offsetMs)
      return checked
    } catch (error) {
      if (lost) {
        if ((guarded?.lastExchange()?.sent ?? 'no') === 'no') requestedExpiries.put(notes, before)
        throw lost.reason
      }
      if (given.aborted) requestedExpiries.put(notes, before)
      given.throwIfAborted()
      const failure = describeFailure(services, phase, error, guarded)
      if (!mayHaveActed(failure)) requestedExpiries.put(notes, before)
      const rescue = rescueIn(error) ?? rescueIn(answer)
      const spends = phase === 'acquire' || provider.refreshKind === 'single-use'
      throw new CallFailed(spends && !rescue ? unreadableIsLost(failure) : failure, rescue)
    }
  }
}

/**
 * Checks the answer again, because providers don't have to use the helpers. A token that expired during the call is
 * kept: the clock was set forward or the machine slept, and its refresh token is the only one left.
 */
export function checkedAnswer<M>(
  phase: ProviderPhase,
  answer: Grant<M> | undefined,
  startedAt: number,
  noteSkew: () => void,
): Grant<M> {
  if (!isObject(answer)) {
    throw new ChaveiroError('misconfigured', `The provider returned no token from ${phase}().`)
  }
  const checked = checkGrant<M>(answer)
  if (checked.expiresAt !== undefined && checked.expiresAt <= startedAt) {
    noteSkew()
    throw malformed('an expired token')
  }
  return checked
}

/** Whether the server may have applied the call, although its answer was unusable. */
export function mayHaveActed({ sent, status = 0 }: CallFailure): boolean {
  if (sent !== 'answered') return sent === 'maybe'
  // 503 counts as not applied (RFC 9110 §15.6.4), and so does a 4xx but 408. A success that can't be read was applied.
  return status < 400 || status === 408 || (status >= 500 && status !== 503)
}

/** A success is the surest sign that the call was applied, even if it cannot be read (RFC 6749 §5.1). */
function unreadableIsLost(failure: CallFailure): CallFailure {
  const { verdict, sent, status = 0, code } = failure
  if (verdict.kind !== 'misconfigured' || sent !== 'answered' || status < 200 || status > 299) return failure
  // If the provider's code could read the answer, for example as another account's, its verdict stays.
  if (code !== undefined && code !== 'malformed-response') return failure
  return { ...failure, verdict: { kind: 'outcome-unknown' }, code: code ?? 'misconfigured' }
}
