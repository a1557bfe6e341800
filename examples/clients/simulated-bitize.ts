import { type Bitize, createBitize } from '@chaveiro/bitize'
import { type BitizeSimulator, simulateBitize } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'

/** What a client needs of an account: where it lives, and the one fetch that holds all policies. */
export type Account = Pick<Bitize, 'baseUrl' | 'fetch'>

/** A vendor, as far as these programs look at it. */
export interface Vendor {
  id: string
  name: string
}

/** A page of vendors. */
export interface VendorPage {
  data: Vendor[]
}

/** Runs a program with an account at a Bitize that is simulated on this machine. */
export async function withSimulatedBitize(
  program: (bitize: Bitize, simulator: BitizeSimulator) => Promise<void>,
): Promise<void> {
  const simulator = simulateBitize()
  const server = await listen(simulator)
  const bitize = createBitize({ server: server.url, ...simulator.credentials })
  try {
    await program(bitize, simulator)
  } finally {
    await bitize.close()
    await server.close()
  }
}
