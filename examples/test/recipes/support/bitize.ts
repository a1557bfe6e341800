import type { Server } from 'node:net'
import type { BitizeOptions } from '@chaveiro/bitize'
import { type BitizeSimulator, simulateBitize } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { onTestFinished } from 'vitest'

/** A simulated Bitize over loopback, which ends with the test. */
export interface BitizeForTest {
  readonly simulator: BitizeSimulator
  readonly url: URL
  /** How a recipe's program reaches it. Retries wait no time: of a random share of the backoff, none is left. */
  readonly options: BitizeOptions
  /** Holds back the next answer to a request for this path: resolves once it is ready, with what lets it go. */
  readonly hold: (path: '/auth' | '/vendors') => Promise<() => void>
}

export async function bitizeForTest(): Promise<BitizeForTest> {
  const simulator = simulateBitize()
  const holding = new Map<string, (release: () => void) => void>()
  const server = await listen({
    url: simulator.url,
    async fetch(input, init) {
      const request = new Request(input, init)
      const response = await simulator.fetch(request)
      const { pathname } = new URL(request.url)
      const arrived = holding.get(pathname)
      if (arrived === undefined) return response
      holding.delete(pathname)
      await new Promise<void>((release) => arrived(release))
      return response
    },
  })
  onTestFinished(() => server.close())
  return {
    simulator,
    url: server.url,
    options: { server: server.url, ...simulator.credentials, random: () => 0 },
    hold: (path) => new Promise((resolve) => void holding.set(path, resolve)),
  }
}

/** Where a server of this machine listens. */
export function urlOf(server: Server): string {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port')
  return `http://127.0.0.1:${address.port}`
}
