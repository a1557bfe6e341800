import { ChaveiroError, isChaveiroError } from '../errors.ts'
import { type Engine, emit } from '../manager/engine.ts'
import { cooldownLeft } from '../renewal/cooldown.ts'
import { untilDeadline } from '../renewal/deadline.ts'
import { stateError, withRetryAfter } from '../renewal/failure-error.ts'
import { type Need, renew } from '../renewal/renewal.ts'
import type { AccessToken } from '../token/access-token.ts'
import { type RefreshDecision, refreshDecision } from '../token/refresh-decision.ts'
import { type AccountState, effectiveNow, type Snapshot } from './account-state.ts'
import { noteFailure, noteSuccess } from './flight-record.ts'
import { type Flight, startFlight } from './single-flight.ts'

/** What a caller of `getToken()` wants. */
export interface GetTokenOptions {
  /** How long the token must still be valid, in milliseconds. @default 0, beyond the expiry margin */
  minValidityMs?: number | undefined
  /** Any token but this one or an older one. Idempotent: a thousand callers with the same token cause one refresh. */
  newerThan?: AccessToken | undefined
  /** When a refresh fails, serve the old token while it is valid. @default true */
  staleIfError?: boolean | undefined
  /** Ends this caller's wait only. */
  signal?: AbortSignal | undefined
  /** Bounds this caller's wait, in milliseconds; the refresh goes on for the others. @default none */
  timeoutMs?: number | undefined
}

// The first flight may have been started for a weaker need than this caller's; the second is his own.
const FLIGHTS_PER_CALLER = 2

/** The slow path of `getToken()`: everything but a fresh token in memory. */
export async function obtainToken<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  options: GetTokenOptions,
): Promise<AccessToken<M>> {
  options.signal?.throwIfAborted()
  const need: Need = { newerThan: refusedToken(state, options), minValidityMs: options.minValidityMs }
  for (let flights = 0; ; flights += 1) {
    const { snapshot } = state
    const decision = snapshot ? decide(engine, state, snapshot, need) : 'refresh-first'
    if (snapshot && decision !== 'refresh-first') {
      if (decision === 'use-and-refresh') refreshInBackground(engine, state)
      return snapshot.access
    }
    refuseTooShort(engine, snapshot, need)
    if (flights === FLIGHTS_PER_CALLER) throw neverEnough(engine)
    try {
      const brought = await wait(engine, state, need, options)
      // Also one that is inside the margin from its first moment: it is the best there is.
      if (serves(engine, brought, need)) return brought.access
    } catch (error) {
      const stale = staleToken(engine, state, need, options, error)
      if (stale !== undefined) return stale
      const late = isTimeout(error) && !options.signal?.aborted
      throw late ? stateError(engine.provider.id, 'timeout') : error
    }
  }
}

/** Marks exactly this generation as refused. `false`: a newer one is known already. */
export function rejectToken<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  token: AccessToken<M>,
): boolean {
  const { lineage, generation } = token
  const { snapshot } = state
  if (snapshot && isNewer(snapshot, { lineage, generation })) return false
  const known = state.refused?.lineage === lineage && state.refused.generation === generation
  if (!known) emit(engine, state.ref, { type: 'token.rejected', generation })
  state.refused = { lineage, generation }
  // Off the fast path.
  if (snapshot) state.snapshot = { ...snapshot, refreshFrom: Number.NEGATIVE_INFINITY }
  return true
}

/** The token that the caller does not want, or that somebody reported as refused. */
function refusedToken<M>(state: AccountState<M>, { newerThan }: GetTokenOptions): Need['newerThan'] {
  if (newerThan) return { lineage: newerThan.lineage, generation: newerThan.generation }
  return state.refused
}

function isNewer<M>({ access }: Snapshot<M>, than: { lineage: string; generation: number }): boolean {
  return access.lineage !== than.lineage || access.generation > than.generation
}

