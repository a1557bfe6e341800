import type { AccountRef } from '../account-ref.ts'
import type { Keeper, KeeperServices, Keepers } from '../renewal.ts'
import { UnsentClaims } from './claim.ts'
import { shareCoolDown } from './share-cool-down.ts'
import { SharedKeeper } from './shared-keeper.ts'
import type { TokenStore } from './token-store.ts'
import { unsealedDenials } from './unsealed-denials.ts'

/** A store that coordinates the processes that use it. The option `store` takes one. */
export interface SharedStore extends Keepers, TokenStore {
  readonly sealed: boolean
}

/**
 * Makes a store of your own usable as the option `store`: adds the coordination of processes to `read` and `commit`.
 */
export function shared(store: TokenStore): SharedStore {
  const missing = (['read', 'commit'] as const).filter((name) => typeof store?.[name] !== 'function')
  if (missing.length > 0) throw new TypeError(`The store given to shared() has no ${missing.join('() and no ')}().`)
  const unsent = new UnsentClaims()
  return {
    sealed: store.sealed,
    shared: true,
    policies: [shareCoolDown()],
    denials: unsealedDenials,
    keeper<M>(account: AccountRef, services: KeeperServices<M>): Keeper<M> {
      return new SharedKeeper<M>(store, account, services, unsent)
    },
    read: (key, options) => store.read(key, options),
    commit: (key, next, expect, options) => store.commit(key, next, expect, options),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  }
}
