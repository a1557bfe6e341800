import { memoryStore, type SharedStore, shared, type TokenStore } from '@chaveiro/core/shared'
import { overwrite } from './documents.ts'

/** A store in memory whose records can be put into another one. */
export interface StagedStore extends SharedStore {
  /** Writes over whatever the other store has under the same keys. */
  publish(target: TokenStore): Promise<void>
}

/**
 * Lets a sign-in be tried without touching what is there: a token that was obtained with new inputs is published once it is
 * known that they are good.
 */
export function stagedStore(): StagedStore {
  const stage = memoryStore()
  const keys = new Set<string>()
  const watched: TokenStore = {
    sealed: stage.sealed,
    read: (key, options) => stage.read(key, options),
    commit(key, next, expect, options) {
      keys.add(key)
      return stage.commit(key, next, expect, options)
    },
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  }
  return {
    ...shared(watched),
    async publish(target) {
      for (const key of keys) {
        const value = (await stage.read(key))?.value
        if (value !== undefined) await overwrite(target, key, value)
      }
    },
  }
}
