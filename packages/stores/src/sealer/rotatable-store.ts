import type { SharedStore, StoredRecord } from '@chaveiro/core/shared'

/** What became of a record: `contended` if others wrote it again and again, `unreadable` if no key opens it. */
export type ResealResult = 'resealed' | 'current' | 'contended' | 'unreadable' | 'gone'

/** What the option `store` takes. It can also list its records and seal each one again, as `rotateKey` does. */
export interface RotatableStore extends SharedStore {
  read(key: string, options?: { signal?: AbortSignal | undefined }): Promise<StoredRecord | undefined>
  /** The keys of all records, in any order. A key may come twice, and one written during the listing may be missing. */
  keys(): AsyncIterable<string>
  /** Seals one record with the key that seals now, by compare-and-swap. What does not open stays as it is. */
  reseal(key: string): Promise<ResealResult>
}
