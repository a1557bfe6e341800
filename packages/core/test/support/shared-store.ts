import { ChaveiroError, type StoredRecord, type TokenStore } from '@chaveiro/core'

/** What may be done before an operation, by whoever tests what happens meanwhile. */
export interface StoreHooks {
  beforeRead?: ((key: string) => unknown) | undefined
  beforeCommit?: ((key: string, next: string | null) => unknown) | undefined
  /** After the commit was made, before its maker hears of it. */
  afterCommit?: ((key: string, next: string | null) => unknown) | undefined
}

/** A store that several managers may share, as Redis is shared by processes; it counts, and lets the test come in between. */
export interface SharedStore extends TokenStore, StoreHooks {
  readonly records: Map<string, StoredRecord>
  reads: number
  commits: number
}

/** A new, empty one. `durable: false` makes the managers take it for their own. */
export function sharedStore({ durable = true, ...hooks }: StoreHooks & { durable?: boolean } = {}): SharedStore {
  const records = new Map<string, StoredRecord>()
  let versions = 0
  const store: SharedStore = {
    ...hooks,
    durable,
    sealed: true,
    records,
    reads: 0,
    commits: 0,
    async read(key) {
      store.reads += 1
      await store.beforeRead?.(key)
      return records.get(key)
    },
    async commit(key, next, expect) {
      await store.beforeCommit?.(key, next)
      if ((records.get(key)?.version ?? null) !== expect) throw new ChaveiroError('conflict', 'Changed meanwhile.')
      store.commits += 1
      versions += 1
      const version = `v${versions}`
      if (next === null) records.delete(key)
      else records.set(key, { version, value: next })
      await store.afterCommit?.(key, next)
      return version
    },
    async [Symbol.asyncDispose]() {},
  }
  return store
}
