import type { Notes } from '../notes.ts'

// Without these a provider is asked sooner than it should be. Without any other a token may be left at the provider.
const FORGETTABLE: ReadonlySet<string> = new Set(['coolDown', 'denials'])

/** What outlives the accounts that were evicted. Bounded, except for the traces of lost answers. */
export class EvictedNotes {
  readonly #most: number
  readonly #forgettable = new Map<string, Notes>()
  readonly #needed = new Map<string, Notes>()

  constructor(most: number) {
    this.#most = most
  }

  keep(key: string, notes: Notes): void {
    const isForgettable = Object.keys(notes).every((name) => FORGETTABLE.has(name))
    const place = isForgettable ? this.#forgettable : this.#needed
    place.set(key, notes)
    const [oldest] = this.#forgettable.keys()
    if (this.#forgettable.size + this.#needed.size > this.#most && oldest !== undefined)
      this.#forgettable.delete(oldest)
  }

  /** The notes of an account that is back. */
  take(key: string): Notes | undefined {
    const notes = this.#needed.get(key) ?? this.#forgettable.get(key)
    this.#needed.delete(key)
    this.#forgettable.delete(key)
    return notes
  }
}
