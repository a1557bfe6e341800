import type { AccountState } from '../account/account-state.ts'
import type { Clock, Random } from '../clock.ts'
import { cooldownLeft, nextCooldown } from './cooldown.ts'

/**
 * Refusals that a new token did not mend: nothing was wrong with the token, so for a while refusals of that lineage
 * cause no token call. Otherwise an API that always answers 401 would wear out the token endpoint.
 */
export function inStorm<M>(state: AccountState<M>, lineage: string, clock: Clock): boolean {
  return state.storm?.lineage === lineage && cooldownLeft(state.storm.cooldown, clock.monotonic()) > 0
}

/** A fresh token was refused too. Returns whether this opens a cool-down, which is worth one event. */
export function noteFutileRefresh<M>(state: AccountState<M>, lineage: string, clock: Clock, random: Random): boolean {
  if (inStorm(state, lineage, clock)) return false
  const previous = state.storm?.lineage === lineage ? state.storm.cooldown : undefined
  state.storm = { lineage, cooldown: nextCooldown(previous, clock.monotonic(), random) }
  return true
}

/** A replay with a fresh token was accepted: the next storm begins small again. */
export function noteUsefulRefresh<M>(state: AccountState<M>, lineage: string): void {
  if (state.storm?.lineage === lineage) state.storm = undefined
}
