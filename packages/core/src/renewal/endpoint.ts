import { untilAborted } from '../account/single-flight.ts'
import type { Clock, Random } from '../clock.ts'
import { type Cooldown, cooldownLeft, nextCooldown } from './cooldown.ts'

const AT_ONCE = 8
const FAILURES_TO_OPEN = 3
// What an account is told to wait while another one probes.
const PROBE_POLL_MS = 1_000

/** How a token call ended, as far as the endpoint's health goes. */
export type EndpointHealth = 'up' | 'down' | 'unknown'

/** What all accounts of one token endpoint share: how many call at once, and whether it is down. */
export interface Endpoint {
  /** Waits for one of the places. Call the returned function once to give it back. */
  enter(signal: AbortSignal): Promise<() => void>
  /** Milliseconds to leave the whole endpoint alone; 0 when this account may call. After a cool-down one account probes. */
  closedForMs(account: string): number
  /** `up`: it answered; `down`: it failed transiently; `unknown`: nothing was learned. */
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
  return {
    async enter(signal) {
      signal.throwIfAborted()
      if (running < atOnce) running += 1
      else await waitForTurn(signal)
      let inside = true
      return () => {
        if (inside) leave()
        inside = false
      }
    },
    closedForMs(account) {
      if (cooldown === undefined) return 0
      const left = cooldownLeft(cooldown, clock.monotonic())
      if (left > 0) return left
      probing ??= account
      return probing === account ? 0 : PROBE_POLL_MS
    },
    report(account, health) {
      if (probing === account) probing = undefined
      if (health === 'up') {
        failed.clear()
        cooldown = undefined
      } else if (health === 'down') {
        failed.add(account)
        if (failed.size >= FAILURES_TO_OPEN) cooldown = nextCooldown(cooldown, clock.monotonic(), random)
      }
    },
  }
}
