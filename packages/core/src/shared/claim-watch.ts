import type { Clock } from '../clock.ts'
import type { CellContent } from './cell.ts'
import type { Claim } from './record.ts'

const MOST_UNSENT = 1_000

/** A claim in the store, and since when (monotonic) this process has seen it unchanged. */
export interface SeenClaim {
  readonly version: string | null
  readonly since: number
  readonly ttlMs: number
}

/** Does another process hold the right to send? Its claim counts for as long as it says, by this process's own clock. */
export class ClaimWatch {
  seen: SeenClaim | undefined
  readonly #clock: Clock
  readonly #unsent: UnsentClaims

  constructor(clock: Clock, unsent: UnsentClaims) {
    this.#clock = clock
    this.#unsent = unsent
  }

  isClaimed({ version, record }: CellContent<unknown>): boolean {
    const claim = record?.claim
    if (claim === undefined || this.#unsent.has(claim)) return false
    const now = this.#clock.monotonic()
    if (this.seen?.version !== version) this.seen = { version, since: now, ttlMs: claim.ttlMs }
    return now - this.seen.since < this.seen.ttlMs
  }

  /** Epoch milliseconds. */
  until(): number | undefined {
    const { seen } = this
    return seen && this.#clock.now() + seen.since + seen.ttlMs - this.#clock.monotonic()
  }
}

/** Owners of claims that may still be in the store, or land there late, although nothing was sent under them. */
export class UnsentClaims {
  readonly #owners = new Set<string>()

  add(owner: string): void {
    this.#owners.add(owner)
    const [oldest] = this.#owners
    if (this.#owners.size > MOST_UNSENT && oldest !== undefined) this.#owners.delete(oldest)
  }

  has({ owner }: Claim): boolean {
    return this.#owners.has(owner)
  }
}
