import { sleep } from '../clock.ts'
import { discardBody } from '../http/body-reader.ts'
import { type Failure, failureOfError, failureOfResponse } from '../http/failure.ts'
import type { Fetch } from '../http/fetch.ts'
import { type AttemptRecord, recordAttempts } from './attempts-report.ts'
import { type Attempt, Call, type RetryRequestInit } from './call.ts'
import { sendAnywhere } from './redirect.ts'
import { type GiveUpReason, retryDecision } from './retry-decision.ts'
import { type ResolvedRetryPolicy, type RetryFetchOptions, resolveRetryOptions } from './retry-options.ts'

/** A `fetch` that tries again. A {@link Fetch} that also takes a function as a body. */
export type RetryFetch = (input: string | URL | Request, init?: RetryRequestInit) => Promise<Response>

/**
 * Wraps any `fetch` so that calls which failed for a passing reason are sent again: with jittered backoff, by the
 * server's `Retry-After`, within a deadline and a budget, and never when that could apply a request twice.
 *
 * The caller always gets the server's last response, or the original error. `attemptsOf` tells what happened.
 *
 * @throws TypeError for an option that makes no sense.
 * @example
 * const fetch = retryFetch(globalThis.fetch, { maxAttempts: 5 })
 * const response = await fetch('https://api.example.com/orders')
 */
export function retryFetch(fetch: Fetch, options?: RetryFetchOptions): RetryFetch {
  const policy = resolveRetryOptions(options)
  return (input, init) => retrying(input, init, policy, (attempt) => sendAnywhere(attempt, fetch, policy.clock))
}

const FIRST_TRY_REFUND = 1

/**
 * The retry loop around `send`, which makes one attempt of the call. `send` may transmit more than once, for a refused
 * token for example: that costs neither an attempt nor budget.
 */
export async function retrying(
  input: string | URL | Request,
  init: RetryRequestInit | undefined,
  policy: ResolvedRetryPolicy,
  send: (attempt: Attempt) => Promise<Response>,
): Promise<Response> {
  const { budget, clock } = policy
  const call = new Call(input, init ?? {}, policy)
  const history: AttemptRecord[] = []
  let waitedMs = 0
  let refund = FIRST_TRY_REFUND
  const report = (outcome: unknown, giveUp?: GiveUpReason): void =>
    recordAttempts(outcome, {
      attempts: call.number,
      waitedMs,
      giveUp,
      ...(call.tokenFailure && { tokenFailure: call.tokenFailure }),
      history,
    })
  try {
    const reading = call.prepare()
    if (reading) await reading
    for (;;) {
      call.number += 1
      let response: Response | undefined
      let error: unknown
      let failure: Failure | undefined
      try {
        response = await send(call)
        failure = failureOfResponse(response, policy)
        if (!failure) {
          if (!budget.isFull()) budget.give(call.origin, refund)
          history.push({ status: response.status })
          report(response)
          return response
        }
      } catch (thrown) {
        error = thrown
        failure = failureOfError(thrown)
      }

      const record = { status: response?.status, failure: failure.kind, code: failure.code }
      const decision = retryDecision(call.state(), failure, policy)
      if (decision.type === 'stop') {
        const aborted = decision.reason === 'aborted'
        const outcome: unknown = aborted ? call.callerSignal?.reason : (response ?? error)
        history.push(record)
        report(outcome, decision.reason)
        if (response && !aborted) return response
        if (response) void discardBody(response, clock)
        throw outcome
      }

      const { delayMs, source, cost } = decision
      history.push({ ...record, delayMs, delaySource: source })
      budget.take(call.origin, cost)
      refund = cost
      const discarded = response && discardBody(response, clock)
      try {
        await sleep(clock, delayMs, call.signal)
      } catch (reason) {
        // The retry that was paid for is not made.
        budget.give(call.origin, cost)
        report(reason, 'aborted')
        throw reason
      }
      // Seldom longer than the delay: its connection is free again for the next attempt.
      await discarded
      waitedMs += delayMs
    }
  } catch (outcome) {
    call.abandon(outcome)
    throw outcome
  } finally {
    call.close()
  }
}
