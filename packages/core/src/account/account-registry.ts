import { type AccountRef, accountKey, accountRef } from '../token/token-key.ts'
import { type AccountState, accountState } from './account-state.ts'

/** The accounts that a manager remembers: bounded, least recently opened out first. */
export interface AccountRegistry<M> {
  open(ref: AccountRef | string): AccountState<M>
  /** The state in force for an account whose state may have been evicted meanwhile. */
  current(state: AccountState<M>): AccountState<M>
  all(): Iterable<AccountState<M>>
  clear(): void
}

export function accountRegistry<M>(maxAccounts: number): AccountRegistry<M> {
  const states = new Map<string, AccountState<M>>()
  const open = (given: AccountRef | string): AccountState<M> => {
    const ref = accountRef(given)
    const key = accountKey(ref)
    const known = states.get(key)
    if (known) {
      // Map keeps the order of insertion: the last one in is the most recently used.
      states.delete(key)
      states.set(key, known)
      return known
    }
    const state = accountState<M>(ref, key)
    states.set(key, state)
    if (states.size > maxAccounts) evict(states, states.size - maxAccounts, state)
    return state
  }
  return {
    open,
    current: (state) => (state.evicted ? open(state.ref) : state),
    all: () => states.values(),
    clear: () => states.clear(),
  }
}

/** Never one with a flight or a sign-in under way, nor one whose token is nowhere else, nor the one just opened. */
function evict<M>(states: Map<string, AccountState<M>>, tooMany: number, keep: AccountState<M>): void {
  let left = tooMany
  for (const [key, state] of states) {
    if (left === 0) return
    if (state === keep || state.flight || state.unfinished || state.snapshot?.persisted === false) continue
    states.delete(key)
    state.evicted = true
    state.snapshot = undefined
    left -= 1
  }
}
