import type { Keepers } from '@chaveiro/core'
import { type SharedStore, shared, type TokenStore } from '@chaveiro/core/shared'

/** Hooks that run before an operation, for tests of what happens in between. */
export interface StoreHooks {
  beforeRead?: ((key: string) => unknown) | undefined
  /** After the store was read, before the answer is given. */
  afterRead?: ((key: string) => unknown) | undefined
  beforeCommit?: ((key: string, next: string | null) => unknown) | undefined
  /** After the commit was made, before its maker hears of it. */
  afterCommit?: ((key: string, next: string | null) => unknown) | undefined
}

/** Any store, counted, and with the test in between. */
export interface WatchedStore extends SharedStore, StoreHooks {
  reads: number
  commits: number
  /** Operations of the store itself that are under way; those that a hook holds up are not. */
  readonly running: number
  /** The record that was committed last, past the counting. */
  readonly stored: () => Promise<Record<string, unknown>>
}

export function watchedStore(inner: TokenStore, hooks: StoreHooks = {}): WatchedStore {
  let running = 0
  let lastKey = ''
  const during = async <T>(operation: Promise<T>): Promise<T> => {
    running += 1
    try {
      return await operation
    } finally {
      running -= 1
    }
  }
  // Each manager gets one of its own, as each process does.
  const shares = new WeakMap<object, SharedStore>()
  const keeper: Keepers['keeper'] = (account, services) => {
    const share = shares.get(services) ?? shared(store)
    shares.set(services, share)
    return share.keeper(account, services)
  }
  const { policies, denials } = shared(inner)
  const store: WatchedStore = {
    ...hooks,
    shared: true,
    policies,
    denials,
    keeper,
    sealed: inner.sealed,
    reads: 0,
    commits: 0,
    get running() {
      return running
    },
    async stored() {
      return JSON.parse((await inner.read(lastKey))?.value ?? '{}')
    },
    async read(key, options) {
      store.reads += 1
      await store.beforeRead?.(key)
      const found = await during(inner.read(key, options))
      await store.afterRead?.(key)
      return found
    },
    async commit(key, next, expect, options) {
      await store.beforeCommit?.(key, next)
      lastKey = key
      const version = await during(inner.commit(key, next, expect, options))
      store.commits += 1
      await store.afterCommit?.(key, next)
      return version
    },
    [Symbol.asyncDispose]: () => inner[Symbol.asyncDispose](),
  }
  return store
}
