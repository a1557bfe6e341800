// Behind a proxy: every connection to the provider goes through a tunnel (CONNECT), so the proxy sees no token.
import { fileURLToPath } from 'node:url'
import { createBitize } from '@chaveiro/bitize'
import { EnvHttpProxyAgent, ProxyAgent } from 'undici'
import { fetchThrough } from './fetch-through.ts'
import { withSimulatedNetwork } from './simulated-network.ts'

/** Plays it on this machine, with a host name that only the proxy knows. */
export async function main(print: (line: string) => void): Promise<void> {
  await withSimulatedNetwork({}, async ({ proxy, tunnels, certificates: { ca }, hostUrl, credentials }) => {
    // Node needs `requestTls` only because this server's certificate comes from a private CA.
    const given = new ProxyAgent({ uri: proxy, requestTls: { ca } })
    // Reads HTTPS_PROXY, HTTP_PROXY and NO_PROXY by itself; an option wins over its variable.
    const fromEnvironment = new EnvHttpProxyAgent({ httpsProxy: proxy, noProxy: 'localhost', requestTls: { ca } })

    for (const [name, dispatcher] of Object.entries({ given, fromEnvironment })) {
      await using bitize = createBitize({ server: hostUrl, ...credentials, fetch: fetchThrough(dispatcher) })
      const vendors = await bitize.fetch('/vendors')
      print(`${name}: ${vendors.status}, through tunnels to ${[...new Set(tunnels)].join(', ')}`)
      await vendors.text()
      await dispatcher.close()
    }
  })
}

// Run as a program, not imported.
if (process.argv[1] === fileURLToPath(import.meta.url)) await main(console.log)
