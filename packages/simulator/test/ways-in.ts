import { type BitizeSimulator, type BitizeSimulatorOptions, simulateBitize } from '../src/index.ts'
import { listen } from '../src/server.ts'
import { type BitizeClient, createClient } from './bitize-client.ts'
import { createFakeClock, type FakeClock } from './fake-clock.ts'

/** A simulator, its clock, and a client that reaches it one way or the other. */
export interface Scene {
  readonly bitize: BitizeSimulator
  readonly clock: FakeClock
  readonly client: BitizeClient
  readonly url: URL
  readonly close: () => Promise<void>
}

export type OpenScene = (options?: BitizeSimulatorOptions) => Promise<Scene>

const inProcess: OpenScene = (options) => {
  const clock = createFakeClock()
  const bitize = simulateBitize({ clock, ...options })
  const client = createClient(bitize.fetch, bitize.url, bitize.credentials)
  return Promise.resolve({ bitize, clock, client, url: bitize.url, close: () => Promise.resolve() })
}

const overHttp: OpenScene = async (options) => {
  const clock = createFakeClock()
  const bitize = simulateBitize({ clock, ...options })
  const { url, close } = await listen(bitize)
  return { bitize, clock, client: createClient(fetch, url, bitize.credentials), url, close }
}

/** Every behaviour is tested both ways. */
export const waysIn: readonly (readonly [string, OpenScene])[] = [
  ['in process', inProcess],
  ['over HTTP', overHttp],
]
