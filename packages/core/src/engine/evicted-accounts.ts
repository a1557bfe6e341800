import { NO_NOTES, type Notes } from '../notes.ts'

// Without these a provider is asked sooner than it should be, or they are about a token that is gone. Without any other
// note a token may be left at the provider.
const FORGETTABLE: ReadonlySet<string> = new Set(['coolDown', 'notBefore', 'resent', 'sends', 'denials'])

/** What outlives the accounts that were evicted. Bounded, except for the traces of lost answers. */
export class EvictedAccounts {
  readonly #most: number
  readonly #pauses = new Map<string, Notes>()
  readonly #denials = new Map<string, Notes>()
  readonly #needed = new Map<string, Notes>()
  /** The number of each account's last eviction. */
  readonly #evictions = new Map<string, number>()
  #count = 0

  constructor(most: number) {
    this.#most = most
  }

  /** `evict` is told the number of the eviction and returns the notes. */
  add(key: string, evict: (eviction: number) => Notes): void {
    this.#count += 1
    const notes = evict(this.#count)
    this.#evictions.set(key, this.#count)
    if (this.#evictions.size > this.#most) dropOldest(this.#evictions)
    if (notes === NO_NOTES) return
    const isForgettable = Object.keys(notes).every((name) => FORGETTABLE.has(name))
    if (!isForgettable) this.#needed.set(key, notes)
    else if ('denials' in notes) this.#denials.set(key, notes)
    else this.#pauses.set(key, notes)
    // A pause is forgotten first, because a denied key that is tried again may lock an account.
    const isFull = this.#pauses.size + this.#denials.size > this.#most
    if (isFull) dropOldest(this.#pauses.size > 0 ? this.#pauses : this.#denials)
  }

  isLast(key: string, eviction: number): boolean {
    return this.#evictions.get(key) === eviction
  }

  /** The notes of an account that returned after its eviction. */
  take(key: string): Notes | undefined {
    const places = [this.#needed, this.#denials, this.#pauses]
    const notes = places.find((place) => place.has(key))?.get(key)
    for (const place of places) place.delete(key)
    this.#evictions.delete(key)
    return notes
  }
}

function dropOldest(place: Map<string, unknown>): void {
  const [oldest] = place.keys()
  if (oldest !== undefined) place.delete(oldest)
}
