// One manager for all customers of a product, each with keys of its own.
import { type BitizeInputs, type BitizeServer, bitizeProvider } from '@chaveiro/bitize'
import { createTokenManager, isChaveiroError, type Keepers } from '@chaveiro/core'

/** Where the customers' keys are: a secret manager, or an encrypted column. */
export interface Vault {
  read(tenant: string): Promise<BitizeInputs | undefined>
  write(tenant: string, keys: BitizeInputs): Promise<void>
  remove(tenant: string): Promise<void>
}

/** What the product does for its customers. `tenant` comes from the session, never from a parameter of the request. */
export interface Customers extends AsyncDisposable {
  /** Tries the keys before the customer leaves the page of settings. */
  connect(tenant: string, keys: BitizeInputs): Promise<'connected' | 'wrong keys'>
  fetch(tenant: string, path: string): Promise<Response>
  /** Customers that have to do something, for a banner in the product. */
  inTrouble(): readonly string[]
  /** The customer leaves: neither a token nor a key stays. */
  disconnect(tenant: string): Promise<void>
}

/** Without a store, tokens are kept in memory. */
export function customers(server: BitizeServer | URL, vault: Vault, store?: Keepers): Customers {
  const tokens = createTokenManager({
    provider: bitizeProvider({ server }),
    // Called only when a token call needs the keys. A customer without keys gets an error, and nothing is sent.
    credentials: async ({ tenant }) => (await vault.read(tenant)) ?? { consumerKey: '', secretKey: '' },
    store,
  })
  return {
    async connect(tenant, keys) {
      await vault.write(tenant, keys)
      const account = tokens.account(tenant)
      await account.end() // a token that the keys before have brought
      try {
        await account.getToken()
        return 'connected'
      } catch (error) {
        if (!isChaveiroError(error) || error.action !== 'reauthorize') throw error
        return 'wrong keys'
      }
    },
    fetch: (tenant, path) => tokens.account(tenant).fetch(path),
    inTrouble: () =>
      tokens
        .accounts()
        .filter(({ state }) => ['credentials-rejected', 'reauthorization-required', 'misconfigured'].includes(state))
        .map(({ account }) => account.tenant),
    async disconnect(tenant) {
      await tokens.account(tenant).end()
      await vault.remove(tenant)
    },
    [Symbol.asyncDispose]: () => tokens.close(),
  }
}
