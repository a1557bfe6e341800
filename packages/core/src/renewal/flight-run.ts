import type { Need } from '../account/need.ts'
import type { FlightControl } from '../account/single-flight.ts'
import { ChaveiroError } from '../errors.ts'
import type { Engine } from '../manager/engine.ts'
import { untilDeadline } from './deadline.ts'

/** How long a flight may take, in milliseconds, besides the attempt that is under way when the time is over. */
const FLIGHT_MS = 60_000
const CALLS_PER_FLIGHT = 3

/** One flight: what it is for, and what it has used up. */
export interface FlightRun {
  readonly need: Need
  readonly control: FlightControl
  /** Monotonic instant at which its time is over. */
  readonly deadline: number
  /** Token calls made so far, of refresh and acquire together. */
  calls: number
  /** How often it looked whether somebody else's claim is gone. */
  polls: number
}

export function flightRun<Inputs, M>({ clock }: Engine<Inputs, M>, need: Need, control: FlightControl): FlightRun {
  return { need, control, deadline: clock.monotonic() + FLIGHT_MS, calls: 0, polls: 0 }
}

/** Is there a call left, and time to begin it after this wait? */
export function mayCall<Inputs, M>({ clock }: Engine<Inputs, M>, run: FlightRun, waitMs = 0): boolean {
  return run.calls < CALLS_PER_FLIGHT && clock.monotonic() + waitMs < run.deadline
}

/** Waits within the flight's time, for as long as somebody needs it. Nothing is on its way meanwhile. */
export async function withinFlight<Inputs, M, T>(
  engine: Engine<Inputs, M>,
  run: FlightRun,
  operation: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { clock } = engine
  try {
    return await untilDeadline(clock, run.deadline - clock.monotonic(), operation, run.control.signal)
  } catch (error) {
    const isLate = clock.monotonic() >= run.deadline
    throw isLate && !run.control.signal.aborted ? tooLong(engine) : error
  }
}

/** The error of a flight whose time is over before it could send. */
export function tooLong<Inputs, M>({ provider: { id } }: Engine<Inputs, M>): ChaveiroError {
  const message = `No ${id} token within ${FLIGHT_MS / 1000} s. The credentials function, the queue for the token endpoint, or another process refreshing it took too long.`
  return new ChaveiroError('unavailable', message, { retryAfterMs: 1_000 })
}
