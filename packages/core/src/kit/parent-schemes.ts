import type { ParentManager, ParentSchemes, ParentTokens } from '../provider/parent-schemes.ts'
import { secret } from '../secret.ts'

/** The providers of the schemes that token calls need a token of, by scheme: for a provider's `parents`. */
export function parentSchemes<Provider extends object>(
  given: Readonly<Record<string, Provider>>,
): ParentSchemes<Provider> {
  const providers = Object.freeze({ ...given })
  return Object.freeze({
    providers,
    open: <Manager extends ParentManager>(create: (provider: Provider) => Manager) => parentTokens(providers, create),
  })
}

function parentTokens<Provider extends object, Manager extends ParentManager>(
  providers: Readonly<Record<string, Provider>>,
  create: (provider: Provider) => Manager,
): ParentTokens<Manager> {
  const managers = new Map<string, Manager>()

  const managerOf = (scheme: string): Manager => {
    const known = managers.get(scheme)
    if (known) return known
    const provider = providers[scheme]
    if (!provider) throw new TypeError(`There is no parent scheme ${scheme}.`)
    const manager = create(provider)
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
