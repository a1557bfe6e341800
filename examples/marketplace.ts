// A marketplace at Genpag: thousands of sellers, each with a key of its own, in one manager.
import { fileURLToPath } from 'node:url'
import { createTokenManager, isChaveiroError } from '@chaveiro/core'
import { genpagProvider } from '@chaveiro/genpag'
import { type GenpagSimulator, simulateGenpag } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'

const SELLERS = 500

/** Plays it against a simulated Genpag on this machine. With real sellers, only `server` and the vault differ. */
export async function main(print: (line: string) => void): Promise<void> {
  const simulator = simulateGenpag()
  const server = await listen(simulator)
  const vault = registeredSellers(simulator)

  const tokens = createTokenManager({
    provider: genpagProvider({ server: server.url }),
    // Called late, only when a seller's token call needs it: a real one reads a secret manager.
    credentials: ({ tenant }) => ({ sellerId: tenant, refreshToken: vault.get(tenant) ?? '' }),
  })
  const order = async (seller: string): Promise<string> => {
    const response = await tokens.account(seller).fetch(`/api/sellers/${seller}/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ order: { items: [{ description: 'Café', quantity: 2, unit_price_cents: 2290 }] } }),
    })
    return `${response.status}`
  }
  try {
    // Before traffic comes: a token for each, a few calls at a time.
    const { ready, failed } = await tokens.warm(vault.keys())
    print(`warm: ${ready} sellers ready, ${failed.length} failed`)

    const orders = await Promise.all([...vault.keys()].map(order))
    print(`one order each: ${orders.filter((status) => status === '200').length} × 200`)
    print(`token calls: ${simulator.count('createAccessToken')}`)

    // A new key is generated in a seller's dashboard, and the old access token ends.
    const generated = simulator.regenerate('seller-7')
    simulator.revoke({ sellerId: 'seller-7' })
    print(`seller-7, with the old key: ${await order('seller-7')}, then ${await order('seller-7').catch(explain)}`)
    print(`seller-8, at the same time: ${await order('seller-8')}`)
    vault.set('seller-7', generated) // the new key reaches the vault
    print(`seller-7, with the new key: ${await order('seller-7')}`)
  } finally {
    await tokens.close()
    await server.close()
  }
}

/** The refresh token of each seller, by its id. */
function registeredSellers(simulator: GenpagSimulator): Map<string, string> {
  const vault = new Map<string, string>()
  for (let number = 1; number <= SELLERS; number += 1) {
    const keys = { sellerId: `seller-${number}`, refreshToken: `refresh-token-of-seller-${number}` }
    simulator.register(keys)
    vault.set(keys.sellerId, keys.refreshToken)
  }
  return vault
}

function explain(error: unknown): string {
  if (!isChaveiroError(error)) throw error
  return `${error.code} (what to do: ${error.action})`
}

// Run as a program, not imported.
if (process.argv[1] === fileURLToPath(import.meta.url)) await main(console.log)
