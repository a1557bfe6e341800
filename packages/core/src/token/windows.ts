/** What to do when a caller asks for a token. */
export type RefreshDecision = 'use' | 'use-and-refresh' | 'refresh-first'

/** How early to refresh. Both in milliseconds; `undefined` takes the default. */
export interface WindowOptions {
  /**
   * Refresh in the background when less than this is left. An outage of the token endpoint shorter than the window is
   * never felt. Half the lifetime at most. @default 20% of the lifetime, at least 60 s, at most 24 h
   */
  refreshWindowMs?: number | undefined
  /**
   * Wait for a new token when less than this is left: room for one attempt and its retry. Half the lifetime at most.
   * @default 10% of the lifetime, at most 60 s
   */
  expiryMarginMs?: number | undefined
}

/** How early to refresh: what the user wants, and what the provider documents. */
export interface WindowRules extends WindowOptions {
  /** The provider issues a new token only this close to the end of the old one, in milliseconds. @default it always does */
  readonly renewWithinMs?: number | undefined
}

/** Times (epoch ms) at which a token's state changes. `Infinity` if its expiry is unknown. */
export interface RefreshWindows {
  readonly refreshFrom: number
  readonly waitFrom: number
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const JITTER_SHARE = 0.2
// Servers count a life in whole seconds, and a clock may be corrected by as much.
const ROUNDING_MS = 2_000

/**
 * Lays the refresh window and the expiry margin over a token's life. `random` (0 to 1) moves the start of the window by
 * up to a fifth of it, so that instances and accounts spread out without coordination.
 */
export function refreshWindows(
  obtainedAt: number,
  expiresAt: number | undefined,
  random: number,
  options: WindowRules = {},
): RefreshWindows {
  if (expiresAt === undefined) return { refreshFrom: Infinity, waitFrom: Infinity }
  const lifetime = Math.max(0, expiresAt - obtainedAt)
  const { renewWithinMs = Infinity } = options
  // A token this late has the same expiry as the previous one, so another renewal wouldn't change it either.
  if (lifetime <= renewWithinMs + ROUNDING_MS && renewWithinMs < Infinity)
    return { refreshFrom: expiresAt, waitFrom: expiresAt }
  // A window or margin as long as the life itself would mean a token call for every use.
  const most = lifetime / 2
  const wanted = options.refreshWindowMs ?? Math.max(Math.min(DAY, lifetime * 0.2), MINUTE)
  const window = Math.min(wanted, most, renewWithinMs)
  const margin = Math.min(options.expiryMarginMs ?? Math.min(MINUTE, lifetime * 0.1), most)
  const refreshFrom = expiresAt - Math.max(margin, window * (1 - JITTER_SHARE * random))
  return { refreshFrom, waitFrom: expiresAt - margin }
}

/** How far apart, in milliseconds, two processes can begin to refresh the same token. */
export function jitterSpan(obtainedAt: number, expiresAt: number | undefined, options: WindowRules = {}): number {
  if (expiresAt === undefined) return 0
  const begin = (random: number): number => refreshWindows(obtainedAt, expiresAt, random, options).refreshFrom
  return begin(1) - begin(0)
}

/**
 * What to do with a token at a given time. Pure. The boundary of the margin belongs to `refresh-first`. `minValidityMs`
 * is how much validity the caller needs.
 */
export function refreshDecision(
  now: number,
  expiresAt: number | undefined,
  windows: RefreshWindows,
  minValidityMs = 0,
): RefreshDecision {
  const left = expiresAt === undefined ? Infinity : expiresAt - now
  if (now >= windows.waitFrom || left < minValidityMs) return 'refresh-first'
  return now >= windows.refreshFrom ? 'use-and-refresh' : 'use'
}
