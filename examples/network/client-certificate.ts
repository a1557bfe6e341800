// A server that asks for a client certificate (mutual TLS): nodeFetch() presents it.
import { fileURLToPath } from 'node:url'
import { createBitize, isChaveiroError } from '@chaveiro/bitize'
import { nodeFetch } from '@chaveiro/core/node'
import { withSimulatedNetwork } from './simulated-network.ts'

/** Plays it on this machine, with a server that accepts no connection without a certificate. */
export async function main(print: (line: string) => void): Promise<void> {
  await withSimulatedNetwork({ asksForCertificate: true }, async ({ certificates, url, credentials }) => {
    const { ca, clientCert: cert, clientKey: key } = certificates
    for (const [name, options] of Object.entries({ without: { ca }, with: { ca, certificate: { cert, key } } })) {
      await using fetch = nodeFetch(options)
      await using bitize = createBitize({ server: url, ...credentials, fetch })
      try {
        const vendors = await bitize.fetch('/vendors')
        print(`${name} a certificate: ${vendors.status}`)
        await vendors.text()
      } catch (error) {
        if (!isChaveiroError(error)) throw error
        print(`${name} a certificate: ${error.code}`)
      }
    }
  })
}

// Run as a program, not imported.
if (process.argv[1] === fileURLToPath(import.meta.url)) await main(console.log)
