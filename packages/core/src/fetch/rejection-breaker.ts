import type { Clock, Random } from '../clock.ts'
import { type CoolDown, coolDownLeft, nextCoolDown } from '../cool-down.ts'
import type { RejectionWatch } from '../renewal.ts'
import { type Generation, isSame } from '../token/held.ts'
import { parseChallenges } from './challenge.ts'

/** What a provider says of the API's answers. */
export interface RejectionRule {
  judge?(response: Response): 'refused' | 'insufficient-scope' | undefined
  judgeBody?(response: Response, clock: Clock): Promise<boolean>
}

/** Does this answer of the API reject the token, so that another one may help? The provider may have a rule of its own. */
export function rejectsToken(provider: RejectionRule, response: Response, clock: Clock): boolean | Promise<boolean> {
  return rejectsByHead(provider, response) || (provider.judgeBody?.(response, clock) ?? false)
}

function rejectsByHead(provider: RejectionRule, response: Response): boolean {
  if (provider.judge) return provider.judge(response) === 'refused'
  if (response.status !== 401) return false
  const header = response.headers.get('www-authenticate')
  return header === null || !asksForMoreScope(header)
}

// RFC 6750 §3.1 demands status 403; some servers send 401. A new token would have the same scopes.
function asksForMoreScope(header: string): boolean {
  return parseChallenges(header).some(
    ({ scheme, parameters }) => scheme === 'bearer' && parameters.get('error') === 'insufficient_scope',
  )
}

/**
 * Watches whether the API accepts tokens that replaced a rejected one. If a new token is rejected like the old one,
 * nothing was wrong with the token, and for a while rejections of that lineage cause no token call. Otherwise an API
 * that always answers 401 would wear out the token endpoint.
 */
export class RejectionBreaker implements RejectionWatch {
  readonly #clock: Clock
  readonly #random: Random
  /** The latest replacement. */
  #latest: Generation | undefined
  /** The API has not accepted or rejected it yet. */
  #onTrial = false
  #coolDown: CoolDown | undefined

  constructor(clock: Clock, random: Random) {
    this.#clock = clock
    this.#random = random
  }

  /** Should a rejection cause no token call? */
  isOpen({ lineage }: Generation): boolean {
    return this.#latest?.lineage === lineage && coolDownLeft(this.#coolDown, this.#clock.monotonic()) > 0
  }

  /** This token was obtained because the API rejected the previous one, so it is watched. */
  noteReplacement({ lineage, generation }: Generation): void {
    const isSameLineage = this.#latest?.lineage === lineage
    if (isSameLineage && this.#latest && this.#latest.generation >= generation) return
    if (!isSameLineage) this.#coolDown = undefined
    this.#latest = { lineage, generation }
    this.#onTrial = true
  }

  /** The API rejected this token. Returns whether that opens the breaker, which is worth one event. */
  noteRejected(token: Generation): boolean {
    if (!this.#isOnTrial(token)) return false
    this.#onTrial = false
    this.#coolDown = nextCoolDown(this.#coolDown, this.#clock.monotonic(), this.#random)
    return true
  }

  isAnnounced(token: Generation): boolean {
    return isSame(this.#latest, token) && !this.#onTrial && this.#coolDown !== undefined
  }

  /** The API accepted this token, so the next cool-down begins short again. */
  noteAccepted(token: Generation): void {
    if (!this.#isOnTrial(token)) return
    this.#onTrial = false
    this.#coolDown = undefined
  }

  #isOnTrial(token: Generation): boolean {
    return this.#onTrial && isSame(this.#latest, token)
  }
}
