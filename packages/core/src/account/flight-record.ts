import { type ChaveiroError, type ErrorCode, isChaveiroError } from '../errors.ts'
import { type Engine, emit } from '../manager/engine.ts'
import { type Cooldown, cooldownLeft, nextCooldown } from '../renewal/cooldown.ts'
import { withRetryAfter } from '../renewal/failure-error.ts'
import type { AccountState, Snapshot } from './account-state.ts'
import { isNewer } from './need.ts'

// A misconfiguration does not mend itself, but its mending should be noticed within minutes.
const MISCONFIGURED_MS = 300_000
// The store is ours to ask again soon; a call that nobody made costs the provider nothing.
const STORE_MS = 1_000

/** After a flight that brought a token: what was held against the account, or against an older token, is history. */
export function noteSuccess<Inputs, M>(engine: Engine<Inputs, M>, state: AccountState<M>, brought: Snapshot<M>): void {
  const { clock, random } = engine
  const { generation } = brought.access
  const { refresh, credentials } = state.rejected ?? {}
  const isRefused = refresh?.generation === generation || credentials?.generation === generation
  // Only where there is something: each field that an idle account never had is memory saved.
  if (state.lastFailure) state.lastFailure = undefined
  if (state.claimSeen) state.claimSeen = undefined
  if (state.suspect && isNewer(brought, state.suspect)) state.suspect = undefined
  if (state.refused && isNewer(brought, state.refused)) state.refused = undefined
  if (state.rejected && !isRefused) state.rejected = undefined
  if (state.cooldown) state.cooldown = undefined
  // Every use tries again to store it, though not every one of a thousand in a second.
  if (!brought.persisted) {
    state.cooldown = nextCooldown(undefined, clock.monotonic(), random, { exactMs: STORE_MS })
  }
}

/**
 * After a flight that failed: remembers why, opens a cool-down, tells the listeners. Returns the error to throw.
 * `called`: it made a token call; one that was told to wait before it could make any doubles no cool-down.
 */
export function noteFailure<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  error: unknown,
  called: boolean,
): unknown {
  // Not a failure of the account: everybody went away, it was ended meanwhile, or the manager was closed.
  if (!isChaveiroError(error) || error.code === 'aborted' || error.code === 'closed') return error
  const { clock } = engine
  const postponed = !called && error.action === 'retry' && error.retryAfterMs !== undefined
  const previous = state.lastFailure?.error.code
  state.cooldown = postponed ? pause(state, clock.monotonic(), error) : cooldownAfter(engine, state, error)
  const left = cooldownLeft(state.cooldown, clock.monotonic())
  const told = error.action === 'retry' ? withRetryAfter(error, Math.max(left, error.retryAfterMs ?? 0)) : error
  state.lastFailure = { error: told, at: clock.now() }
  if (!postponed) announce(engine, state, error, previous)
  return told
}

function pause<M>({ cooldown }: AccountState<M>, now: number, { retryAfterMs = 0 }: ChaveiroError): Cooldown {
  return { failures: cooldown?.failures ?? 0, until: now + retryAfterMs }
}

function cooldownAfter<Inputs, M>(
  { clock, random }: Engine<Inputs, M>,
  state: AccountState<M>,
  { code, action, retryAfterMs }: ChaveiroError,
): Cooldown {
  const next = (wish: Parameters<typeof nextCooldown>[3]): Cooldown =>
    nextCooldown(state.cooldown, clock.monotonic(), random, wish)
  if (code === 'store' || code === 'conflict') return next({ exactMs: STORE_MS })
  if (action === 'fix-configuration') return next({ exactMs: MISCONFIGURED_MS })
  return next({ atLeastMs: retryAfterMs })
}

/** What waiting does not cure is told once, when the account comes into that state. */
function announce<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  { code, action }: ChaveiroError,
  previous: ErrorCode | undefined,
): void {
  const generation = state.snapshot?.access.generation
  if (action !== 'retry' && code === previous) return
  emit(engine, state.ref, { type: 'refresh.failed', code, generation })
  if (code === 'reauthorization-required')
    emit(engine, state.ref, { type: 'reauthorization.required', code, generation })
}
