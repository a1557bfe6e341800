// ofetch: without its own retry, because the account's fetch retries, and the two would multiply.
import { fileURLToPath } from 'node:url'
import { type $Fetch, createFetch, FetchError } from 'ofetch'
import { type Account, type Vendor, type VendorPage, withSimulatedBitize } from './simulated-bitize.ts'

/** ofetch that sends through an account's fetch. */
export function ofetchFor({ baseUrl, fetch }: Account): $Fetch {
  return createFetch({ fetch, defaults: { baseURL: baseUrl, retry: 0 } })
}

/** Plays it against a simulated Bitize. */
export async function main(print: (line: string) => void): Promise<void> {
  await withSimulatedBitize(async (bitize, simulator) => {
    const api = ofetchFor(bitize)
    const { name } = await api<Vendor>('/vendors', { method: 'POST', body: { name: 'Padaria São João' } })
    print(`created: ${name}`)

    simulator.revoke() // the token is refused: one refresh, one replay
    simulator.faults.next({ kind: 'status', status: 503, operation: 'listVendors' }) // and then the API fails once
    const { data } = await api<VendorPage>('/vendors')
    print(`listed: ${data.length}, after ${simulator.count('listVendors')} requests`)

    try {
      await api('/vendors/unknown')
    } catch (error) {
      if (!(error instanceof FetchError)) throw error
      print(`not there: status ${error.status}`)
    }
  })
}

// Run as a program, not imported.
if (process.argv[1] === fileURLToPath(import.meta.url)) await main(console.log)
