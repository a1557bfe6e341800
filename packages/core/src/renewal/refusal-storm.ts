import type { AccountState } from '../account/account-state.ts'
import type { Clock, Random } from '../clock.ts'
import { type Cooldown, cooldownLeft, nextCooldown } from './cooldown.ts'

/**
 * What the API makes of tokens that replaced a refused one. Where a new token is refused like the old one, nothing was
 * wrong with the token: for a while refusals of that lineage cause no token call. Otherwise an API that always answers
 * 401 would wear out the token endpoint.
 */
export interface Storm {
  readonly lineage: string
  /** The latest replacement. */
  readonly generation: number
  /** The API has not said yet whether it takes that one. */
  readonly onTrial: boolean
  readonly cooldown?: Cooldown | undefined
}

type Named = { readonly lineage: string; readonly generation: number }

/** Should a refusal be left as it is? */
export function inStorm<M>({ storm }: AccountState<M>, { lineage }: Named, clock: Clock): boolean {
  return storm?.lineage === lineage && cooldownLeft(storm.cooldown, clock.monotonic()) > 0
}

/** This token was obtained because the API refused the one before it: what becomes of it tells something. */
export function noteReplacement<M>(state: AccountState<M>, { lineage, generation }: Named): void {
  const before = state.storm?.lineage === lineage ? state.storm : undefined
  if (before && before.generation >= generation) return
  state.storm = { lineage, generation, onTrial: true, cooldown: before?.cooldown }
}

/** The API refused this token. Returns whether that shows a storm and opens a cool-down, which is worth one event. */
export function noteRefused<M>(state: AccountState<M>, token: Named, clock: Clock, random: Random): boolean {
  const { storm } = state
  if (storm === undefined || !isOnTrial(storm, token)) return false
  const { lineage, generation } = storm
  state.storm = {
    lineage,
    generation,
    onTrial: false,
    cooldown: nextCooldown(storm.cooldown, clock.monotonic(), random),
  }
  return true
}

/** Was this token's refusal announced when it opened a cool-down? */
export function isAnnounced<M>({ storm }: AccountState<M>, { lineage, generation }: Named): boolean {
  return storm?.lineage === lineage && storm.generation === generation && !storm.onTrial && storm.cooldown !== undefined
}

/** A refused request was accepted with this token: the next storm begins small again. */
export function noteAccepted<M>(state: AccountState<M>, token: Named): void {
  const { storm } = state
  if (storm === undefined || !isOnTrial(storm, token)) return
  state.storm = { lineage: storm.lineage, generation: storm.generation, onTrial: false }
}

function isOnTrial({ lineage, generation, onTrial }: Storm, token: Named): boolean {
  return onTrial && lineage === token.lineage && generation === token.generation
}
