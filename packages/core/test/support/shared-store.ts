import { ChaveiroError } from '@chaveiro/core'
import type { StoredRecord, TokenStore } from '@chaveiro/core/shared'
import { type StoreHooks, type WatchedStore, watchedStore } from './watched-store.ts'

/** A store that several managers may share, as Redis is shared by processes, with its records at hand. */
export interface SharedStore extends WatchedStore {
  readonly records: Map<string, StoredRecord>
}

/** A new, empty one. */
export function sharedStore(hooks: StoreHooks = {}): SharedStore {
  const records = new Map<string, StoredRecord>()
  return Object.assign(watchedStore(storeOf(records), hooks), { records })
}

function storeOf(records: Map<string, StoredRecord>): TokenStore {
  let versions = 0
  return {
    sealed: true,
    async read(key) {
      return records.get(key)
    },
    async commit(key, next, expect) {
      if ((records.get(key)?.version ?? null) !== expect) throw new ChaveiroError('conflict', 'Already changed.')
      versions += 1
      const version = `v${versions}`
      if (next === null) records.delete(key)
      else records.set(key, { version, value: next })
      return version
    },
    async [Symbol.asyncDispose]() {},
  }
}
