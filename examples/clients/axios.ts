// axios 1.12 or newer, with its fetch adapter. It has no retries of its own; don't add axios-retry.
import { fileURLToPath } from 'node:url'
import axios, { type AxiosInstance, isAxiosError } from 'axios'
import { type Account, type Vendor, type VendorPage, withSimulatedBitize } from './simulated-bitize.ts'

/** axios that sends through an account's fetch. */
export function axiosFor({ baseUrl, fetch }: Account): AxiosInstance {
  requireEnvFetch(axios.VERSION)
  return axios.create({ baseURL: baseUrl, adapter: 'fetch', env: { fetch } })
}

/**
 * Checks that axios has `env.fetch`. Older versions ignore it and would send every request without a token.
 * @throws {TypeError} if axios is older than 1.12.0.
 */
export function requireEnvFetch(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 1 || (major === 1 && minor >= 12)) return
  throw new TypeError(`axios ${version} ignores env.fetch and would send no token. Use 1.12.0 or newer.`)
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
      await api.get('/vendors/unknown')
    } catch (error) {
      if (!isAxiosError(error)) throw error
      print(`not there: status ${error.response?.status}`)
    }
  })
}

// Run as a program, not imported.
if (process.argv[1] === fileURLToPath(import.meta.url)) await main(console.log)
