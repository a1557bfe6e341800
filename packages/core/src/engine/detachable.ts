import type { TokenManager } from './token-manager.ts'

/** Functions, so that `const { account } = tokens` works. */
export function detachable<M>(manager: TokenManager<M>): TokenManager<M> {
  return {
    account: (ref) => manager.account(ref),
    accounts: () => manager.accounts(),
    warm: (refs, wish) => manager.warm(refs, wish),
    keepAlive: (wish) => manager.keepAlive(wish),
    parent: (scheme) => manager.parent(scheme),
    on: (listener) => manager.on(listener),
    close: () => manager.close(),
    [Symbol.asyncDispose]: () => manager.close(),
  }
}
