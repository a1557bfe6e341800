// axios: with its fetch adapter, because its others know no fetch. It has no retries of its own; leave axios-retry away.
import { fileURLToPath } from 'node:url'
import axios, { type AxiosInstance, isAxiosError } from 'axios'
import { type Account, type Vendor, type VendorPage, withSimulatedBitize } from './simulated-bitize.ts'

/** axios that sends through an account's fetch. */
export function axiosFor({ baseUrl, fetch }: Account): AxiosInstance {
  return axios.create({ baseURL: baseUrl, adapter: 'fetch', env: { fetch } })
}

/** Plays it against a simulated Bitize. */
export async function main(print: (line: string) => void): Promise<void> {
  await withSimulatedBitize(async (bitize, simulator) => {
    const api = axiosFor(bitize)
    const created = await api.post<Vendor>('/vendors', { name: 'Padaria São João' })
    print(`created: ${created.data.name}`)

    simulator.revoke() // the token is refused: one refresh, one replay
    simulator.faults.next({ kind: 'status', status: 503, operation: 'listVendors' }) // and then the API fails once
    const page = await api.get<VendorPage>('/vendors')
    print(`listed: ${page.data.data.length}, after ${simulator.count('listVendors')} requests`)

    try {
      await api.get('/vendors/nobody')
    } catch (error) {
      if (!isAxiosError(error)) throw error
      print(`not there: status ${error.response?.status}`)
    }
  })
}

// Run as a program, not imported.
if (process.argv[1] === fileURLToPath(import.meta.url)) await main(console.log)
