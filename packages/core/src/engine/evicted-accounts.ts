import { NO_NOTES, type Notes } from '../notes.ts'

// Without these a provider is asked sooner than it should be. Without any other a token may be left at the provider.
const FORGETTABLE: ReadonlySet<string> = new Set(['coolDown', 'denials'])

/** What outlives the accounts that were evicted. Bounded, except for the traces of lost answers. */
export class EvictedAccounts {
  readonly #most: number
  readonly #forgettable = new Map<string, Notes>()
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
    put(this.#evictions, key, this.#count, this.#most)
    if (notes === NO_NOTES) return
    const isForgettable = Object.keys(notes).every((name) => FORGETTABLE.has(name))
    if (isForgettable) put(this.#forgettable, key, notes, this.#most)
    else this.#needed.set(key, notes)
  }

  isLast(key: string, eviction: number): boolean {
    return this.#evictions.get(key) === eviction
  }

  /** The notes of an account that is back. */
  take(key: string): Notes | undefined {
    const notes = this.#needed.get(key) ?? this.#forgettable.get(key)
    this.#needed.delete(key)
    this.#forgettable.delete(key)
    this.#evictions.delete(key)
    return notes
  }
}

/** Forgets the oldest if there are too many. */
function put<T>(place: Map<string, T>, key: string, value: T, most: number): void {
  place.set(key, value)
  const [oldest] = place.keys()
  if (place.size > most && oldest !== undefined) place.delete(oldest)
}
