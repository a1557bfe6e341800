// ky: without its own retries and time limit, because the account's fetch has both, and they would multiply.
import { fileURLToPath } from 'node:url'
import ky, { HTTPError, type KyInstance } from 'ky'
import { type Account, type Vendor, type VendorPage, withSimulatedBitize } from './simulated-bitize.ts'

/** ky that sends through an account's fetch. Its paths begin without a slash. */
export function kyFor({ baseUrl, fetch }: Account): KyInstance {
  return ky.create({ prefixUrl: baseUrl, fetch, retry: 0, timeout: false })
}

/** Plays it against a simulated Bitize. */
export async function main(print: (line: string) => void): Promise<void> {
  await withSimulatedBitize(async (bitize, simulator) => {
    const api = kyFor(bitize)
    const { name } = await api.post('vendors', { json: { name: 'Padaria São João' } }).json<Vendor>()
    print(`created: ${name}`)

    simulator.revoke() // the token is refused: one refresh, one replay
    simulator.faults.next({ kind: 'status', status: 503, operation: 'listVendors' }) // and then the API fails once
    const { data } = await api.get('vendors').json<VendorPage>()
    print(`listed: ${data.length}, after ${simulator.count('listVendors')} requests`)

    try {
      await api.get('vendors/unknown')
    } catch (error) {
      if (!(error instanceof HTTPError)) throw error
      print(`not there: status ${error.response.status}`)
    }
  })
}

// Run as a program, not imported.
if (process.argv[1] === fileURLToPath(import.meta.url)) await main(console.log)
