import type { AccountState } from '../account/account-state.ts'
import { serves } from '../account/need.ts'
import { sleep } from '../clock.ts'
import { ChaveiroError } from '../errors.ts'
import { backoffMs } from '../fetch/backoff.ts'
import { type Engine, emit } from '../manager/engine.ts'
import type { Grant } from '../provider/token-provider.ts'
import { grant, malformed } from '../token/grant.ts'
import { type CallFailure, describeFailure, healthOf, mayHaveActed } from './call-failure.ts'
import { keepInMemory, keepTurn, labelTurn, type Turn } from './claim.ts'
import type { ResolvedInputs } from './credentials.ts'
import { untilDeadline } from './deadline.ts'
import type { Place } from './endpoint.ts'
import { stateError } from './failure-error.ts'
import { type FlightRun, mayCall, withinFlight } from './flight-run.ts'
import { canFindOrphans, settleOwn } from './orphans.ts'
import { type GuardedIo, guardedIo } from './provider-io.ts'

export type CallResult<M> =
  | { readonly ok: true; readonly grant: Grant<M> }
  | { readonly ok: false; readonly failure: CallFailure }

/** A flight with its turn in hand. */
export interface CallTurn<M> {
  readonly state: AccountState<M>
  readonly turn: Turn<M>
  readonly run: FlightRun
  /** Is a refresh token that may be spent sent once more? */
  readonly isResend: boolean
  /** The call before it in this flight failed, perhaps over a dead connection. */
  readonly isRepeat?: boolean | undefined
}

/**
 * Calls the provider, again only where that cannot do harm (rule 8), and says what came of it. Rejects when no call is
 * made any more: everybody has gone, the flight's time is over, the endpoint closed, or the turn was lost.
 */
export async function callProvider<Inputs, M>(
  engine: Engine<Inputs, M>,
  phase: 'acquire' | 'refresh',
  resolved: ResolvedInputs<Inputs>,
  call: CallTurn<M>,
): Promise<CallResult<M>> {
  const { state, turn, run } = call
  if (phase === 'acquire' && !(await settleOwn(engine, state, turn, resolved))) {
    throw stateError('unavailable')
  }
  let lostAcquires = 0
  for (let repeats = 0; ; repeats += 1) {
    const result = await callOnce(engine, phase, resolved, { ...call, isRepeat: repeats > 0 })
    if (result.ok) return result
    const { failure } = result
    const isLost = failure.verdict.kind === 'outcome-unknown'
    if (phase === 'acquire' && isLost) lostAcquires += 1
    const isServed = state.snapshot !== undefined && serves(engine, state.snapshot, run.need)
    const wait = repeatAfterMs(engine, phase, failure, { repeats, lostAcquires, isServed })
    if (wait === undefined || !run.control.awaited() || !mayCall(engine, run, wait)) return result
    // Nothing is on its way until the next call, so that those who wait may still go.
    if (!isLost) run.control.markSent(false)
    await sleep(engine.clock, wait, run.control.signal)
    if (phase === 'acquire' && isLost && !(await settleOwn(engine, state, turn, resolved))) return result
  }
}

/** Milliseconds until the call may be repeated in this flight; `undefined`: it may not. */
function repeatAfterMs<Inputs, M>(
  engine: Engine<Inputs, M>,
  phase: 'acquire' | 'refresh',
  { verdict, sent, status }: CallFailure,
  { repeats, lostAcquires, isServed }: { repeats: number; lostAcquires: number; isServed: boolean },
): number | undefined {
  const { provider, retryPolicy } = engine
  const { kind } = verdict
  const replay = provider.replay?.[phase]
  if (replay === 'never' || (kind !== 'transient' && kind !== 'throttled' && kind !== 'outcome-unknown'))
    return undefined
  const hint = 'retryAfterMs' in verdict ? (verdict.retryAfterMs ?? 0) : 0
  const wait = Math.max(backoffMs(retryPolicy, repeats, kind === 'throttled'), hint)
  if (sent === 'no' || replay === 'always') return wait
  // Taken as not applied; a pause is nothing for those who have a valid token meanwhile.
  if (status === 425 || status === 429 || status === 503) return isServed ? undefined : wait
  const isFirstLoss = phase === 'acquire' && kind === 'outcome-unknown' && lostAcquires === 1
  return isFirstLoss && isRepeatable(engine) ? wait : undefined
}

