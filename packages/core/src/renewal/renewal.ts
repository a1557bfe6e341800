import { type AccountState, hasToken, remember, type Snapshot } from '../account/account-state.ts'
import type { FlightControl } from '../account/single-flight.ts'
import { ChaveiroError } from '../errors.ts'
import { type Engine, emit } from '../manager/engine.ts'
import { type Cell, readCell } from '../store/store-cell.ts'
import { keepTurn, leaveTurn, type Turn, takeTurn } from './claim.ts'
import { commitGrant, persistAgain } from './commit.ts'
import { type ResolvedInputs, resolveInputs } from './credentials.ts'
import { failureError, stateError } from './failure-error.ts'
import { type Plan, planCall } from './plan.ts'
import { noteRefusal, refusalsOf, stillRefused, storableRefusals } from './refusal.ts'
import { revokeToken } from './revocation.ts'
import { type CallFailure, type CallTurn, callProvider } from './token-call.ts'

const FLIGHT_MS = 60_000

/** What the callers of a flight need beyond a valid token. */
export interface Need {
  /** Exactly this generation was refused: it must be replaced. */
  readonly newerThan?: { readonly lineage: string; readonly generation: number } | undefined
  readonly minValidityMs?: number | undefined
}

/** One flight: read, claim, call, commit. Every failure is a ChaveiroError, or the reason of the flight's own signal. */
export async function renew<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  need: Need,
  control: FlightControl,
): Promise<Snapshot<M>> {
  const deadline = engine.clock.monotonic() + FLIGHT_MS
  const polls = { count: 0 }
  for (;;) {
    const cell = await readCell(engine, state)
    const known = await reconcile(engine, state, cell, need)
    if (known) return known
    control.signal.throwIfAborted()
    leaveAlone(engine, state, cell)
    if (engine.clock.monotonic() >= deadline) {
      const message = `Another process has been refreshing the token of ${engine.provider.id} for too long; ask again.`
      throw new ChaveiroError('unavailable', message, { provider: engine.provider.id })
    }
    const turn = await takeTurn(engine, state, cell, polls, control.signal)
    const snapshot = turn && (await holdTurn(engine, state, turn, need, control, deadline))
    if (snapshot) return snapshot
  }
}

/** Compares the store with memory (rule 6). A snapshot that is good enough ends the flight. */
async function reconcile<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  cell: Cell<M>,
  need: Need,
): Promise<Snapshot<M> | undefined> {
  const { record } = cell
  const mine = state.snapshot
  if (mine && !mine.persisted && isBehind(record, mine)) {
    const kept = (await persistAgain(engine, state, cell, mine)) ?? mine
    return isEnough(engine, kept, need) ? kept : undefined
  }
  if (!hasToken(record)) {
    // Nothing stored: ended elsewhere, or never begun.
    state.snapshot = undefined
    return undefined
  }
  if (mine?.access.lineage === record.lineage && mine.access.generation >= record.generation) return undefined
  const adopted = remember(engine, state, record, { persisted: true, minted: false })
  if (!isEnough(engine, adopted, need)) return undefined
  emit(engine, state.ref, { type: 'refresh.done', generation: record.generation, source: 'peer' })
  return adopted
}

function isBehind<M>(record: Cell<M>['record'], mine: Snapshot<M>): boolean {
  return record === undefined || (record.lineage === mine.access.lineage && record.generation < mine.access.generation)
}

function isEnough<Inputs, M>(engine: Engine<Inputs, M>, snapshot: Snapshot<M>, need: Need): boolean {
  const { newerThan, minValidityMs = 0 } = need
  const { lineage, generation, expiresAt } = snapshot.access
  if (newerThan && lineage === newerThan.lineage && generation <= newerThan.generation) return false
  const now = engine.clock.now()
  return now < snapshot.waitFrom && (expiresAt === undefined || expiresAt - now >= minValidityMs)
}

/** Throws when the endpoint, or this account at it, must not be called yet. */
function leaveAlone<Inputs, M>(engine: Engine<Inputs, M>, state: AccountState<M>, cell: Cell<M>): void {
  const { notBefore } = cell.record ?? {}
  const wait = notBefore === undefined ? 0 : notBefore - engine.clock.now()
  if (wait > 0) throw stateError(engine.provider.id, 'throttled', wait)
  const closed = engine.endpoint.closedForMs(state.key)
  if (closed > 0) throw stateError(engine.provider.id, 'unavailable', closed)
}

