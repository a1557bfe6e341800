// openapi-fetch: requests and answers typed by the API's OpenAPI document. It has no retries of its own.
import { fileURLToPath } from 'node:url'
import createClient, { type Client } from 'openapi-fetch'
import { type Account, withSimulatedBitize } from './simulated-bitize.ts'
import type { paths } from './vendor-paths.ts'

/** openapi-fetch that sends through an account's fetch. */
export function openapiFetchFor({ baseUrl, fetch }: Account): Client<paths> {
  return createClient<paths>({ baseUrl, fetch })
}

/** Plays it against a simulated Bitize. */
export async function main(print: (line: string) => void): Promise<void> {
  await withSimulatedBitize(async (bitize, simulator) => {
    const api = openapiFetchFor(bitize)
    const created = await api.POST('/vendors', { body: { name: 'Padaria São João' } })
    print(`created: ${created.data?.name}`)

    simulator.revoke() // the token is refused: one refresh, one replay
    simulator.faults.next({ kind: 'status', status: 503, operation: 'listVendors' }) // and then the API fails once
    const { data } = await api.GET('/vendors')
    print(`listed: ${data?.data.length}, after ${simulator.count('listVendors')} requests`)

    const { error } = await api.GET('/vendors/{id}', { params: { path: { id: 'unknown' } } })
    print(`not there: status ${error?.status}`)
  })
}

// Run as a program, not imported.
if (process.argv[1] === fileURLToPath(import.meta.url)) await main(console.log)
