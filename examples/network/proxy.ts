// Behind a proxy: every connection to the provider goes through a tunnel (CONNECT), so the proxy sees no token.
import { fileURLToPath } from 'node:url'
import { createBitize } from '@chaveiro/bitize'
import { nodeFetch } from '@chaveiro/core/node'
import { withSimulatedNetwork } from './simulated-network.ts'

/** Plays it on this machine, with a host name that only the proxy knows. */
export async function main(print: (line: string) => void): Promise<void> {
  await withSimulatedNetwork({}, async ({ proxy, tunnels, certificates: { ca }, hostUrl, credentials }) => {
    // Otherwise the machine sets it, and `ca` is not needed: this server's certificate comes from a private CA.
    process.env['HTTPS_PROXY'] = proxy
    const fromEnvironment = nodeFetch({ proxy: 'environment', ca })
    const given = nodeFetch({ proxy: new URL(proxy), ca })

    for (const [name, fetch] of Object.entries({ given, fromEnvironment })) {
      await using bitize = createBitize({ server: hostUrl, ...credentials, fetch })
      const vendors = await bitize.fetch('/vendors')
      print(`${name}: ${vendors.status}, through tunnels to ${[...new Set(tunnels)].join(', ')}`)
      await vendors.text()
      await fetch.close()
    }
    delete process.env['HTTPS_PROXY']
  })
}

// Run as a program, not imported.
if (process.argv[1] === fileURLToPath(import.meta.url)) await main(console.log)
