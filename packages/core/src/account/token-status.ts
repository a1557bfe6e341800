import type { ErrorCode } from '../errors.ts'
import type { Engine } from '../manager/engine.ts'
import { cooldownLeft } from '../renewal/cooldown.ts'
import { readCell } from '../store/store-cell.ts'
import type { TokenSet } from '../token/record.ts'
import { refreshWindows } from '../token/refresh-decision.ts'
import type { AccountState } from './account-state.ts'

/** How an account stands. Nothing in it is secret. */
export interface TokenStatus {
  state:
    | 'absent'
    | 'fresh'
    | 'in-window'
    | 'expired'
    | 'reauthorization-required'
    | 'credentials-rejected'
    | 'misconfigured'
  generation?: number | undefined
  /** Epoch milliseconds. Absent: unknown. */
  expiresAt?: number | undefined
  refreshExpiresAt?: number | undefined
  /** Epoch milliseconds before which no token call is made. */
  nextAttemptAt?: number | undefined
  /** Is the token in the store? */
  persisted: boolean
  lastFailure?: { code: ErrorCode; at: number } | undefined
}

/** From memory, else by one read of the store. */
export async function tokenStatus<Inputs, M>(engine: Engine<Inputs, M>, state: AccountState<M>): Promise<TokenStatus> {
  const cell = state.snapshot ? undefined : await readCell(engine, state)
  const token = state.snapshot?.token ?? cell?.record?.token
  const generation = state.snapshot?.access.generation ?? (token && cell?.record?.generation)
  const pause = cooldownLeft(state.cooldown, engine.clock.monotonic())
  const now = engine.clock.now()
  const { lastFailure } = state
  return {
    state: stateName(engine, state, token, now),
    ...(generation === undefined ? {} : { generation }),
    ...(token?.expiresAt === undefined ? {} : { expiresAt: token.expiresAt }),
    ...(token?.refreshExpiresAt === undefined ? {} : { refreshExpiresAt: token.refreshExpiresAt }),
    ...(pause > 0 ? { nextAttemptAt: Math.ceil(now + pause) } : {}),
    persisted: state.snapshot?.persisted ?? token !== undefined,
    ...(lastFailure ? { lastFailure: { code: lastFailure.error.code, at: lastFailure.at } } : {}),
  }
}

function stateName<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  token: TokenSet<M> | undefined,
  now: number,
): TokenStatus['state'] {
  const alive = token !== undefined && now < (token.expiresAt ?? Number.POSITIVE_INFINITY)
  if (!alive) {
    const code = state.lastFailure?.error.code
    if (code === 'reauthorization-required' || code === 'credentials-rejected' || code === 'misconfigured') return code
    return token === undefined ? 'absent' : 'expired'
  }
  const { refreshFrom } = refreshWindows(token.obtainedAt, token.expiresAt, 0, engine.windows)
  return now >= refreshFrom ? 'in-window' : 'fresh'
}
