import { checkOptions } from '../check-options.ts'
import { endpointGate } from '../policies/endpoint-gate.ts'
import { Accounts } from './accounts.ts'
import { keepAccountsAlive } from './keep-alive.ts'
import { Manager, type Scale } from './manager.ts'
import { POLICY_NAMES, type TokenManagerOptions } from './options.ts'
import type { TokenManager } from './token-manager.ts'
import { warmAccounts } from './warm.ts'

const MANY_ACCOUNTS: Scale = {
  accounts: (open, most) => new Accounts(most, open),
  gate: endpointGate,
}

/**
 * Keeps the tokens of many accounts of one provider valid.
 *
 * @example
 * const tokens = createTokenManager({
 *   provider: bitizeProvider({ server: 'production' }),
 *   credentials: async (account) => vault.load(account.tenant),
 * })
 * const response = await tokens.account('customer-42').fetch('/vendors')
 * @throws {TypeError} for invalid options, for example a server that would get a secret over plain http.
 */
export function createTokenManager<Inputs, M = unknown>(options: TokenManagerOptions<Inputs, M>): TokenManager<M> {
  checkOptions(options, [...POLICY_NAMES, 'provider', 'credentials'])
  if (!options.provider || !options.credentials) throw new TypeError('Options provider and credentials are required.')
  return detachable(new Manager(options, MANY_ACCOUNTS))
}

/** Functions, so that `const { account } = tokens` works. */
function detachable<Inputs, M>(manager: Manager<Inputs, M>): TokenManager<M> {
  return {
    account: (ref) => manager.account(ref),
    accounts: () => manager.known(),
    async warm(refs, options = {}) {
      manager.requireOpen()
      return warmAccounts(refs, (ref) => manager.account(ref), options)
    },
    async keepAlive(options) {
      manager.requireOpen()
      return keepAccountsAlive(manager.sources, options)
    },
    parent: (scheme) => detachable(manager.parent(scheme)),
    load: () => manager.load(),
    on: (listener, options) => manager.on(listener, options),
    close: () => manager.close(),
    [Symbol.asyncDispose]: () => manager.close(),
  }
}
