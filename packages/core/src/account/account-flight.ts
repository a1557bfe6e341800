import type { Engine } from '../manager/engine.ts'
import { cooldownLeft } from '../renewal/cooldown.ts'
import { stateError, withRetryAfter } from '../renewal/failure-error.ts'
import { flightRun } from '../renewal/flight-run.ts'
import { renew } from '../renewal/renewal.ts'
import { tidyInBackground } from '../renewal/tidy.ts'
import { withNextAttempt } from './about-account.ts'
import type { AccountState, Snapshot } from './account-state.ts'
import { noteFailure, noteSuccess } from './flight-record.ts'
import type { Need } from './need.ts'
import { noticeExpiringRefreshToken } from './refresh-token-expiring.ts'
import { type Flight, type FlightControl, startFlight, untilAborted } from './single-flight.ts'
import { whileAlive } from './while-alive.ts'

/** Starts a flight that nobody waits for, unless one is under way or the account is cooling down. */
export function refreshInBackground<Inputs, M>(engine: Engine<Inputs, M>, state: AccountState<M>): void {
  const { clock, tokenCallTimeoutMs: patienceMs } = engine
  const known = state.flight
  if (known && clock.monotonic() >= known.since + patienceMs) {
    // Its request may be gone: then the next use starts another.
    const look = whileAlive(clock, patienceMs, known, known.result, known.since)
    outliving(
      engine,
      look.then((outcome) => outcome === 'gone' && dropFlight(engine, state, known)),
    )
  }
  if (known || cooldownLeft(state.cooldown, clock.monotonic()) > 0) return
  const flight = launch(engine, state, {})
  flight.keep()
  outliving(engine, flight.result)
}

/** Asks the platform to keep the request alive for it. Nobody hears of a failure. */
function outliving<Inputs, M>(engine: Engine<Inputs, M>, work: Promise<unknown>): void {
  const quiet = work.catch(() => {})
  try {
    engine.waitUntil?.(quiet)
  } catch {
    // A platform whose request is over already: the caller has a valid token all the same.
  }
}

/** Waits for the flight under way, or starts one. The signal ends this caller's wait only. */
export async function joinFlight<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  need: Need,
  signal: AbortSignal | undefined,
): Promise<Snapshot<M>> {
  while (state.flight) {
    const { flight } = state
    // One that was given up, or that began before a sign-in or sign-out, brings nothing for this caller.
    const isOurs = !flight.abandoned && flight.epoch === state.epoch
    const over = (): undefined => undefined
    const wait: Promise<Snapshot<M> | undefined> = isOurs
      ? flight.join(signal)
      : untilAborted(flight.result.then(over, over), signal)
    const outcome = await whileAlive(engine.clock, engine.tokenCallTimeoutMs, flight, wait, flight.since)
    if (outcome === 'gone') dropFlight(engine, state, flight)
    else if (outcome) return outcome
  }
  signal?.throwIfAborted()
  if (state.closed) throw state.closed
  return launchAfterCooldown(engine, state, need).join(signal)
}

/** The request that began it is gone: what it sent counts as a lost answer. */
function dropFlight<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  flight: NonNullable<AccountState<M>['flight']>,
): void {
  if (state.flight !== flight) return
  state.flight = undefined
  const mayCall = flight.drop()
  if (!mayCall && flight.epoch === state.epoch) throw noteFailure(engine, state, stateError('unavailable'), true)
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
  const { epoch } = state
  const work = async (control: FlightControl): Promise<Snapshot<M>> => {
    const run = flightRun(engine, need, control)
    try {
      const snapshot = await renew(engine, state, run)
      if (state.epoch === epoch) noteSuccess(engine, state, snapshot)
      tidyInBackground(engine, state)
      return snapshot
    } catch (error) {
      // What failed for a token that somebody replaced meanwhile is not held against the new one.
      if (state.epoch !== epoch) throw error
      // Named here, so that all who waited get the same one.
      throw withNextAttempt(engine, state, noteFailure(engine, state, error, run.calls > 0))
    } finally {
      noticeExpiringRefreshToken(engine, state)
    }
  }
  const started = startFlight(work, (ended) => {
    if (state.flight === ended) state.flight = undefined
  })
  const flight = Object.assign(started, { epoch, since: engine.clock.monotonic() })
  state.flight = flight
  return flight
}
