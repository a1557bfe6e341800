import type { Clock } from '../clock.ts'
import type { ChaveiroError } from '../errors.ts'
import type { Engine } from '../manager/engine.ts'
import type { Cooldown } from '../renewal/cooldown.ts'
import type { Storm } from '../renewal/refusal-storm.ts'
import { dueFrom } from '../renewal/retiring.ts'
import { type AccessToken, accessToken } from '../token/access-token.ts'
import type { Refusals, TokenRecord, TokenSet } from '../token/record.ts'
import { type RefreshWindows, refreshWindows } from '../token/refresh-decision.ts'
import type { AccountRef } from '../token/token-key.ts'
import type { Generation } from './need.ts'
import type { Flight } from './single-flight.ts'
import type { SharedWork } from './while-alive.ts'

/** A token as this process knows it, with what the fast path compares. Immutable but for `promise`. */
export interface Snapshot<M> {
  readonly access: AccessToken<M>
  readonly token: TokenSet<M>
  /** Before this instant it is returned without further thought. */
  readonly readyUntil: number
  /** From this instant it is refreshed in the background. */
  readonly refreshFrom: number
  /** The wall clock less the monotonic one, when this process came to know it: what its age is counted by. */
  readonly clockOrigin: number
  /** Is it in the store? */
  readonly persisted: boolean
  /** Was it made for this process, just when it was first known? */
  readonly minted: boolean
  /** `access`, already resolved; made when it is first wanted. */
  promise?: Promise<AccessToken<M>> | undefined
}

/** What this process remembers of one account. Optional parts are absent in an idle account, to keep it small. */
export interface AccountState<M> {
  readonly ref: AccountRef
  /** Its identity within the manager. */
  readonly key: string
  storeKey?: string | undefined
  snapshot?: Snapshot<M> | undefined
  /** The latest wall time that a caller saw; a reading below it means that the clock was set back. */
  lastSeen: number
  /** The flight under way, the `epoch` in which it began, and when, by the monotonic clock. */
  flight?: (Flight<Snapshot<M>> & { readonly epoch: number; readonly since: number }) | undefined
  /** Grows when somebody signs in or out here: what began before must not overwrite it. */
  epoch: number
  /** Signing in or out that is under way; the next one waits for it. */
  signing?: SharedWork | undefined
  /** The same with the revocations that follow: closing waits for it. Never rejects. */
  unfinished?: SharedWork | undefined
  /** The manager was closed: no flight begins any more. */
  closed?: ChaveiroError | undefined
  cooldown?: Cooldown | undefined
  lastFailure?: { readonly error: ChaveiroError; readonly at: number } | undefined
  /** What the provider refused, and in which lineage; none while there was no token. */
  rejected?: (Refusals & { readonly lineage: string | undefined }) | undefined
  /** The generation whose single-use refresh token may be spent; `spent`: it was sent once more, or surely is. */
  suspect?: (Generation & { readonly spent: boolean }) | undefined
  /** The generation that callers reported as refused. */
  refused?: Generation | undefined
  /** The end of the refresh token that the listeners were told about. */
  expiryNoticed?: number | undefined
  /** What the API made of tokens that replaced a refused one. */
  storm?: Storm | undefined
  /** Evicted from the manager's memory: whoever holds it must ask the manager for the account again. */
  evicted?: true | undefined
  /** Another process's claim, since when (monotonic) this one has seen it unchanged, and when it counts as abandoned. */
  claimSeen?: { readonly version: string; readonly since: number; readonly ttlMs: number } | undefined
  /** Epoch milliseconds from which a token that nobody uses any more may be revoked; none: there is no such token. */
  tidyFrom?: number | undefined
  /** The revoking that is under way. */
  tidying?: SharedWork | undefined
  /** Ends asked for in calls whose answers were lost, where no shared store remembers them. */
  lost?: readonly number[] | undefined
}

/** A fresh, empty state. */
export function accountState<M>(ref: AccountRef, key: string): AccountState<M> {
  // What every account comes to have is named at once: fields that are added later cost an object of their own.
  return { ref, key, storeKey: undefined, snapshot: undefined, flight: undefined, lastSeen: -Infinity, epoch: 0 }
}

