import type { AccountState } from '../account/account-state.ts'
import { type Need, serves } from '../account/need.ts'
import type { ChaveiroError } from '../errors.ts'
import type { Engine } from '../manager/engine.ts'
import type { TokenRecord } from '../token/record.ts'
import type { ResolvedInputs } from './credentials.ts'
import { lostAnswerError, stateError } from './failure-error.ts'
import { type Plan, planCall } from './plan.ts'
import { refusalsOf, stillRefused } from './refusal.ts'

// A lost answer may still be stored by whoever gets it: worth a look at the store now and then.
const LONGEST_WAIT_MS = 300_000

/** The plan for a record. `tookOver`: a claim on it was abandoned, so a single-use refresh token may be spent. */
export async function nextCall<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  record: TokenRecord<M> | undefined,
  tookOver: boolean,
  { newerThan }: Need,
  resolved: ResolvedInputs<Inputs>,
): Promise<Plan> {
  const { provider } = engine
  const { snapshot, suspect } = state
  const token = record?.token
  const refusals = refusalsOf(state, record)
  const isOfRecord = isSuspect(state, record)
  return planCall({
    canRefresh:
      provider.refresh !== undefined &&
      token?.refreshToken !== undefined &&
      engine.clock.now() < (token.refreshExpiresAt ?? Number.POSITIVE_INFINITY),
    refreshRefused: await stillRefused(engine, refusals.refresh, resolved),
    suspect: provider.refreshKind === 'single-use' && (tookOver || isOfRecord),
    spent: isOfRecord && suspect?.spent === true,
    mayResend: engine.resendUnknown === 'once',
    canAcquire: provider.acquire !== undefined,
    credentialsRefused: await stillRefused(engine, refusals.credentials, resolved),
    tokenAlive: snapshot !== undefined && serves(engine, snapshot, { newerThan }),
  })
}

/** Was this record's refresh token sent in a call whose answer was lost? */
export function isSuspect<M>({ suspect }: AccountState<M>, record: TokenRecord<M> | undefined): boolean {
  return suspect !== undefined && suspect.lineage === record?.lineage && suspect.generation === record.generation
}

/** Why there is no call to make: what the provider said when it was last asked, where this process was the one to ask. */
export function noCallError<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  plan: 'wait' | 'credentials-rejected' | 'reauthorization-required',
): ChaveiroError {
  if (plan === 'wait') {
    const end = state.snapshot?.access.expiresAt ?? Number.POSITIVE_INFINITY
    return lostAnswerError(Math.min(end - engine.clock.now(), LONGEST_WAIT_MS))
  }
  const last = state.lastFailure?.error
  return last?.action === 'reauthorize' ? last : stateError(plan)
}
