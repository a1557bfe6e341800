import type { Clock } from '@chaveiro/core'

/** How many requests a key may make. */
export interface Rate {
  readonly count: number
  readonly perMs: number
}

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 }

/** Reads `10/s`, `100/m` or `1000/h`. */
export function readRate(text: string): Rate | undefined {
  const [, digits = '', unit = ''] = /^([1-9]\d{0,6})\/([smh])$/.exec(text) ?? []
  const perMs = UNITS_MS[unit]
  return perMs === undefined ? undefined : { count: Number(digits), perMs }
}

interface Bucket {
  readonly rate: Rate
  /** Requests that may be made now; a part of one is in flight. */
  left: number
  /** Monotonic milliseconds. */
  at: number
}

/** Counts the requests of each key in this process. A key may use what it saved within one period at once. */
export class RateLimits {
  readonly #clock: Pick<Clock, 'monotonic'>
  readonly #buckets = new Map<string, Bucket>()

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock
  }

  /** Takes one request of a key's rate. Returns how long to wait where none is left, in milliseconds. */
  take(id: string, rate: Rate): number | undefined {
    const bucket = this.#bucketOf(id, rate)
    if (bucket.left < 1) return ((1 - bucket.left) * rate.perMs) / rate.count
    bucket.left -= 1
    return undefined
  }

  /** Forgets the keys that are no more. */
  keepOnly(ids: ReadonlyMap<string, unknown>): void {
    for (const id of this.#buckets.keys()) if (!ids.has(id)) this.#buckets.delete(id)
  }

  #bucketOf(id: string, rate: Rate): Bucket {
    const now = this.#clock.monotonic()
    const known = this.#buckets.get(id)
    if (known === undefined || known.rate.count !== rate.count || known.rate.perMs !== rate.perMs) {
      const bucket: Bucket = { rate, left: rate.count, at: now }
      this.#buckets.set(id, bucket)
      return bucket
    }
    known.left = Math.min(rate.count, known.left + ((now - known.at) * rate.count) / rate.perMs)
    known.at = now
    return known
  }
}
