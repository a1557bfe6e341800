import { isErrorNamed } from '../brands.ts'
import { checkOptions } from '../check-options.ts'
import { ChaveiroError, isChaveiroError } from '../errors.ts'
import { type Engine, emit } from '../manager/engine.ts'
import { untilDeadline } from '../renewal/deadline.ts'
import { stateError } from '../renewal/failure-error.ts'
import { isAnnounced } from '../renewal/refusal-storm.ts'
import { tidyInBackground } from '../renewal/tidy.ts'
import type { AccessToken } from '../token/access-token.ts'
import { type RefreshDecision, refreshDecision } from '../token/refresh-decision.ts'
import { joinFlight, refreshInBackground } from './account-flight.ts'
import { type AccountState, effectiveNow, type Snapshot, takeOffFastPath, waitFrom } from './account-state.ts'
import { isNewer, type Need, serves } from './need.ts'

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
const NAMES = ['minValidityMs', 'newerThan', 'staleIfError', 'signal', 'timeoutMs']

/**
 * The slow path of `getToken()`: everything but a fresh token in memory. `current` gives the account's state, which is
 * another object once the manager has evicted it.
 */
export async function obtainToken<Inputs, M>(
  engine: Engine<Inputs, M>,
  current: () => AccountState<M>,
  options: GetTokenOptions,
): Promise<AccessToken<M>> {
  checkOptions(options, NAMES)
  options.signal?.throwIfAborted()
  for (let flights = 0; ; flights += 1) {
    const state = current()
    const { snapshot } = state
    const need = needOf(state, options)
    const decision = snapshot ? decide(engine, state, snapshot, need) : 'refresh-first'
    if (snapshot && decision !== 'refresh-first') {
      if (decision === 'use-and-refresh') refreshInBackground(engine, state)
      else tidyInBackground(engine, state)
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
      const late = isErrorNamed(error, 'TimeoutError') && !options.signal?.aborted
      throw late ? stateError('timeout') : error
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
  if (!known && !isAnnounced(state, token)) emit(engine, state.ref, { type: 'token.rejected', generation })
  state.refused = { lineage, generation }
  takeOffFastPath(state)
  return true
}

/** The token that this caller does not want, or the one that somebody reported as refused, whichever is newer. */
function needOf<M>({ refused, snapshot }: AccountState<M>, { newerThan, minValidityMs }: GetTokenOptions): Need {
  const unwanted = newerThan && !(refused && snapshot && isNewer(snapshot, newerThan)) ? newerThan : refused
  if (unwanted === undefined) return { minValidityMs }
  const { lineage, generation } = unwanted
  return { newerThan: { lineage, generation }, minValidityMs }
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
  const windows = { refreshFrom: snapshot.refreshFrom, waitFrom: waitFrom(engine, snapshot) }
  return refreshDecision(judgedAt, snapshot.access.expiresAt, windows, need.minValidityMs)
}

function wait<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  need: Need,
  { signal, timeoutMs }: GetTokenOptions,
): Promise<Snapshot<M>> {
  const ride = (either: AbortSignal | undefined): Promise<Snapshot<M>> => joinFlight(engine, state, need, either)
  return timeoutMs === undefined ? ride(signal) : untilDeadline(engine.clock, timeoutMs, ride, signal)
}

/** A new token that ends sooner than demanded will not get better by asking again. */
function refuseTooShort<Inputs, M>(
  engine: Engine<Inputs, M>,
  snapshot: Snapshot<M> | undefined,
  { newerThan, minValidityMs = 0 }: Need,
): void {
  if (!snapshot?.minted || (newerThan && !isNewer(snapshot, newerThan))) return
  const { expiresAt } = snapshot.access
  // Less than none where the clock was set forward during the call.
  const lifetime = Math.max(0, (expiresAt ?? Number.POSITIVE_INFINITY) - snapshot.token.obtainedAt)
  if (lifetime >= minValidityMs) return
  const { id } = engine.provider
  // Rounded apart, so that two lengths that differ by less than a second do not read the same.
  const wanted = `A token valid for ${Math.ceil(minValidityMs / 1_000)} s was asked for`
  const message = `${wanted}, but ${id} issues tokens of ${Math.floor(lifetime / 1_000)} s. Ask for less.`
  throw new ChaveiroError('misconfigured', message, { provider: id })
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
  const failed = isChaveiroError(error) || isErrorNamed(error, 'TimeoutError')
  if (!staleIfError || !failed || signal?.aborted || snapshot === undefined) return undefined
  return serves(engine, snapshot, need) ? snapshot.access : undefined
}
