import { type Bitize, createBitize } from '@chaveiro/bitize'
import type { Clock } from '@chaveiro/core'
import { type BitizeSimulator, simulateBitize } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'

/** The machine's own clock, which can also travel: both sides of the demo live by it, so a day passes at once. */
interface TravellingClock extends Clock {
  travel(ms: number): void
}

/** What the scenes play on: the simulated provider, and a client that knows it only by its URL. */
export interface Stage extends AsyncDisposable {
  readonly url: URL
  readonly simulator: BitizeSimulator
  readonly bitize: Bitize
  readonly clock: TravellingClock
}

/** Starts the simulated provider on a free loopback port. */
export async function openStage(): Promise<Stage> {
  const clock = travellingClock()
  const simulator = simulateBitize({ clock })
  const server = await listen(simulator)
  const bitize = createBitize({ server: server.url, ...simulator.credentials, clock })
  return {
    url: server.url,
    simulator,
    bitize,
    clock,
    async [Symbol.asyncDispose]() {
      await bitize.close()
      await server.close()
    },
  }
}

function travellingClock(): TravellingClock {
  let travelled = 0
  return {
    now: () => Date.now() + travelled,
    monotonic: () => performance.now() + travelled,
    timer(callback, delayMs) {
      const handle = setTimeout(callback, delayMs)
      return () => clearTimeout(handle)
    },
    travel(ms) {
      travelled += ms
    },
  }
}
