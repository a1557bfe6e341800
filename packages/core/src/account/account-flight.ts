import type { Engine } from '../manager/engine.ts'
import { cooldownLeft } from '../renewal/cooldown.ts'
import { withRetryAfter } from '../renewal/failure-error.ts'
import { flightRun } from '../renewal/flight-run.ts'
import { renew } from '../renewal/renewal.ts'
import { tidyInBackground } from '../renewal/tidy.ts'
import type { AccountState, Snapshot } from './account-state.ts'
import { noteFailure, noteSuccess } from './flight-record.ts'
import type { Need } from './need.ts'
import { noticeExpiringRefreshToken } from './refresh-token-expiring.ts'
import { type Flight, type FlightControl, startFlight, untilAborted } from './single-flight.ts'

/** Starts a flight that nobody waits for, unless one is under way or the account is cooling down. */
export function refreshInBackground<Inputs, M>(engine: Engine<Inputs, M>, state: AccountState<M>): void {
  if (state.flight || cooldownLeft(state.cooldown, engine.clock.monotonic()) > 0) return
  const flight = launch(engine, state, {})
  flight.keep()
  try {
    engine.waitUntil?.(flight.result.catch(() => {}))
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
  // One that was given up, or that began before somebody signed in or out, brings nothing for this caller.
  while (state.flight && (state.flight.abandoned || state.flight.epoch !== state.epoch)) {
    await untilAborted(
      state.flight.result.catch(() => {}),
      signal,
    )
  }
  signal?.throwIfAborted()
  if (state.closed) throw state.closed
  const flight = state.flight ?? launchAfterCooldown(engine, state, need)
  return flight.join(signal)
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
      throw state.epoch === epoch ? noteFailure(engine, state, error, run.calls > 0) : error
    } finally {
      noticeExpiringRefreshToken(engine, state)
    }
  }
  const started = startFlight(work, (ended) => {
    if (state.flight === ended) state.flight = undefined
  })
  const flight = Object.assign(started, { epoch })
  state.flight = flight
  return flight
}
