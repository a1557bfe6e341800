import { untilAborted } from '../account/single-flight.ts'
import type { Clock, Random } from '../clock.ts'
import { type Cooldown, cooldownLeft, nextCooldown } from './cooldown.ts'

const AT_ONCE = 8
const FAILURES_TO_OPEN = 3
// What an account is told to wait while another one probes.
const PROBE_POLL_MS = 1_000
const JITTER_SHARE = 0.5

/** What a token call told of the endpoint. `unknown`: nothing, for example because it asked for a pause. */
export type EndpointHealth = 'up' | 'down' | 'unknown'

/** One of the places at an endpoint. */
export interface Place {
  /** Milliseconds to leave the whole endpoint alone; 0 when the account may call. */
  readonly closedForMs: number
  /** Gives the place back; once is enough. */
  leave(): void
}

/** What all accounts of one token endpoint share: how many call at once, and whether it is down. */
export interface Endpoint {
  /** Waits for one of the places. After a cool-down the first account that comes in is the one that probes. */
  enter(account: string, signal: AbortSignal): Promise<Place>
  /** Milliseconds to leave the whole endpoint alone; 0 when this account may try to enter. `spread` (0 to 1) adds to it. */
  closedForMs(account: string, spread?: number): number
  /** `up`: it answered; `down`: it failed transiently; `unknown`: nothing was learned, and nobody probes any more. */
  report(account: string, health: EndpointHealth): void
}

/**
 * Its own cool-down opens only after three transient failures of different accounts in a row with no success between,
 * so that one broken account closes nothing for the others, and it is probed by one call.
 */
export function endpoint(clock: Clock, random: Random, atOnce: number = AT_ONCE): Endpoint {
  let running = 0
  const queue: (() => void)[] = []
  const failed = new Set<string>()
  let cooldown: Cooldown | undefined
  let probing: string | undefined

  // A place passes straight to the next in line, so that a newcomer cannot slip in between.
  const leave = (): void => {
    const next = queue.shift()
    if (next) next()
    else running -= 1
  }
  const waitForTurn = async (signal: AbortSignal): Promise<void> => {
    let place: () => void = () => {}
    const turn = new Promise<void>((resolve) => {
      place = resolve
      queue.push(place)
    })
    try {
      await untilAborted(turn, signal)
    } catch (reason) {
      const index = queue.indexOf(place)
      if (index >= 0) queue.splice(index, 1)
      else leave()
      throw reason
    }
  }
  const closedForMs = (account: string, spread = random()): number => {
    if (cooldown === undefined) return 0
    const left = cooldownLeft(cooldown, clock.monotonic())
    const wait = left > 0 ? left : probing === undefined || probing === account ? 0 : PROBE_POLL_MS
    // Who is told to wait comes back a little later than the probe, each at a time of his own.
    return wait * (1 + JITTER_SHARE * spread)
  }
  return {
    async enter(account, signal) {
      signal.throwIfAborted()
      if (running < atOnce) running += 1
      else await waitForTurn(signal)
      // Asked again: it may have closed while this account stood in line.
      const wait = closedForMs(account)
      if (wait === 0 && cooldown !== undefined) probing = account
      let inside = true
      return {
        closedForMs: wait,
        leave() {
          if (inside) leave()
          inside = false
        },
      }
    },
    closedForMs,
    report(account, health) {
      if (probing === account) probing = undefined
      if (health === 'up') {
        failed.clear()
        cooldown = undefined
      } else if (health === 'down') {
        if (failed.size < FAILURES_TO_OPEN) failed.add(account)
        // Calls that were under way when it opened say nothing new.
        const open = cooldownLeft(cooldown, clock.monotonic()) > 0
        if (failed.size >= FAILURES_TO_OPEN && !open) cooldown = nextCooldown(cooldown, clock.monotonic(), random)
      }
    },
  }
}
