import type { AccountState, Snapshot } from '../account/account-state.ts'
import { type Engine, emit } from '../manager/engine.ts'
import type { Grant } from '../provider/token-provider.ts'
import { readCell } from '../store/store-cell.ts'
import type { TokenRecord } from '../token/record.ts'
import type { CallFailure } from './call-failure.ts'
import { leaveTurn, type Turn } from './claim.ts'
import { commitGrant } from './commit.ts'
import type { ResolvedInputs } from './credentials.ts'
import { failureError, stateError } from './failure-error.ts'
import { type FlightRun, mayCall } from './flight-run.ts'
import { nextCall } from './next-call.ts'
import { type CallPlan, isCall } from './plan.ts'
import { noteRefusal, storableRefusals } from './refusal.ts'
import { revokeToken } from './revocation.ts'
import { callProvider } from './token-call.ts'

/** What a turn came to, besides a token: did the record change, and does the claim have to stay? */
interface Course {
  claimStays: boolean
  failure: CallFailure | undefined
}

/**
 * With the turn in hand: calls until a token is stored, or nothing is left to try; then gives the turn back.
 * `undefined`: somebody changed the record meanwhile, so read again.
 */
export async function holdTurn<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  turn: Turn<M>,
  plan: CallPlan,
  resolved: ResolvedInputs<Inputs>,
  run: FlightRun,
): Promise<Snapshot<M> | undefined> {
  // Who took over an abandoned claim leaves it standing until there is a result: the refresh token stays suspect.
  const course: Course = { claimStays: turn.tookOver, failure: undefined }
  try {
    return await makeCalls(engine, state, turn, plan, resolved, run, course)
  } catch (error) {
    if (turn.lost) return undefined
    await leaveTurn(engine, state, turn, marksOf(engine, state, course.failure), course.claimStays)
    if (turn.outdated) return undefined
    throw error
  }
}

async function makeCalls<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  turn: Turn<M>,
  first: CallPlan,
  resolved: ResolvedInputs<Inputs>,
  run: FlightRun,
  course: Course,
): Promise<Snapshot<M> | undefined> {
  const { provider } = engine
  for (let plan: CallPlan = first; ; ) {
    const phase = plan === 'acquire' ? 'acquire' : 'refresh'
    const result = await callProvider(engine, phase, resolved, { state, turn, run, isResend: plan === 'resend' })
    if (plan === 'resend' && (result.ok || result.failure.sent !== 'no')) {
      emit(engine, state.ref, { type: 'refresh.resent', generation: turn.record.generation })
    }
    if (result.ok) {
      course.claimStays = true // the commit replaces it
      return await store(engine, state, turn, result.grant, phase, resolved)
    }
    course.failure = result.failure
    const { kind } = result.failure.verdict
    if (kind === 'outcome-unknown') course.claimStays = true
    if (kind === 'outcome-unknown' && phase === 'refresh') {
      const { lineage, generation } = turn.record
      state.suspect = { lineage, generation, spent: plan === 'resend' }
    }
    if (kind === 'credentials-rejected') await noteRefusal(engine, state, turn.record, 'credentials', resolved)
    if (kind === 'refresh-rejected' && phase === 'refresh') {
      if ((await readCell(engine, state)).version !== turn.version) return undefined
      course.claimStays = false // no longer suspect: it is known to be dead
      await noteRefusal(engine, state, turn.record, 'refresh', resolved)
    }
    const failed = failureError(result.failure)
    const isRefreshLost = phase === 'refresh' && (kind === 'refresh-rejected' || kind === 'outcome-unknown')
    if (!isRefreshLost || provider.acquire === undefined) throw failed
    const next = await nextCall(engine, state, turn.record, turn.tookOver, run.need, resolved)
    if (next !== 'acquire') throw isCall(next) || next === 'wait' ? failed : stateError(next)
    if (!mayCall(engine, run)) throw stateError('unavailable')
    run.control.markSent(false)
    plan = next
  }
}

async function store<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  turn: Turn<M>,
  grant: Grant<M>,
  phase: 'acquire' | 'refresh',
  resolved: ResolvedInputs<Inputs>,
): Promise<Snapshot<M>> {
  try {
    return await commitGrant(engine, state, turn, grant, phase, (token) => revokeToken(engine, state, token, resolved))
  } catch (error) {
    // The new token is lost to us, and it replaced the refresh token that the record still holds.
    const { refreshToken = turn.record.token?.refreshToken } = grant
    const isReplaced = phase === 'refresh' && refreshToken !== turn.record.token?.refreshToken
    if (isReplaced) {
      const { lineage, generation } = turn.record
      // Spent for good: a refusal alone would be tried again hours later.
      state.suspect = { lineage, generation, spent: true }
      await noteRefusal(engine, state, turn.record, 'refresh', resolved)
    }
    throw error
  }
}

function marksOf<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  failure: CallFailure | undefined,
): Pick<TokenRecord<M>, 'rejected' | 'notBefore'> {
  if (failure === undefined) return {}
  const rejected = storableRefusals(state, engine.store.sealed)
  const hint = failure.verdict.kind === 'throttled' ? failure.verdict.retryAfterMs : undefined
  return {
    ...(rejected && { rejected }),
    ...(hint !== undefined && hint > 0 && { notBefore: engine.clock.now() + hint }),
  }
}
