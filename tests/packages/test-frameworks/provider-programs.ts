/** A client of every provider, made when it is asked for. */
export const CLIENTS = `
import { createAssineOnline } from '@chaveiro/assine-online'
import { createBitize } from '@chaveiro/bitize'
import { createGenpag } from '@chaveiro/genpag'

const server = () => new URL(globalThis.TOKEN_SERVER ?? process.env.TOKEN_SERVER)
export const clients = {
  bitize: () => createBitize({ server: server(), consumerKey: 'a', secretKey: 'b' }),
  genpag: () => createGenpag({ server: server(), sellerId: 'a', refreshToken: 'b' }),
  'assine-online': () => createAssineOnline({ server: server(), username: 'a', password: 'b' }),
}

/** What each client is, and a token of Bitize's. */
export async function answer() {
  const made = Object.entries(clients).map(([name, make]) => [name, typeof make().getToken])
  return { ...Object.fromEntries(made), token: (await clients.bitize().getToken()).reveal() }
}
`

export const MADE = { bitize: 'function', genpag: 'function', 'assine-online': 'function' }