function decide<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  snapshot: Snapshot<M>,
  need: Need,
): RefreshDecision {
  if (need.newerThan && !isNewer(snapshot, need.newerThan)) return 'refresh-first'
  const now = engine.clock.now()
  state.lastSeen = Math.max(state.lastSeen, now)
  const judgedAt = effectiveNow(snapshot, now, engine.clock.monotonic())
  return refreshDecision(judgedAt, snapshot.access.expiresAt, snapshot, need.minValidityMs)
}

function refreshInBackground<Inputs, M>(engine: Engine<Inputs, M>, state: AccountState<M>): void {
  if (state.flight || cooldownLeft(state.cooldown, engine.clock.monotonic()) > 0) return
  const flight = launch(engine, state, {})
  flight.keep()
  engine.waitUntil?.(flight.result.catch(() => {}))
}

async function wait<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  need: Need,
  { signal, timeoutMs }: GetTokenOptions,
): Promise<Snapshot<M>> {
  const flight = state.flight ?? launchAfterCooldown(engine, state, need)
  if (timeoutMs === undefined) return flight.join(signal)
  return untilDeadline(engine.clock, timeoutMs, (either) => flight.join(either), signal)
}

function serves<Inputs, M>(
  engine: Engine<Inputs, M>,
  snapshot: Snapshot<M>,
  { newerThan, minValidityMs = 0 }: Need,
): boolean {
  if (newerThan && !isNewer(snapshot, newerThan)) return false
  const judgedAt = effectiveNow(snapshot, engine.clock.now(), engine.clock.monotonic())
  const { expiresAt = Number.POSITIVE_INFINITY } = snapshot.access
  return judgedAt < expiresAt && expiresAt - judgedAt >= minValidityMs
}

function launchAfterCooldown<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  need: Need,
): Flight<Snapshot<M>> {
  const left = cooldownLeft(state.cooldown, engine.clock.monotonic())
  const failure = state.lastFailure?.error
  // What a person must mend is looked for in the store each time: he may have signed in elsewhere.
  if (left > 0 && failure && failure.action !== 'reauthorize') throw withRetryAfter(failure, left)
  return launch(engine, state, need)
}

function launch<Inputs, M>(engine: Engine<Inputs, M>, state: AccountState<M>, need: Need): Flight<Snapshot<M>> {
  const work: Parameters<typeof startFlight<Snapshot<M>>>[0] = async (control) => {
    try {
      const snapshot = await renew(engine, state, need, control)
      noteSuccess(state)
      return snapshot
    } catch (error) {
      throw noteFailure(engine, state, error)
    }
  }
  const flight = startFlight(work, (ended) => {
    if (state.flight === ended) state.flight = undefined
  })
  state.flight = flight
  return flight
}

/** A new token that ends sooner than demanded will not get better by asking again. */
function refuseTooShort<Inputs, M>(
  engine: Engine<Inputs, M>,
  snapshot: Snapshot<M> | undefined,
  { newerThan, minValidityMs = 0 }: Need,
): void {
  if (!snapshot?.minted || (newerThan && !isNewer(snapshot, newerThan))) return
  const { expiresAt } = snapshot.access
  if (expiresAt === undefined || expiresAt - snapshot.token.obtainedAt >= minValidityMs) return
  const lifetime = expiresAt - snapshot.token.obtainedAt
  throw new ChaveiroError(
    'misconfigured',
    `A token valid for ${minValidityMs} ms was asked for, but ${engine.provider.id} issues tokens of ${lifetime} ms.`,
    { provider: engine.provider.id },
  )
}

function neverEnough<Inputs, M>(engine: Engine<Inputs, M>): ChaveiroError {
  const message = `${engine.provider.id} issued tokens that end too soon to be used. Check the clocks of both sides.`
  return new ChaveiroError('unavailable', message, { provider: engine.provider.id })
}

/** The token in hand, if it still serves this caller although the refresh failed or takes too long for him. */
function staleToken<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  need: Need,
  { signal, staleIfError = true }: GetTokenOptions,
  error: unknown,
): AccessToken<M> | undefined {
  const { snapshot } = state
  const failed = isChaveiroError(error) || isTimeout(error)
  if (!staleIfError || !failed || signal?.aborted || snapshot === undefined) return undefined
  return serves(engine, snapshot, need) ? snapshot.access : undefined
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError'
}
