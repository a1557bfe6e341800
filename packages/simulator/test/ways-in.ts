import { type BitizeSimulator, type BitizeSimulatorOptions, type Fetch, simulateBitize } from '../src/index.ts'
import { type Listenable, listen } from '../src/server.ts'
import { type BitizeClient, createClient } from './bitize-client.ts'
import { createFakeClock, type FakeClock } from './fake-clock.ts'

/** How a simulator is reached. */
export interface Door {
  readonly fetch: Fetch
  readonly url: URL
  readonly close: () => Promise<void>
}

/** Every behaviour is tested through both. */
export const doors: readonly (readonly [string, (simulator: Listenable) => Promise<Door>])[] = [
  ['in process', ({ fetch, url }) => Promise.resolve({ fetch, url, close: () => Promise.resolve() })],
  [
    'over HTTP',
    async (simulator) => {
      const { url, close } = await listen(simulator)
      return { fetch: (input, init) => fetch(input, init), url, close }
    },
  ],
]

/** A simulator, its clock, and a client that reaches it one way or the other. */
export interface Scene {
  readonly bitize: BitizeSimulator
  readonly clock: FakeClock
  readonly client: BitizeClient
  readonly url: URL
  readonly close: () => Promise<void>
}

export type OpenScene = (options?: BitizeSimulatorOptions) => Promise<Scene>

/** The same for Bitize, with a client of it. */
export const waysIn: readonly (readonly [string, OpenScene])[] = doors.map(([name, open]) => [
  name,
  async (options) => {
    const clock = createFakeClock()
    const bitize = simulateBitize({ clock, ...options })
    const { fetch, url, close } = await open(bitize)
    return { bitize, clock, client: createClient(fetch, url, bitize.credentials), url, close }
  },
])
