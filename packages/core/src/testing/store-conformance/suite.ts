import type { TokenStore } from '../../shared/token-store.ts'

/** Access to what is stored, past the store. Lets the suite do what crashes and attackers do. */
export interface RawRecords {
  /** The stored text of a record that exists. */
  read(key: string): Promise<string>
  /** Replaces it, past the store. */
  write(key: string, text: string): Promise<void>
}

/** Options of {@link storeConformance}. */
export interface StoreConformanceOptions {
  /** The runner's function that declares a test: vitest's `it`, node:test's or Bun's `test`. */
  test: (name: string, run: () => Promise<void>) => unknown
  /** Opens the store. Each call is another instance of the same place, as another process would have. */
  open: () => TokenStore | Promise<TokenStore>
  /**
   * What the store has to say of itself. If `true`, its records also have to outlive it and be seen by all instances.
   */
  durable: boolean
  /** What the store has to say of itself. If `true`, and with `raw`, what is stored has to show nothing. */
  sealed: boolean
  /** Access past the store. @default none: what needs it is not tested */
  raw?: RawRecords | undefined
  /** Does the store notice a record that was cut off? @default what `sealed` says */
  noticesDamage?: boolean | undefined
  /** How many contend in a race. @default 8 */
  contenders?: number | undefined
}

/** What every test of the suite works with. */
export interface Conformance extends StoreConformanceOptions {
  readonly contenders: number
  readonly noticesDamage: boolean
  /** A new key, so that tests disturb neither each other nor an earlier run. */
  readonly key: () => string
}

/** Tests by their names. */
export type ConformanceTests = Readonly<Record<string, () => Promise<void>>>
