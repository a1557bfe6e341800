import { createGenpag, type Genpag } from '@chaveiro/genpag'
import { heapUsed } from './heap-used.ts'

// A process of its own: prints how many bytes of heap a client of one tenant costs besides its token's text, with the
// options that it was made with and its place in a map.
const TENANTS = 10_000
const TOKEN_LENGTH = 64

let serial = 0
const fetch = async (): Promise<Response> => {
  serial += 1
  return Response.json({ data: String(serial).padStart(TOKEN_LENGTH, 'x') })
}
const clients = new Map<string, Genpag>()
const open = async (tenant: string): Promise<void> => {
  const client = createGenpag({ server: 'sandbox', sellerId: tenant, refreshToken: `key-of-${tenant}`, fetch })
  clients.set(tenant, client)
  await client.getToken()
}
for (let index = 0; index < 100; index += 1) await open(`first-${index}`)
const before = heapUsed()
for (let index = 0; index < TENANTS; index += 1) await open(`seller-${index}`)
const bytes = (heapUsed() - before) / TENANTS - TOKEN_LENGTH
process.stdout.write(`${bytes.toFixed(0)}\n`)
await Promise.all(Array.from(clients.values(), (client) => client.close()))
