import { ChaveiroError } from '../errors.ts'
import { type Secret, secret } from '../secret.ts'
import { memoryStore } from '../store/memory-store.ts'
import type { AccessToken } from '../token/access-token.ts'
import type { Engine } from './engine.ts'
import type { TokenManagerOptions } from './manager-options.ts'
import type { TokenManager } from './token-manager.ts'

/** Tokens of the schemes that a provider's own token calls need: the same account, credentials and store, another key. */
export interface ParentTokens<Inputs, M> {
  readonly token: Engine<Inputs, M>['parentToken']
  close(): Promise<void>
}

type CreateManager<Inputs> = (options: TokenManagerOptions<Inputs>) => TokenManager

/** Managers of the parents are made when they are first needed. `create` is passed in, because parents have parents. */
export function parentTokens<Inputs, M>(
  options: TokenManagerOptions<Inputs, M>,
  create: CreateManager<Inputs>,
): ParentTokens<Inputs, M> {
  const managers = new Map<string, TokenManager>()
  const issued = new WeakMap<Secret, AccessToken>()

  const managerOf = (scheme: string): TokenManager => {
    const known = managers.get(scheme)
    if (known) return known
    const provider = Object.hasOwn(options.provider.parents ?? {}, scheme)
      ? options.provider.parents?.[scheme]
      : undefined
    // Its own scheme, or a child's, would wait for itself for ever.
    if (!provider) {
      const { id } = options.provider
      throw new ChaveiroError(
        'misconfigured',
        `${id} asked for a token of ${scheme}, which is not one of its parents.`,
        { provider: id },
      )
    }
    const store = provider.persist === false ? memoryStore() : options.store
    const manager = create({ ...options, provider, store })
    managers.set(scheme, manager)
    return manager
  }
  return {
    async token(account, scheme, { newerThan } = {}) {
      const token = await managerOf(scheme)
        .account(account)
        .getToken({ newerThan: newerThan && issued.get(newerThan) })
      const held = secret(token.reveal())
      issued.set(held, token)
      return held
    },
    async close() {
      await Promise.all([...managers.values()].map((manager) => manager.close()))
    },
  }
}
