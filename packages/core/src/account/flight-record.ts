import { type ChaveiroError, type ErrorCode, isChaveiroError } from '../errors.ts'
import { type Engine, emit } from '../manager/engine.ts'
import { cooldownLeft, nextCooldown } from '../renewal/cooldown.ts'
import { withRetryAfter } from '../renewal/failure-error.ts'
import type { AccountState } from './account-state.ts'

// A misconfiguration does not mend itself, but its mending should be noticed within minutes.
const MISCONFIGURED_MS = 300_000
// The store is ours to ask again soon; a call that nobody made costs the provider nothing.
const STORE_MS = 1_000

/** After a flight that brought a token: nothing is held against the account any more. */
export function noteSuccess<M>(state: AccountState<M>): void {
  state.cooldown = undefined
  state.lastFailure = undefined
  state.rejected = undefined
}

/** After a flight that failed: remembers why, opens a cool-down, tells the listeners. Returns the error to throw. */
export function noteFailure<Inputs, M>(engine: Engine<Inputs, M>, state: AccountState<M>, error: unknown): unknown {
  // Not a failure of the account: everybody went away, or it was ended meanwhile.
  if (!isChaveiroError(error) || error.code === 'aborted') return error
  const previous = state.lastFailure?.error.code
  state.cooldown = nextCooldown(state.cooldown, engine.clock.monotonic(), engine.random, cooldownWish(error))
  const left = cooldownLeft(state.cooldown, engine.clock.monotonic())
  const told = error.action === 'retry' ? withRetryAfter(error, Math.max(left, error.retryAfterMs ?? 0)) : error
  state.lastFailure = { error: told, at: engine.clock.now() }
  announce(engine, state, error.code, previous)
  return told
}

function cooldownWish({ code, action, retryAfterMs }: ChaveiroError): Parameters<typeof nextCooldown>[3] {
  if (action === 'fix-configuration') return { exactMs: MISCONFIGURED_MS }
  if (code === 'store' || code === 'conflict') return { exactMs: STORE_MS }
  return { atLeastMs: retryAfterMs }
}

/** What needs a person is told once, when the account comes into that state. */
function announce<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  code: ErrorCode,
  previous: ErrorCode | undefined,
): void {
  const generation = state.snapshot?.access.generation
  const needsPerson = code === 'reauthorization-required' || code === 'credentials-rejected'
  if (needsPerson && code === previous) return
  emit(engine, state.ref, { type: 'refresh.failed', code, generation })
  if (code === 'reauthorization-required')
    emit(engine, state.ref, { type: 'reauthorization.required', code, generation })
}
