// A server, or a proxy that inspects TLS, whose certificate comes from a private CA. For the whole process, without code:
// NODE_EXTRA_CA_CERTS=/path/to/ca.pem. For one client, as here: nodeFetch() with that CA.
import { fileURLToPath } from 'node:url'
import { createBitize, isChaveiroError } from '@chaveiro/bitize'
import { nodeFetch } from '@chaveiro/core/node'
import { withSimulatedNetwork } from './simulated-network.ts'

/** Plays it on this machine. */
export async function main(print: (line: string) => void): Promise<void> {
  await withSimulatedNetwork({}, async ({ certificates: { ca }, url, credentials }) => {
    await using untrusting = createBitize({ server: url, ...credentials })
    await untrusting.getToken().catch((error: unknown) => {
      if (!isChaveiroError(error)) throw error
      print(`without the CA: ${error.code}`)
    })

    await using fetch = nodeFetch({ ca })
    await using bitize = createBitize({ server: url, ...credentials, fetch })
    const vendors = await bitize.fetch('/vendors')
    print(`with the CA: ${vendors.status}`)
    await vendors.text()
  })
}

// Run as a program, not imported.
if (process.argv[1] === fileURLToPath(import.meta.url)) await main(console.log)
