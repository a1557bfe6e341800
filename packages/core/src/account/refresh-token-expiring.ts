import { type Engine, emit } from '../manager/engine.ts'
import type { TokenSet } from '../token/record.ts'
import type { AccountState } from './account-state.ts'

const LONGEST_NOTICE_MS = 7 * 86_400_000
const NOTICE_SHARE = 0.2

/**
 * Tells once for each refresh token that it ends soon, where nothing but a person can replace it. Called when a flight
 * has ended: whatever it brought is in memory by then.
 */
export function noticeExpiringRefreshToken<Inputs, M>(engine: Engine<Inputs, M>, state: AccountState<M>): void {
  const token = state.snapshot?.token
  const end = token?.refreshExpiresAt
  if (token === undefined || end === undefined || engine.provider.acquire || state.expiryNoticed === end) return
  if (engine.clock.now() < noticeFrom(token, end)) return
  state.expiryNoticed = end
  emit(engine, state.ref, { type: 'refresh-token.expiring', generation: state.snapshot?.access.generation })
}

/** Seven days before its end, or when the last fifth of its life begins, whichever comes later. */
function noticeFrom({ refreshObtainedAt, obtainedAt }: TokenSet, end: number): number {
  const life = end - (refreshObtainedAt ?? obtainedAt)
  return end - Math.min(LONGEST_NOTICE_MS, life * NOTICE_SHARE)
}
