// Without any client: the account's fetch takes a path, and is otherwise the fetch that everybody knows.
import { fileURLToPath } from 'node:url'
import { type Vendor, type VendorPage, withSimulatedBitize } from './simulated-bitize.ts'

/** Plays it against a simulated Bitize. */
export async function main(print: (line: string) => void): Promise<void> {
  await withSimulatedBitize(async (bitize, simulator) => {
    const created = await bitize.fetch('/vendors', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Padaria São João' }),
    })
    const { name }: Vendor = await created.json()
    print(`created: ${name}`)

    simulator.revoke() // the token is refused: one refresh, one replay
    simulator.faults.next({ kind: 'status', status: 503, operation: 'listVendors' }) // and then the API fails once
    const page: VendorPage = await (await bitize.fetch('/vendors')).json()
    print(`listed: ${page.data.length}, after ${simulator.count('listVendors')} requests`)

    const missing = await bitize.fetch('/vendors/unknown')
    print(`not there: status ${missing.status}`)
  })
}

// Run as a program, not imported.
if (process.argv[1] === fileURLToPath(import.meta.url)) await main(console.log)
