import { ChaveiroError, type StoredRecord, type TokenStore } from '@chaveiro/core'
import { type StoreHooks, type WatchedStore, watchedStore } from './watched-store.ts'

/** A store that several managers may share, as Redis is shared by processes, with its records at hand. */
export interface SharedStore extends WatchedStore {
  readonly records: Map<string, StoredRecord>
}

/** A new, empty one. `durable: false` makes the managers take it for their own. */
export function sharedStore({ durable = true, ...hooks }: StoreHooks & { durable?: boolean } = {}): SharedStore {
  const records = new Map<string, StoredRecord>()
  return Object.assign(watchedStore(storeOf(records, durable), hooks), { records })
}

function storeOf(records: Map<string, StoredRecord>, durable: boolean): TokenStore {
  let versions = 0
  return {
    durable,
    sealed: true,
    async read(key) {
      return records.get(key)
    },
    async commit(key, next, expect) {
      if ((records.get(key)?.version ?? null) !== expect) throw new ChaveiroError('conflict', 'Changed meanwhile.')
      versions += 1
      const version = `v${versions}`
      if (next === null) records.delete(key)
      else records.set(key, { version, value: next })
      return version
    },
    async [Symbol.asyncDispose]() {},
  }
}