/**
 * With the turn in hand: calls until a token is stored, or nothing is left to try; then gives the turn back.
 * `undefined`: somebody changed the record meanwhile, so read again.
 */
async function holdTurn<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  turn: Turn<M>,
  need: Need,
  control: FlightControl,
  deadline: number,
): Promise<Snapshot<M> | undefined> {
  const calls: CallTurn = { state, control, deadline, calls: 0, before: () => keepTurn(engine, state, turn) }
  // Who took over an abandoned claim leaves it standing until there is a result: the refresh token stays suspect.
  let claimStays = turn.tookOver
  let failure: CallFailure | undefined
  try {
    for (;;) {
      const resolved = await resolveInputs(engine, state.ref)
      const plan = await choose(engine, state, turn, need, resolved)
      if (plan === 'wait') throw stateError(engine.provider.id, 'unavailable')
      if (plan === 'credentials-rejected' || plan === 'reauthorization-required') {
        throw failure ? failureError(engine.provider.id, failure) : stateError(engine.provider.id, plan)
      }
      if (plan === 'resend') noteResend(engine, state, turn)
      const phase = plan === 'acquire' ? 'acquire' : 'refresh'
      const result = await callProvider(engine, phase, turn.record.token, resolved, calls)
      if (result.ok) {
        claimStays = true // the commit below replaces it
        return await commitGrant(engine, state, turn, result.grant, phase, (token) =>
          revokeToken(engine, state, token, resolved.inputs),
        )
      }
      failure = result.failure
      const { kind } = failure.verdict
      if (kind === 'outcome-unknown') {
        claimStays = true
        if (phase === 'refresh') suspectRefreshToken(state, turn, plan === 'resend')
      }
      if (kind === 'credentials-rejected') await noteRefusal(engine, state, turn.record, 'credentials', resolved)
      if (kind === 'refresh-rejected') {
        if ((await readCell(engine, state)).version !== turn.version) return undefined
        await noteRefusal(engine, state, turn.record, 'refresh', resolved)
      }
      const mayAcquire = phase === 'refresh' && engine.provider.acquire !== undefined
      if (!mayAcquire || (kind !== 'refresh-rejected' && kind !== 'outcome-unknown')) {
        throw failureError(engine.provider.id, failure)
      }
    }
  } catch (error) {
    if (!claimStays || !engine.store.durable) await leaveTurn(engine, state, turn, marksOf(engine, state, failure))
    throw error
  }
}

async function choose<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  turn: Turn<M>,
  need: Need,
  resolved: ResolvedInputs<Inputs>,
): Promise<Plan> {
  const { provider } = engine
  const { record } = turn
  const { token } = record
  const now = engine.clock.now()
  const refusals = refusalsOf(state, record)
  const ours = state.suspect?.lineage === record.lineage && state.suspect.generation === record.generation
  return planCall({
    canRefresh:
      provider.refresh !== undefined &&
      token?.refreshToken !== undefined &&
      now < (token.refreshExpiresAt ?? Number.POSITIVE_INFINITY),
    refreshRefused: await stillRefused(engine, refusals.refresh, resolved),
    suspect: provider.refreshKind === 'single-use' && (turn.tookOver || ours),
    resent: ours && state.suspect?.resent === true,
    mayResend: engine.resendUnknown === 'once',
    canAcquire: provider.acquire !== undefined,
    credentialsRefused: await stillRefused(engine, refusals.credentials, resolved),
    tokenAlive: need.newerThan === undefined && token?.expiresAt !== undefined && now < token.expiresAt,
  })
}

function suspectRefreshToken<M>(state: AccountState<M>, turn: Turn<M>, resent: boolean): void {
  state.suspect = { lineage: turn.record.lineage, generation: turn.record.generation, resent }
}

function noteResend<Inputs, M>(engine: Engine<Inputs, M>, state: AccountState<M>, turn: Turn<M>): void {
  suspectRefreshToken(state, turn, true)
  emit(engine, state.ref, { type: 'refresh.resent', generation: turn.record.generation })
}

function marksOf<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  failure: CallFailure | undefined,
): { rejected?: ReturnType<typeof storableRefusals>; notBefore?: number } {
  const rejected = storableRefusals(state, engine.store.sealed)
  const hint = failure?.verdict.kind === 'throttled' ? failure.verdict.retryAfterMs : undefined
  return {
    ...(rejected && { rejected }),
    ...(hint !== undefined && hint > 0 && { notBefore: engine.clock.now() + hint }),
  }
}
