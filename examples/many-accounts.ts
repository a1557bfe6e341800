// Many accounts of one provider: each with keys of its own, and the keys of one that are wrong.
import { fileURLToPath } from 'node:url'
import { bitizeProvider } from '@chaveiro/bitize'
import { createTokenManager, isChaveiroError } from '@chaveiro/core'
import { simulateBitize } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'

/** Plays it against a simulated Bitize on this machine. */
export async function main(print: (line: string) => void): Promise<void> {
  const simulator = simulateBitize()
  const server = await listen(simulator)
  const vault = new Map(['aurora', 'boreal', 'cometa'].map((customer, index) => [customer, keysOf(index)]))
  for (const keys of vault.values()) simulator.register(keys)
  vault.set('cometa', { ...keysOf(2), secretKey: 'outdated' })

  const tokens = createTokenManager({
    provider: bitizeProvider({ server: server.url }),
    // Called late, only when a token call needs it: a real one reads a secret manager.
    credentials: ({ tenant }) => vault.get(tenant) ?? { consumerKey: '', secretKey: '' },
  })
  try {
    const { ready, failed } = await tokens.warm(vault.keys())
    print(`warm: ${ready} ready, ${failed.map(({ account, code }) => `${account.tenant} ${code}`).join(', ')}`)

    for (const customer of vault.keys()) {
      const outcome = await tokens
        .account(customer)
        .fetch('/vendors')
        .then(({ status }) => `${status}`, explain)
      print(`${customer}: ${outcome}`)
    }
    print(`calls of POST /auth: ${simulator.count('authenticate')}`)

    vault.set('cometa', keysOf(2)) // the right key reaches the vault
    const { status } = await tokens.account('cometa').fetch('/vendors')
    print(`cometa, with the right key: ${status}`)
  } finally {
    await tokens.close()
    await server.close()
  }
}

function keysOf(index: number): { consumerKey: string; secretKey: string } {
  return { consumerKey: `b171ce00-0000-4000-8000-00000000010${index}`, secretKey: `secret-of-customer-${index}` }
}

function explain(error: unknown): string {
  if (!isChaveiroError(error)) throw error
  return `${error.code} (what to do: ${error.action})`
}

// Run as a program, not imported.
if (process.argv[1] === fileURLToPath(import.meta.url)) await main(console.log)
