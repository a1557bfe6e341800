import type { ChaveiroError } from '../errors.ts'
import type { Engine } from '../manager/engine.ts'
import type { Cooldown } from '../renewal/cooldown.ts'
import { type AccessToken, accessToken } from '../token/access-token.ts'
import type { Refusals, TokenRecord, TokenSet } from '../token/record.ts'
import { refreshWindows } from '../token/refresh-decision.ts'
import type { AccountRef } from '../token/token-key.ts'
import type { Flight } from './single-flight.ts'

/** A token as this process knows it, with what the fast path compares. Immutable. */
export interface Snapshot<M> {
  readonly access: AccessToken<M>
  readonly token: TokenSet<M>
  /** Before this instant it is returned without further thought. */
  readonly refreshFrom: number
  /** From this instant callers wait for a new one. */
  readonly waitFrom: number
  /** Wall and monotonic time at which this process came to know it. */
  readonly knownAt: number
  readonly knownAtMonotonic: number
  /** Is it in the store? */
  readonly persisted: boolean
  /** Was it made for this process, just when it was first known? */
  readonly minted: boolean
}

/** What this process remembers of one account. Optional parts are absent in an idle account, to keep it small. */
export interface AccountState<M> {
  readonly ref: AccountRef
  readonly key: string
  storeKey?: string | undefined
  snapshot?: Snapshot<M> | undefined
  /** The latest wall time that a caller saw; a reading below it means that the clock was set back. */
  lastSeen: number
  flight?: Flight<Snapshot<M>> | undefined
  /** Grows when somebody signs in or out here: what began before must not overwrite it. */
  epoch: number
  cooldown?: Cooldown | undefined
  lastFailure?: { readonly error: ChaveiroError; readonly at: number } | undefined
  rejected?: Refusals | undefined
  /** The generation whose single-use refresh token may be spent, and whether it was sent again. */
  suspect?: { readonly lineage: string; readonly generation: number; readonly resent: boolean } | undefined
  /** The generation that callers reported as refused. */
  refused?: { readonly lineage: string; readonly generation: number } | undefined
  /** Refusals that a new token did not mend (rule 14 of the design: 401 storms). */
  storm?: { readonly lineage: string; readonly cooldown: Cooldown } | undefined
  /** Evicted from the manager's memory: whoever holds it must ask the manager for the account again. */
  evicted?: true | undefined
  /** Somebody else's claim, and since when (monotonic) it has stood unchanged. */
  claimSeen?: { readonly version: string; readonly since: number } | undefined
}

/** A fresh, empty state. */
export function accountState<M>(ref: AccountRef, key: string): AccountState<M> {
  return { ref, key, lastSeen: Number.NEGATIVE_INFINITY, epoch: 0 }
}

/** Takes a record's token into memory. */
export function remember<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  record: TokenRecord<M> & { readonly token: TokenSet<M> },
  origin: Pick<Snapshot<M>, 'persisted' | 'minted'>,
): Snapshot<M> {
  const { persisted, minted } = origin
  const { lineage, generation, token } = record
  const windows = refreshWindows(token.obtainedAt, token.expiresAt, engine.random(), engine.windows)
  const snapshot: Snapshot<M> = {
    access: accessToken(lineage, generation, token, engine.authorize),
    token,
    // A token that the store does not have yet takes the slow path, which tries to store it again.
    refreshFrom: persisted ? windows.refreshFrom : Number.NEGATIVE_INFINITY,
    waitFrom: windows.waitFrom,
    knownAt: engine.clock.now(),
    knownAtMonotonic: engine.clock.monotonic(),
    persisted,
    minted,
  }
  state.snapshot = snapshot
  state.lastSeen = snapshot.knownAt
  return snapshot
}

/** Does the record hold a token? */
export function hasToken<M>(
  record: TokenRecord<M> | undefined,
): record is TokenRecord<M> & { readonly token: TokenSet<M> } {
  return record?.token !== undefined
}

/**
 * The time by which a token's age is judged: the wall clock, unless it was set back; then the token's own age on the
 * monotonic clock. A monotonic clock that paused in a suspended machine loses against the wall.
 */
export function effectiveNow<M>(snapshot: Snapshot<M>, now: number, monotonic: number): number {
  return Math.max(now, snapshot.knownAt + (monotonic - snapshot.knownAtMonotonic))
}
