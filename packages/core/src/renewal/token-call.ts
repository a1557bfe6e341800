import type { AccountState } from '../account/account-state.ts'
import type { FlightControl } from '../account/single-flight.ts'
import { sleep } from '../clock.ts'
import { type ErrorCode, isChaveiroError } from '../errors.ts'
import { backoffMs } from '../fetch/backoff.ts'
import { retryAfterMs } from '../fetch/retry-after.ts'
import { type Engine, emit } from '../manager/engine.ts'
import type { Grant, Verdict } from '../provider/token-provider.ts'
import { grant } from '../token/grant.ts'
import { verdictOf } from './classification.ts'
import type { ResolvedInputs } from './credentials.ts'
import { untilDeadline } from './deadline.ts'
import { type Exchange, failureOf, guardedIo, safeTitle } from './provider-io.ts'

const CALLS_PER_FLIGHT = 3
const LONGEST_RETRY_AFTER_MS = 3_600_000

/** Why a token call failed, without any of what it was made with. */
export interface CallFailure {
  readonly verdict: Verdict
  readonly sent: Exchange['sent']
  readonly status: number | undefined
  readonly title: string | undefined
  /** A code of its own where the verdict's is too coarse, and the sentence that goes with it. */
  readonly code: ErrorCode | undefined
  readonly message: string | undefined
}

export type CallResult<M> =
  | { readonly ok: true; readonly grant: Grant<M> }
  | { readonly ok: false; readonly failure: CallFailure }

/** One flight's calls: how many are left, and what must be done before each. */
export interface CallTurn {
  readonly state: Pick<AccountState<unknown>, 'ref' | 'key'>
  readonly control: FlightControl
  /** Monotonic instant at which the flight's time is over. */
  readonly deadline: number
  /** Counted across refresh and acquire. */
  calls: number
  /** Called just before each call; keeps a claim fresh. */
  readonly before: () => Promise<void>
}

/** Calls the provider, again only where that cannot do harm (rule 8), and says what came of it. */
export async function callProvider<Inputs, M>(
  engine: Engine<Inputs, M>,
  phase: 'acquire' | 'refresh',
  current: Grant<M> | undefined,
  resolved: ResolvedInputs<Inputs>,
  turn: CallTurn,
): Promise<CallResult<M>> {
  let lostAcquires = 0
  for (let repeats = 0; ; repeats += 1) {
    turn.calls += 1
    const result = await callOnce(engine, phase, current, resolved, turn)
    if (result.ok) return result
    const { verdict, sent } = result.failure
    if (phase === 'acquire' && verdict.kind === 'outcome-unknown') lostAcquires += 1
    const wait = repeatAfterMs(engine, phase, result.failure, repeats, lostAcquires)
    const inTime = wait !== undefined && engine.clock.monotonic() + wait < turn.deadline
    if (!inTime || turn.calls >= CALLS_PER_FLIGHT || !turn.control.awaited()) return result
    if (sent === 'no') turn.control.markSent(false)
    await sleep(engine.clock, wait, turn.control.signal)
  }
}

/** Milliseconds until the call may be repeated in this flight; `undefined`: it may not. */
function repeatAfterMs<Inputs, M>(
  engine: Engine<Inputs, M>,
  phase: 'acquire' | 'refresh',
  { verdict, sent, status }: CallFailure,
  repeats: number,
  lostAcquires: number,
): number | undefined {
  const backoff = backoffMs(engine.retryPolicy, repeats, verdict.kind === 'throttled')
  const retryable = verdict.kind === 'transient' || verdict.kind === 'throttled' || verdict.kind === 'outcome-unknown'
  const hint = 'retryAfterMs' in verdict ? (verdict.retryAfterMs ?? 0) : 0
  if (!retryable || engine.provider.replay?.[phase] === 'never') return undefined
  if (sent === 'no' || engine.provider.replay?.[phase] === 'always') return Math.max(backoff, hint)
  if (status === 425 || status === 429 || status === 503) return Math.max(backoff, hint)
  const repeatableLoss =
    phase === 'acquire' && verdict.kind === 'outcome-unknown' && engine.provider.repeat !== 'leaves-token'
  return repeatableLoss && lostAcquires === 1 ? backoff : undefined
}

