import { ChaveiroError } from '@chaveiro/core'
import { type StoredRecord, shared, type TokenStore } from '@chaveiro/core/shared'

export interface MyStoreOptions {
  client: Map<string, StoredRecord>
}

/** The store of a reader of the page: as short as the page says it can be. */
export function myStore({ client }: MyStoreOptions): TokenStore {
  return shared({
    sealed: false,
    async read(key) {
      return client.get(key)
    },
    async commit(key, next, expect) {
      const { version = null } = client.get(key) ?? {}
      if (version !== expect) throw new ChaveiroError('conflict', 'Another process has committed.')
      const fresh = crypto.randomUUID()
      if (next === null) client.delete(key)
      else client.set(key, { version: fresh, value: next })
      return fresh
    },
    async [Symbol.asyncDispose]() {},
  })
}
