import type { ErrorCode } from '../errors.ts'
import type { Engine } from '../manager/engine.ts'
import { nextAttemptAt } from '../renewal/next-attempt.ts'
import { readCell } from '../store/store-cell.ts'
import type { TokenRecord, TokenSet } from '../token/record.ts'
import { refreshWindows } from '../token/refresh-decision.ts'
import { type AccountState, effectiveNow } from './account-state.ts'

/** How an account stands. Nothing in it is secret. */
export interface TokenStatus {
  /** How the token stands, or why there is none. `in-window`: a refresh is due, and the token is still good. */
  state:
    | 'absent'
    | 'fresh'
    | 'in-window'
    | 'expired'
    | 'reauthorization-required'
    | 'credentials-rejected'
    | 'misconfigured'
  /** The number of the token within its lineage: grows with each new one. */
  generation?: number | undefined
  /** The provider's own handle of the token, where it has one. */
  id?: string | undefined
  /** Epoch milliseconds. Absent: unknown. */
  expiresAt?: number | undefined
  /** When the refresh token ends, in epoch milliseconds. Absent: unknown, or there is none. */
  refreshExpiresAt?: number | undefined
  /**
   * The next instant at which a token call may leave, in epoch milliseconds. Absent: nothing holds one back, or time alone
   * changes nothing; `state` says what to do then.
   */
  nextAttemptAt?: number | undefined
  /** Is the token in the store? */
  persisted: boolean
  /** The last renewal that failed, and when, in epoch milliseconds. Gone after a success. */
  lastFailure?: { code: ErrorCode; at: number } | undefined
}

/** From memory, else by one read of the store. */
export async function tokenStatus<Inputs, M>(engine: Engine<Inputs, M>, state: AccountState<M>): Promise<TokenStatus> {
  const { snapshot } = state
  const record = snapshot ? undefined : (await readCell(engine, state)).record
  const token = snapshot?.token ?? record?.token
  const generation = snapshot?.access.generation ?? (token && record?.generation)
  const next = nextAttemptAt(engine, state, record)
  const { lastFailure } = state
  return {
    state: stateName(engine, state, token, record),
    ...(generation === undefined ? {} : { generation }),
    ...(token?.id === undefined ? {} : { id: token.id }),
    ...(token?.expiresAt === undefined ? {} : { expiresAt: token.expiresAt }),
    ...(token?.refreshExpiresAt === undefined ? {} : { refreshExpiresAt: token.refreshExpiresAt }),
    ...(next === undefined ? {} : { nextAttemptAt: next }),
    persisted: snapshot?.persisted ?? token !== undefined,
    ...(lastFailure ? { lastFailure: { code: lastFailure.error.code, at: lastFailure.at } } : {}),
  }
}

function stateName<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  token: TokenSet<M> | undefined,
  record: TokenRecord<M> | undefined,
): TokenStatus['state'] {
  const { clock } = engine
  const { snapshot } = state
  const now = snapshot ? effectiveNow(snapshot, clock.now(), clock.monotonic()) : clock.now()
  if (token === undefined || now >= (token.expiresAt ?? Number.POSITIVE_INFINITY)) {
    return troubleOf(engine, state, record) ?? (token === undefined ? 'absent' : 'expired')
  }
  const windows = refreshWindows(token.obtainedAt, token.expiresAt, 0, engine.windows)
  // The account's own share of the jitter, where it is known: a window that no call opens is none.
  const refreshFrom = snapshot?.persisted ? snapshot.refreshFrom : windows.refreshFrom
  return now >= refreshFrom ? 'in-window' : 'fresh'
}

/** What keeps an account without a valid token from getting one: by our own last failure, else by the record's marks. */
function troubleOf<Inputs, M>(
  engine: Engine<Inputs, M>,
  { lastFailure, rejected }: AccountState<M>,
  record: TokenRecord<M> | undefined,
): TokenStatus['state'] | undefined {
  const last = lastFailure?.error
  if (last?.code === 'reauthorization-required' || last?.code === 'credentials-rejected') return last.code
  if (last?.action === 'fix-configuration') return 'misconfigured'
  const marks = { ...record?.rejected, ...rejected }
  if (marks.credentials) return 'credentials-rejected'
  return marks.refresh && engine.provider.acquire === undefined ? 'reauthorization-required' : undefined
}
