import type { Clock, Random } from '../clock.ts'
import { type CoolDown, coolDownLeft, nextCoolDown } from '../cool-down.ts'
import type { ErrorCode } from '../errors.ts'

const FALLEN_TO_CLOSE = 3
const UNREACHABLE_TO_CLOSE = 2
const FAILING_TO_CLOSE = 20
const THROTTLED_TO_CLOSE = 2
const THROTTLE_PROBE_MS = 60_000
// An account whose last call failed may probe this much later than one whose last call succeeded.
const PREFERENCE_MS = 5_000
// How long an account waits while another one probes.
const PROBE_POLL_MS = 1_000
const JITTER_SHARE = 0.5
const MOST_ACCOUNTS = 10_000

/** What a token call says about the endpoint. */
export type Outcome =
  | { readonly kind: 'success' | 'answered' | 'failed' | 'no-connection' | 'nothing' }
  | { readonly kind: 'throttled'; readonly ms: number | undefined }

interface Closed {
  readonly code: ErrorCode
  readonly ms: number
}

export interface EndpointHealth {
  /**
   * `undefined`: the account may call, and with `probes` its call is the probe. `spread` (0 to 1) is its share of the
   * jitter.
   */
  closedFor(account: string, awaited: boolean, probes: boolean, spread?: number): Closed | undefined
  report(account: string, outcome: Outcome): void
  /** Monotonic instant at which it last opened again. */
  openedAt(): number
}

/**
 * Closes the endpoint for all accounts if, without a success in between, three whose last call succeeded have failed,
 * two found no connection, twenty have failed in all, or two were asked to wait. Then one account at a time probes.
 */
export function endpointHealth(clock: Clock, random: Random, probeMs: number): EndpointHealth {
  // The accounts whose last call succeeded.
  const well = new Set<string>()
  const fallen = new Set<string>()
  const unreachable = new Set<string>()
  const failing = new Set<string>()
  const throttled = new Set<string>()
  let coolDown: CoolDown | undefined
  let pauseUntil = -Infinity
  let nextPauseProbe = 0
  let probing: { readonly account: string; readonly until: number } | undefined
  let openedAt = -Infinity

  const open = (): void => {
    if (coolDown) openedAt = clock.monotonic()
    for (const accounts of [fallen, unreachable, failing, throttled]) accounts.clear()
    coolDown = undefined
    pauseUntil = -Infinity
  }
  const paused = (account: string, awaited: boolean, probes: boolean): Closed | undefined => {
    const now = clock.monotonic()
    if (now >= pauseUntil) return undefined
    const left = pauseUntil - now
    const isOwn = throttled.has(account)
    if (throttled.size < THROTTLED_TO_CLOSE) return awaited || isOwn ? undefined : { code: 'throttled', ms: left }
    if (isOwn) return { code: 'throttled', ms: left }
    if (now < nextPauseProbe) return { code: 'throttled', ms: Math.min(left, nextPauseProbe - now) }
    if (probes) nextPauseProbe = now + THROTTLE_PROBE_MS
    return undefined
  }
  const down = (account: string, probes: boolean): Closed | undefined => {
    if (coolDown === undefined) return undefined
    const now = clock.monotonic()
    const wait = coolDownLeft(coolDown, now - (failing.has(account) ? PREFERENCE_MS : 0))
    if (wait > 0) return { code: 'unavailable', ms: wait }
    // In a Worker, the request that probed may have ended.
    const isOthers = probing !== undefined && probing.account !== account && now < probing.until
    if (isOthers) return { code: 'unavailable', ms: PROBE_POLL_MS }
    if (probes) probing = { account, until: now + probeMs }
    return undefined
  }
  return {
    closedFor(account, awaited, probes, spread = random()) {
      const closed = paused(account, awaited, probes) ?? down(account, probes)
      // Accounts come back a little later than the probe, each at a time of its own.
      return closed && { code: closed.code, ms: closed.ms * (1 + JITTER_SHARE * spread) }
    },
    openedAt: () => openedAt,
    report(account, outcome) {
      if (probing?.account === account) probing = undefined
      const { kind } = outcome
      if (kind === 'nothing') return
      if (kind === 'success' || kind === 'answered') {
        open()
        if (kind === 'answered') well.delete(account)
        else remember(well, account)
        return
      }
      const now = clock.monotonic()
      if (kind === 'throttled') {
        if (outcome.ms === undefined) return
        if (throttled.size < THROTTLED_TO_CLOSE) nextPauseProbe = now + THROTTLE_PROBE_MS
        remember(throttled, account)
        pauseUntil = Math.max(pauseUntil, now + outcome.ms)
        return
      }
      if (well.delete(account)) remember(fallen, account)
      remember(failing, account)
      if (kind === 'no-connection') remember(unreachable, account)
      const isDown =
        fallen.size >= FALLEN_TO_CLOSE || unreachable.size >= UNREACHABLE_TO_CLOSE || failing.size >= FAILING_TO_CLOSE
      // Calls that were under way when the endpoint closed say nothing new.
      if (isDown && coolDownLeft(coolDown, now) === 0) coolDown = nextCoolDown(coolDown, now, random)
    },
  }
}

function remember(accounts: Set<string>, account: string): void {
  accounts.delete(account)
  accounts.add(account)
  const [oldest] = accounts
  if (accounts.size > MOST_ACCOUNTS && oldest !== undefined) accounts.delete(oldest)
}
