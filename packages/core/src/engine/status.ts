import { type AccountRef, accountKey } from '../account-ref.ts'
import { aboutAccount, type ErrorCode, isChaveiroError } from '../errors.ts'
import { definedNotes, NO_NOTES, type Notes } from '../notes.ts'
import { deniedUntil, isDenied } from '../policies/denials.ts'
import type { Kept } from '../renewal.ts'
import { refreshWindows } from '../token/windows.ts'
import type { AccountMemory } from './account-memory.ts'
import { pauseAskedFor, wasResent } from './call-safely.ts'
import { pauseLeft } from './failure-pause.ts'

/** An account's status. Nothing in it is secret. */
export interface TokenStatus {
  /** The state of the token, or the reason for its absence. `in-window`: a refresh is due, the token is still good. */
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
  /** When the refresh token ends, in epoch milliseconds. Absent: unknown, or no refresh token. */
  refreshExpiresAt?: number | undefined
  /**
   * When a person has to sign in again unless the refresh token is replaced before, in epoch milliseconds. Absent:
   * unknown, or the provider needs no person.
   */
  signInBy?: number | undefined
  /**
   * The next instant at which a token call may leave, in epoch milliseconds. Absent: a call may leave now, or waiting
   * doesn't help; `state` says what to do then.
   */
  nextAttemptAt?: number | undefined
  /** Is the token in the store? */
  persisted: boolean
  /** The last renewal that failed, and when, in epoch milliseconds. Gone after a success. */
  lastFailure?: { code: ErrorCode; at: number } | undefined
}

/** What a manager knows of one of its accounts. */
export interface AccountStatus extends TokenStatus {
  /** The id of the provider. */
  provider: string
  /** As it was named to the manager. */
  account: AccountRef
}

/** The status by what is kept. No I/O. */
export function tokenStatus<M>(memory: AccountMemory<M>, kept: Kept<M> | undefined): TokenStatus {
  const { held } = kept ?? {}
  const { id, expiresAt, refreshExpiresAt } = held?.token ?? {}
  const { last } = memory.pause ?? {}
  const facts = {
    generation: held?.generation,
    id,
    expiresAt,
    refreshExpiresAt,
    signInBy: memory.engine.provider.acquire ? undefined : refreshExpiresAt,
    nextAttemptAt: nextAttemptAt(memory, kept),
    lastFailure: last && { code: last.error.code, at: last.at },
  }
  const persisted = held !== undefined && kept?.persisted === true
  return { state: stateName(memory, kept), persisted, ...definedNotes(facts) }
}

/** Says in an error of a renewal whose token it is about, and when the next call may leave. */
export function aboutRenewal<M>(error: unknown, memory: AccountMemory<M>): unknown {
  const mayCall = isChaveiroError(error) && error.action !== 'none'
  const next = mayCall ? nextAttemptAt(memory, memory.kept) : undefined
  return aboutAccount(error, memory.engine.provider.id, memory.account, next)
}

/**
 * The next instant at which a token call may leave for the account with its present inputs, as far as this process
 * knows. Absent: a call may leave now, or waiting doesn't help.
 */
function nextAttemptAt<M>(memory: AccountMemory<M>, kept: Kept<M> | undefined): number | undefined {
  const { account, engine, keeper, pause } = memory
  const { clock, gate } = engine
  const key = accountKey(account)
  const now = clock.now()
  const pauses = [
    // Without a failure, the pause only spaces out the attempts to store a token.
    pause?.last ? pauseLeft(pause, engine, key) : 0,
    kept ? pauseAskedFor(kept, clock) : 0,
    gate.closedForMs(key, true),
    (keeper.claimedUntil() ?? now) - now,
  ]
  const at = Math.max(now + Math.max(...pauses), callableFrom(memory, kept))
  return at > now && at < Infinity ? Math.ceil(at) : undefined
}

/** From when on there is a call that may be made: what `chooseCall` decides for one instant, over time. */
function callableFrom<M>(memory: AccountMemory<M>, kept: Kept<M> | undefined): number {
  const { provider, resendUnknown, clock } = memory.engine
  const { acquire, refresh, refreshKind, probeRejected = true } = provider
  const { held, mayBeSpent = false } = kept ?? {}
  const notes = denialsOf(memory, kept)
  const { generation = 0, token } = held ?? {}
  const acquireFrom = acquire ? deniedUntil(notes, 'credentials-rejected', generation, probeRejected, clock) : Infinity
  if (!refresh || token?.refreshToken === undefined) return acquireFrom
  let refreshFrom = deniedUntil(notes, 'refresh-rejected', generation, probeRejected, clock)
  const left = (kept && provider.refreshUses?.left(kept, kept.notes)) ?? Infinity
  if (kept && (left < 2 || (refreshKind === 'single-use' && mayBeSpent))) {
    // The token in hand is used to its end first.
    const isServing = memory.meets(memory.requirementOf({}))
    const end = isServing ? (token.expiresAt ?? Infinity) : refreshFrom
    const isGone = mayBeSpent === 'surely' || wasResent(kept) || resendUnknown === 'never'
    const isSpent = left < 1 || (left > 1 && isGone)
    refreshFrom = isSpent ? Infinity : Math.max(refreshFrom, end)
  }
  const isOver = Math.max(clock.now(), refreshFrom) >= (token.refreshExpiresAt ?? Infinity)
  return isOver ? acquireFrom : Math.min(acquireFrom, refreshFrom)
}

function stateName<M>(memory: AccountMemory<M>, kept: Kept<M> | undefined): TokenStatus['state'] {
  const { held } = kept ?? {}
  if (held === undefined) return troubleOf(memory, kept) ?? 'absent'
  const { obtainedAt, expiresAt = Infinity } = held.token
  const now = memory.judgedAt(held)
  if (now >= expiresAt) return troubleOf(memory, kept) ?? 'expired'
  // With the account's own share of the jitter, if it is known: before that no call starts a refresh.
  const isKnown = memory.held && kept?.persisted
  const windows = refreshWindows(obtainedAt, held.token.expiresAt, 0, memory.engine.windows)
  return now >= (isKnown ? memory.refreshFrom : windows.refreshFrom) ? 'in-window' : 'fresh'
}

/** What keeps an account without a valid token from getting one: by our own last failure, else by what is noted. */
function troubleOf<M>(memory: AccountMemory<M>, kept: Kept<M> | undefined): TokenStatus['state'] | undefined {
  const last = memory.pause?.last?.error
  if (last?.code === 'reauthorization-required' || last?.code === 'credentials-rejected') return last.code
  if (last?.action === 'fix-configuration') return 'misconfigured'
  const notes = denialsOf(memory, kept)
  const { generation = 0 } = kept?.held ?? {}
  if (isDenied(notes, 'credentials-rejected', generation)) return 'credentials-rejected'
  const isUsedUp = kept && memory.engine.provider.refreshUses?.left(kept, kept.notes) === 0
  const hasEnded = memory.engine.clock.now() >= (kept?.held?.token.refreshExpiresAt ?? Infinity)
  const isDead =
    hasEnded || isUsedUp || kept?.mayBeSpent === 'surely' || isDenied(notes, 'refresh-rejected', generation)
  const needsPerson = memory.engine.provider.acquire === undefined && isDead
  return needsPerson ? 'reauthorization-required' : undefined
}

/** Where the account's denials are noted: with the token, or where no other process reads them. */
function denialsOf<M>({ account, engine }: AccountMemory<M>, kept: Kept<M> | undefined): Notes {
  return engine.denials.of(account, kept?.held, kept?.notes ?? NO_NOTES)
}
