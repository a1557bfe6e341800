import type { CallServices } from '../call/call-services.ts'
import { ChaveiroError } from '../errors.ts'
import type { TokenListener } from '../events.ts'
import { secret } from '../secret.ts'
import type { TokenManagerOptions } from './options.ts'
import type { TokenManager } from './token-manager.ts'

/**
 * Tokens of the schemes that a provider's own token calls need: the same account, credentials and store, another key.
 */
export interface ParentTokens<Inputs, M> {
  readonly token: CallServices<Inputs, M>['parentToken']
  /** @throws {ChaveiroError} `misconfigured` for a scheme that is not a parent. */
  manager(scheme: string): TokenManager
  /** Rejects like the `close()` of a manager, after all have been closed. */
  close(): Promise<void>
}

type CreateManager<Inputs> = (options: TokenManagerOptions<Inputs>) => TokenManager

/**
 * Makes the managers of the parents when they are first needed. `create` is passed in, because parents have parents.
 * `listener` hears their events.
 */
export function parentTokens<Inputs, M>(
  options: TokenManagerOptions<Inputs, M>,
  create: CreateManager<Inputs>,
  listener: TokenListener,
): ParentTokens<Inputs, M> {
  const managers = new Map<string, TokenManager>()

  const managerOf = (scheme: string): TokenManager => {
    const known = managers.get(scheme)
    if (known) return known
    const { id, parents = {} } = options.provider
    const provider = Object.hasOwn(parents, scheme) ? parents[scheme] : undefined
    // Its own scheme, or a child's, would wait for itself forever.
    if (!provider) {
      throw new ChaveiroError('misconfigured', `${id} has no parent scheme ${scheme}.`, { provider: id })
    }
    const manager = create({ ...options, provider })
    manager.on(listener)
    managers.set(scheme, manager)
    return manager
  }
  return {
    manager: managerOf,
    async token(account, scheme, { newerThan } = {}) {
      const source = managerOf(scheme).account(account)
      const known = await source.getToken()
      // By value: a provider may have unwrapped the secret and wrapped it again.
      const isRefused = newerThan !== undefined && newerThan.reveal() === known.reveal()
      if (!isRefused) return secret(known.reveal())
      // Remembered, so that the next call doesn't try that token again.
      await source.reject(known)
      return secret((await source.getToken({ staleIfError: false })).reveal())
    },
    async close() {
      const outcomes = await Promise.allSettled([...managers.values()].map((manager) => manager.close()))
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
    },
  }
}
