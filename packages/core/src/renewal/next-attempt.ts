import type { AccountState, Snapshot } from '../account/account-state.ts'
import { isNewer } from '../account/need.ts'
import type { Engine } from '../manager/engine.ts'
import type { TokenRecord } from '../token/record.ts'
import { cooldownLeft } from './cooldown.ts'
import { isSuspect } from './next-call.ts'
import { refusalsOf, refusedUntil } from './refusal.ts'
import { pauseLeft } from './renewal.ts'

/**
 * The next instant at which a token call may leave for the account with the inputs as they are, as far as this process
 * knows. Absent: nothing holds one back, or time alone brings none.
 */
export function nextAttemptAt<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  stored?: TokenRecord<M>,
): number | undefined {
  const { clock, endpoint } = engine
  const { snapshot, claimSeen } = state
  const now = clock.now()
  const monotonic = clock.monotonic()
  const record = stored ?? (snapshot && recordOf(snapshot))
  const pauses = [
    // Without a failure, it only spaces out the attempts to store a token.
    state.lastFailure ? cooldownLeft(state.cooldown, monotonic) : 0,
    pauseLeft(engine, record),
    endpoint.closedForMs(state.key, 0),
    claimSeen ? claimSeen.since + claimSeen.ttlMs - monotonic : 0,
  ]
  const at = Math.max(now + Math.max(...pauses), callableFrom(engine, state, record))
  return at > now && at < Number.POSITIVE_INFINITY ? Math.ceil(at) : undefined
}

function recordOf<M>({ access: { lineage, generation }, token }: Snapshot<M>): TokenRecord<M> {
  return { v: 1, lineage, generation, token }
}

/** From when on there is a call that may be made: what `planCall` decides for one instant, over time. */
function callableFrom<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  record: TokenRecord<M> | undefined,
): number {
  const { provider, resendUnknown, clock } = engine
  const { snapshot, refused, suspect } = state
  const { refresh, credentials } = refusalsOf(state, record)
  const token = record?.token
  const acquireFrom = provider.acquire ? refusedUntil(engine, credentials) : Number.POSITIVE_INFINITY
  if (!provider.refresh || token?.refreshToken === undefined) return acquireFrom
  let refreshFrom = refusedUntil(engine, refresh)
  if (provider.refreshKind === 'single-use' && isSuspect(state, record)) {
    // First the token in hand is used to its end.
    const isServing = snapshot !== undefined && !(refused && !isNewer(snapshot, refused))
    const end = isServing ? (token.expiresAt ?? Number.POSITIVE_INFINITY) : refreshFrom
    refreshFrom = suspect?.spent || resendUnknown === 'never' ? Number.POSITIVE_INFINITY : Math.max(refreshFrom, end)
  }
  const isOver = Math.max(clock.now(), refreshFrom) >= (token.refreshExpiresAt ?? Number.POSITIVE_INFINITY)
  return isOver ? acquireFrom : Math.min(acquireFrom, refreshFrom)
}