async function callOnce<Inputs, M>(
  engine: Engine<Inputs, M>,
  phase: 'acquire' | 'refresh',
  current: Grant<M> | undefined,
  resolved: ResolvedInputs<Inputs>,
  turn: CallTurn,
): Promise<CallResult<M>> {
  const { provider, clock } = engine
  const leave = await engine.endpoint.enter(turn.control.signal)
  const secrets = [current?.accessToken, current?.refreshToken, ...resolved.secrets].filter(
    (value) => value !== undefined,
  )
  let guarded: ReturnType<typeof guardedIo> | undefined
  try {
    await turn.before()
    emit(engine, turn.state.ref, { type: 'refresh.started' })
    const call = async (signal: AbortSignal): Promise<Grant<M> | undefined> => {
      guarded = guardedIo({
        provider,
        fetch: engine.fetch,
        clock,
        signal,
        secrets,
        token: (scheme, options) => engine.parentToken(turn.state.ref, scheme, options),
        onSent: turn.control.markSent,
        onSkew: () => emit(engine, turn.state.ref, { type: 'clock.skew' }),
      })
      const { io } = guarded
      return phase === 'refresh' && current !== undefined
        ? provider.refresh?.(io, current, resolved.inputs)
        : provider.acquire?.(io, resolved.inputs)
    }
    // The flight's signal aborts only what has not been sent.
    const answer = await untilDeadline(clock, engine.tokenCallTimeoutMs, call, turn.control.signal)
    // Checked again here: a provider need not have used the helper.
    const checked = grant<M>(answer ?? { accessToken: undefined })
    engine.endpoint.report(turn.state.key, 'up')
    return { ok: true, grant: checked }
  } catch (error) {
    if (turn.control.signal.aborted) {
      engine.endpoint.report(turn.state.key, 'unknown')
      throw error
    }
    const failure = describe(engine, phase, error, guarded?.lastExchange(), secrets)
    const down = failure.sent !== 'answered' || failure.verdict.kind === 'transient'
    engine.endpoint.report(turn.state.key, down && failure.verdict.kind !== 'misconfigured' ? 'down' : 'up')
    return { ok: false, failure }
  } finally {
    leave()
  }
}

function describe<Inputs, M>(
  engine: Engine<Inputs, M>,
  phase: 'acquire' | 'refresh',
  error: unknown,
  exchange: Exchange | undefined,
  secrets: readonly string[],
): CallFailure {
  const facts = { sent: exchange?.sent ?? 'no', status: exchange?.status, title: safeTitle(exchange?.body, secrets) }
  if (isChaveiroError(error) && error.code !== 'unavailable') {
    const verdict = verdictOfCode(error.code, error.retryAfterMs)
    return { ...facts, verdict, code: error.code, message: error.message }
  }
  const answered = exchange?.sent === 'answered'
  const isBug = exchange === undefined || (answered && (exchange.status ?? 0) >= 200 && (exchange.status ?? 0) < 300)
  const timedOut = error instanceof Error && error.name === 'TimeoutError'
  if (isBug && !timedOut && !isChaveiroError(error)) {
    const message = `The provider ${engine.provider.id} threw ${error instanceof Error ? error.name : typeof error} in ${phase}(); that is a fault in its code.`
    return { ...facts, verdict: { kind: 'misconfigured' }, code: undefined, message }
  }
  const hint = exchange?.headers && retryAfterMs(exchange.headers, engine.clock.now())
  const capped = hint === undefined ? undefined : Math.min(hint, LONGEST_RETRY_AFTER_MS)
  const verdict = verdictOf(failureOf(phase, exchange), engine.provider, capped)
  return { ...facts, verdict, code: timedOut ? 'timeout' : undefined, message: undefined }
}

function verdictOfCode(code: ErrorCode, hint: number | undefined): Verdict {
  switch (code) {
    case 'credentials-rejected':
      return { kind: 'credentials-rejected' }
    case 'reauthorization-required':
      return { kind: 'refresh-rejected' }
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
