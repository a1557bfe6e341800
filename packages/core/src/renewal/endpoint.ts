import { untilAborted } from '../account/single-flight.ts'
import type { Clock, Random } from '../clock.ts'
import { type Cooldown, cooldownLeft, nextCooldown } from './cooldown.ts'

const AT_ONCE = 8
const FAILURES_TO_OPEN = 3
// What an account is told to wait while another one probes.
const PROBE_POLL_MS = 1_000
const JITTER_SHARE = 0.5
const LONGEST_MS = 25_000

/** Something that an account holds; from this monotonic instant on its holder is taken for dead. */
interface Taken {
  readonly until: number
}

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
export function endpoint(
  clock: Clock,
  random: Random,
  atOnce: number = AT_ONCE,
  longestMs: number = LONGEST_MS,
): Endpoint {
  // In a Worker, a request that was cancelled gives nothing back: what it holds is free again after the longest time.
  const taken = new Set<Taken>()
  const queue: ((place: Taken) => void)[] = []
  const failed = new Set<string>()
  let cooldown: Cooldown | undefined
  let probing: (Taken & { readonly account: string }) | undefined

  const isOver = ({ until }: Taken): boolean => clock.monotonic() >= until
  const take = (): Taken | undefined => {
    for (const place of taken) if (isOver(place)) taken.delete(place)
    if (taken.size >= atOnce) return undefined
    const place = { until: clock.monotonic() + longestMs }
    taken.add(place)
    return place
  }
  // A place passes straight to the next in line, so that a newcomer cannot slip in between.
  const handOn = (): void => {
    while (queue.length > 0) {
      const place = take()
      if (!place) return
      queue.shift()?.(place)
    }
  }
  const leave = (place: Taken): void => {
    if (taken.delete(place)) handOn()
  }
  const waitForPlace = async (signal: AbortSignal): Promise<Taken> => {
    let receive: (place: Taken) => void = () => {}
    const turn = new Promise<Taken>((resolve) => {
      receive = resolve
      queue.push(receive)
    })
    let cancel: () => void = () => {}
    const look = (): void => {
      cancel = clock.timer(() => {
        handOn()
        look()
      }, longestMs)
    }
    look()
    try {
      return await untilAborted(turn, signal)
    } catch (reason) {
      const index = queue.indexOf(receive)
      if (index >= 0) queue.splice(index, 1)
      else void turn.then(leave)
      throw reason
    } finally {
      cancel()
    }
  }
  const closedForMs = (account: string, spread = random()): number => {
    if (cooldown === undefined) return 0
    const left = cooldownLeft(cooldown, clock.monotonic())
    const wait =
      left > 0 ? left : probing === undefined || probing.account === account || isOver(probing) ? 0 : PROBE_POLL_MS
    // Who is told to wait comes back a little later than the probe, each at a time of his own.
    return wait * (1 + JITTER_SHARE * spread)
  }
  return {
    async enter(account, signal) {
      signal.throwIfAborted()
      const place = take() ?? (await waitForPlace(signal))
      // Asked again: it may have closed while this account stood in line.
      const wait = closedForMs(account)
      if (wait === 0 && cooldown !== undefined) probing = { account, until: place.until }
      return { closedForMs: wait, leave: () => leave(place) }
    },
    closedForMs,
    report(account, health) {
      if (probing?.account === account) probing = undefined
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
