/**
 * How much retrying an origin is still worth. When a server is down for everyone, retries stop after a few dozen calls
 * and do not multiply its load. The token bucket of the AWS SDKs' standard retry mode, one per origin.
 */
export interface RetryBudget {
  /** Tokens left for this origin. */
  left(origin: string): number
  take(origin: string, tokens: number): void
  /** Never above the capacity. */
  give(origin: string, tokens: number): void
  /** No origin has spent anything: `give` would do nothing. */
  isFull(): boolean
}

// A client of arbitrary URLs must not grow for ever; what is forgotten is merely full again.
const MAX_ORIGINS = 1_000

export function createRetryBudget(capacity: number): RetryBudget {
  // Only origins that are not full have an entry, so a healthy process keeps none.
  const tokens = new Map<string, number>()
  const left = (origin: string): number => tokens.get(origin) ?? capacity
  const set = (origin: string, value: number): void => {
    // Deleting first moves the origin to the end of the map's order: the first key is the longest unused.
    tokens.delete(origin)
    if (value >= capacity) return
    tokens.set(origin, value)
    const [oldest] = tokens.keys()
    if (tokens.size > MAX_ORIGINS && oldest !== undefined) tokens.delete(oldest)
  }
  return {
    left,
    take: (origin, cost) => set(origin, left(origin) - cost),
    give: (origin, refund) => set(origin, left(origin) + refund),
    isFull: () => tokens.size === 0,
  }
}
