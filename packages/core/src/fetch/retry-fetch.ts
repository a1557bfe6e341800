import { sleep } from '../clock.ts'
import { type Attempt, openCall, type RetryRequestInit } from './attempt.ts'
import { type AttemptRecord, recordAttempts } from './attempts.ts'
import { discardBody } from './discard-body.ts'
import { type Failure, failureOfError, failureOfResponse } from './failure.ts'
import type { Fetch } from './fetch.ts'
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
  return (input, init) => retrying(input, init, policy, (attempt) => attempt.transmit(fetch, attempt.headers))
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
  const call = openCall(input, init, policy)
  const history: AttemptRecord[] = []
  let waitedMs = 0
  let refund = FIRST_TRY_REFUND
  const report = (outcome: unknown, giveUp?: GiveUpReason): void =>
    recordAttempts(outcome, { attempts: call.number, waitedMs, giveUp, history })
  try {
    call.callerSignal?.throwIfAborted()
    const reading = call.prepare()
    if (reading) await reading
    for (;;) {
      call.number += 1
      const { response, error, failure } = await outcomeOf(send, call, policy)
      if (!failure) {
        if (!budget.isFull()) budget.give(call.origin(), refund)
        history.push({ status: response.status })
        report(response)
        return response
      }

      const origin = call.origin()
      const record = { status: response?.status, failure: failure.kind, code: failure.code }
      const decision = retryDecision(call.state(budget.left(origin)), failure, policy)
      if (decision.type === 'stop') {
        history.push(record)
        if (decision.reason === 'aborted') {
          if (response) void discardBody(response, clock)
          report(call.callerSignal?.reason, decision.reason)
          throw call.callerSignal?.reason
        }
        report(response ?? error, decision.reason)
        if (response) return response
        throw error
      }

      const { delayMs, source, cost } = decision
      history.push({ ...record, delayMs, delaySource: source })
      budget.take(origin, cost)
      refund = cost
      const discarded = response && discardBody(response, clock)
      try {
        await sleep(clock, delayMs, call.signal)
      } catch (reason) {
        // The retry that was paid for is not made.
        budget.give(origin, cost)
        report(reason, 'aborted')
        throw reason
      }
      // Seldom longer than the delay: its connection is free again for the next attempt.
      await discarded
      waitedMs += delayMs
    }
  } finally {
    call.close()
  }
}

type Outcome =
  | { response: Response; error?: undefined; failure: undefined }
  | { response?: Response | undefined; error?: unknown; failure: Failure }

async function outcomeOf(
  send: (attempt: Attempt) => Promise<Response>,
  call: Attempt,
  policy: ResolvedRetryPolicy,
): Promise<Outcome> {
  try {
    const response = await send(call)
    const failure = failureOfResponse(response, policy)
    return failure ? { response, failure } : { response, failure }
  } catch (error) {
    return { error, failure: failureOfError(error) }
  }
}