// Before every instant: a token that the store does not have yet is refreshed at once, which stores it; one that was
// refused, or whose manager was closed, takes the slow path, which says so.
const AT_ONCE = Number.NEGATIVE_INFINITY

/** Takes a record's token into memory. */
export function remember<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  record: TokenRecord<M> & { readonly token: TokenSet<M> },
  origin: Pick<Snapshot<M>, 'persisted' | 'minted'>,
): Snapshot<M> {
  const { persisted, minted } = origin
  const { lineage, generation, token } = record
  const now = engine.clock.now()
  const refreshFrom = persisted ? windowsOf(engine, token).refreshFrom : AT_ONCE
  const tidyFrom = dueFrom(record.retiring)
  const snapshot: Snapshot<M> = {
    access: accessToken(lineage, generation, token, engine.authorize),
    token,
    readyUntil: Math.min(refreshFrom, tidyFrom ?? refreshFrom),
    refreshFrom,
    clockOrigin: now - engine.clock.monotonic(),
    persisted,
    minted,
  }
  state.snapshot = snapshot
  state.lastSeen = now
  // Only where there is something: each field that an idle account never had is memory saved.
  if (state.tidyFrom !== tidyFrom) state.tidyFrom = tidyFrom
  return snapshot
}

/** The same token, now in the store or still not; its age stays what it was. */
export function markPersisted<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  snapshot: Snapshot<M>,
  persisted: boolean,
): Snapshot<M> {
  const refreshFrom = persisted ? windowsOf(engine, snapshot.token).refreshFrom : AT_ONCE
  const readyUntil = Math.min(refreshFrom, state.tidyFrom ?? refreshFrom)
  const marked = { ...snapshot, readyUntil, refreshFrom, persisted }
  state.snapshot = marked
  return marked
}

/** From now on every use takes the slow path: the token was refused, or its manager was closed. */
export function takeOffFastPath<M>(state: AccountState<M>): void {
  if (state.snapshot) state.snapshot = { ...state.snapshot, readyUntil: AT_ONCE }
}

/** When the slow path is to look again for tokens that nobody uses any more. */
export function tidyAgain<M>(state: AccountState<M>, tidyFrom: number | undefined): void {
  state.tidyFrom = tidyFrom
  const { snapshot } = state
  // One that is off the fast path stays off it.
  if (snapshot === undefined || snapshot.readyUntil === AT_ONCE) return
  state.snapshot = { ...snapshot, readyUntil: Math.min(snapshot.refreshFrom, tidyFrom ?? snapshot.refreshFrom) }
}

function windowsOf<Inputs, M>(engine: Engine<Inputs, M>, token: TokenSet<M>): RefreshWindows {
  return refreshWindows(token.obtainedAt, token.expiresAt, engine.random(), engine.windows)
}

/** From this instant callers wait for a new one. */
export function waitFrom<Inputs, M>(engine: Engine<Inputs, M>, { token }: Snapshot<M>): number {
  return refreshWindows(token.obtainedAt, token.expiresAt, 0, engine.windows).waitFrom
}

/** The token in memory, where it serves without further thought: one reading of the wall clock, and no I/O. */
export function readyToken<M>(state: AccountState<M>, clock: Clock): AccessToken<M> | undefined {
  const { snapshot } = state
  if (snapshot === undefined) return undefined
  const now = clock.now()
  // A reading below the last one means that the clock was set back: the slow path looks at the token's age.
  if (now >= snapshot.readyUntil || now < state.lastSeen) return undefined
  state.lastSeen = now
  return snapshot.access
}

/** The token of {@link readyToken} as a promise. Made when it is first wanted, so that idle accounts have none. */
export function readyPromise<M>(snapshot: Snapshot<M>): Promise<AccessToken<M>> {
  snapshot.promise ??= Promise.resolve(snapshot.access)
  return snapshot.promise
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
  return Math.max(now, snapshot.clockOrigin + monotonic)
}