async function callOnce<Inputs, M>(
  engine: Engine<Inputs, M>,
  phase: 'acquire' | 'refresh',
  resolved: ResolvedInputs<Inputs>,
  call: CallTurn<M>,
): Promise<CallResult<M>> {
  const { state, turn, run } = call
  let place: Place | undefined
  try {
    place = await withinFlight(engine, run, async (signal) => {
      const own = await engine.endpoint.enter(state.key, signal)
      // Given up in the very moment in which the place came free.
      if (signal.aborted) own.leave()
      place = own
      return own
    })
    const held = place
    run.control.onDrop = (sent) => {
      held.leave()
      engine.endpoint.report(state.key, 'unknown')
      return !sent || noteLostCall(engine, phase, call)
    }
    if (place.closedForMs > 0) throw stateError('unavailable', place.closedForMs)
    await keepTurn(engine, state, turn)
    run.control.signal.throwIfAborted()
    run.calls += 1
    emit(engine, state.ref, { type: 'refresh.started' })
    return await exchange(engine, phase, resolved, call)
  } finally {
    place?.leave()
  }
}

/** The answer will never be heard of (rule 11). Returns whether a call may follow at once. */
function noteLostCall<Inputs, M>(
  engine: Engine<Inputs, M>,
  phase: 'acquire' | 'refresh',
  { state, turn, isResend }: CallTurn<M>,
): boolean {
  const { provider, store } = engine
  if (!store.durable) keepInMemory(state, turn.labels)
  if (provider.replay?.[phase] === 'never') return false
  if (phase === 'acquire') return isRepeatable(engine)
  const { lineage, generation } = turn.record
  state.suspect = { lineage, generation, spent: isResend }
  return provider.refreshKind === 'single-use' && provider.acquire !== undefined && !state.rejected?.credentials
}

/** Of what leaves a token behind, only after that one has been looked for. */
function isRepeatable<Inputs, M>(engine: Engine<Inputs, M>): boolean {
  return engine.provider.repeat !== 'leaves-token' || canFindOrphans(engine)
}

async function exchange<Inputs, M>(
  engine: Engine<Inputs, M>,
  phase: 'acquire' | 'refresh',
  resolved: ResolvedInputs<Inputs>,
  { state, turn, run, isRepeat }: CallTurn<M>,
): Promise<CallResult<M>> {
  const { provider, clock } = engine
  const { token: current } = turn.record
  const startedAt = clock.now()
  const asked: number[] = []
  const settle = (): void => asked.forEach((label) => void turn.labels.settled.add(label))
  let guarded: GuardedIo | undefined
  let writing: Promise<void> | undefined
  const write = (claim: Promise<void>): Promise<void> => {
    writing = claim
    return claim
  }
  try {
    const send = async (signal: AbortSignal): Promise<Grant<M> | undefined> => {
      guarded = guardedIo({
        provider,
        fetch: (isRepeat && engine.fresh?.fetch) || engine.fetch,
        clock,
        signal,
        secrets: [current?.accessToken, current?.refreshToken, ...resolved.secrets].filter(
          (text) => text !== undefined,
        ),
        token: (scheme, options) => engine.parentToken(state.ref, scheme, options),
        // Again, because a provider may have waited for a parent's token, or for its own computations.
        beforeSending: () => write(keepTurn(engine, state, turn)),
        label: async (expiresAt) => {
          if (!canFindOrphans(engine)) return
          asked.push(expiresAt)
          await write(labelTurn(engine, state, turn, expiresAt))
        },
        onSent: run.control.markSent,
        onSkew: () => emit(engine, state.ref, { type: 'clock.skew' }),
      })
      const { io } = guarded
      return phase === 'refresh' && current !== undefined
        ? provider.refresh?.(io, current, resolved.inputs)
        : provider.acquire?.(io, resolved.inputs, current)
    }
    // The flight's signal aborts only what has not been sent.
    const answer = await untilDeadline(clock, engine.tokenCallTimeoutMs, send, run.control.signal)
    const checked = checkedGrant(engine, state, phase, answer, startedAt)
    settle()
    engine.endpoint.report(state.key, 'up')
    return { ok: true, grant: checked }
  } catch (error) {
    // Whoever gave up in the middle of a write leaves the turn with the version that it makes.
    await writing?.catch(() => {})
    if (turn.lost || turn.outdated) throw error
    // Given up before anything left.
    if (run.control.signal.aborted) settle()
    run.control.signal.throwIfAborted()
    const failure = describeFailure(engine, phase, error, guarded)
    if (!mayHaveActed(failure)) settle()
    engine.endpoint.report(state.key, healthOf(failure, guarded?.lastExchange()))
    return { ok: false, failure }
  }
}

/**
 * Checked again here: a provider need not have used the helpers. One that ended while the call was under way is kept: the
 * clock was set forward or the machine slept, and the refresh token that came with it is the only one that is left.
 */
function checkedGrant<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  phase: string,
  answer: Grant<M> | undefined,
  startedAt: number,
): Grant<M> {
  if (typeof answer !== 'object' || answer === null) {
    throw new ChaveiroError('misconfigured', `The provider returned no token from ${phase}().`)
  }
  const checked = grant<M>(answer)
  if (checked.expiresAt !== undefined && checked.expiresAt <= startedAt) {
    emit(engine, state.ref, { type: 'clock.skew' })
    throw malformed('a token that had already ended')
  }
  return checked
}
