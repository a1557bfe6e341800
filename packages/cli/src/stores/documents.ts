import { isChaveiroError } from '@chaveiro/core'
import type { TokenStore } from '@chaveiro/core/shared'

/** Small JSON documents in a store: what the command itself remembers, written as safely as a token is. */
export interface Documents<T> {
  /** `undefined`: it isn't there. Throws what `unreadable` returns where no key opens it. */
  get(key: string): Promise<T | undefined>
  put(key: string, document: T): Promise<void>
  remove(key: string): Promise<void>
}

/** `unreadable` makes the error for a document that is there and does not open. */
export function documentsIn<T>(store: TokenStore, unreadable: () => Error): Documents<T> {
  return {
    async get(key) {
      const record = await store.read(key)
      if (!record) return undefined
      if (record.value === undefined) throw unreadable()
      return JSON.parse(record.value)
    },
    put: (key, document) => overwrite(store, key, JSON.stringify(document)),
    remove: (key) => overwrite(store, key, null),
  }
}

/** Writes over whatever is there, as often as another process comes in between: the last one counts. `null` deletes. */
export async function overwrite(store: TokenStore, key: string, value: string | null): Promise<void> {
  for (;;) {
    const there = await store.read(key)
    if (value === null && !there) return
    try {
      await store.commit(key, value, there?.version ?? null)
      return
    } catch (error) {
      if (!isChaveiroError(error) || error.code !== 'conflict') throw error
    }
  }
}
