import type { AccountRef, Fetch, Keepers } from '@chaveiro/core'
import type { Place } from './place.ts'

/** What a user typed, by the name of the input. */
export type Inputs = Readonly<Record<string, string>>

/** What the command passes to any `create<Provider>()`, besides the inputs. */
export interface OpenOptions {
  readonly place: Place
  readonly store?: Keepers | undefined
  readonly account?: AccountRef | string | undefined
  readonly fetch?: Fetch | undefined
  readonly tokenCallTimeoutMs?: number | undefined
  /** Hears of a refresh that no caller waits for. */
  readonly waitUntil?: ((refresh: Promise<unknown>) => void) | undefined
}
