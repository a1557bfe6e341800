import type { AccountState, Snapshot } from '../account/account-state.ts'
import type { Engine } from '../manager/engine.ts'
import { type Cell, readCell } from '../store/store-cell.ts'
import type { TokenRecord } from '../token/record.ts'
import { LONGEST_RETRY_AFTER_MS } from './call-failure.ts'
import { awaitClaim, claimOf, isClaimed, takeTurn } from './claim.ts'
import { resolveInputs } from './credentials.ts'
import { stateError } from './failure-error.ts'
import { type FlightRun, mayCall, tooLong, withinFlight } from './flight-run.ts'
import { holdTurn } from './hold-turn.ts'
import { nextCall, noCallError } from './next-call.ts'
import { isCall } from './plan.ts'
import { reconcile } from './reconcile.ts'
import { pauseForRivals } from './rivals.ts'

/** One flight: read, claim, call, commit. Every failure is a ChaveiroError, or the reason of the flight's own signal. */
export async function renew<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  run: FlightRun,
): Promise<Snapshot<M>> {
  try {
    for (let lostTries = 0; ; ) {
      run.control.signal.throwIfAborted()
      const { polls } = run
      const snapshot = await oneRound(engine, state, run)
      if (snapshot) return snapshot
      // Waiting for a claim has pauses of its own.
      if (run.polls === polls) await pauseForRivals(engine.clock, ++lostTries, run.control.signal)
    }
  } finally {
    // An account that was to probe the endpoint and came to no call must not keep the others out.
    engine.endpoint.report(state.key, 'unknown')
  }
}

/** `undefined`: something has changed, or another process has the turn, so read again. */
async function oneRound<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  run: FlightRun,
): Promise<Snapshot<M> | undefined> {
  const { signal } = run.control
  const { epoch } = state
  const cell = await readCell(engine, state)
  if (state.epoch !== epoch) return undefined
  const known = await reconcile(engine, state, cell, run.need)
  if (known === 'again') return undefined
  if (known) return known
  signal.throwIfAborted()
  leaveAlone(engine, state, cell)
  const isOthers = isClaimed(engine, state, cell)
  if (!mayCall(engine, run)) throw tooLong(engine)
  if (isOthers) {
    await awaitClaim(engine, run)
    return undefined
  }
  const resolved = await withinFlight(engine, run, () => resolveInputs(engine, state.ref))
  const tookOver = claimOf(engine, cell) !== undefined
  const plan = await nextCall(engine, state, cell.record, tookOver, run.need, resolved)
  if (!isCall(plan)) throw noCallError(engine, state, plan)
  signal.throwIfAborted()
  const turn = await takeTurn(engine, state, cell, epoch)
  return turn && holdTurn(engine, state, turn, plan, resolved, run)
}

/** Throws when the endpoint, or this account at it, must not be called yet. */
function leaveAlone<Inputs, M>(engine: Engine<Inputs, M>, state: AccountState<M>, cell: Cell<M>): void {
  const wait = pauseLeft(engine, cell.record)
  if (wait > 0) throw stateError('throttled', wait)
  const closed = engine.endpoint.closedForMs(state.key)
  if (closed > 0) throw stateError('unavailable', closed)
}

/** Milliseconds left of the pause that the provider asked for, as the record tells; 0 when there isn't one. */
export function pauseLeft<Inputs, M>({ clock }: Engine<Inputs, M>, record: TokenRecord<M> | undefined): number {
  const left = (record?.notBefore ?? 0) - clock.now()
  // A longer one than any that is granted was written by a clock that was wrong.
  return left > 0 && left <= LONGEST_RETRY_AFTER_MS ? left : 0
}
