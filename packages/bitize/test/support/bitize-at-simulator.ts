import { type Bitize, type BitizeOptions, createBitize } from '@chaveiro/bitize'
import { FakeClock } from '@chaveiro/core/testing'
import { type BitizeSimulator, type BitizeSimulatorOptions, simulateBitize } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'

/** A client and the provider it talks to. Ends both when the test's scope ends. */
export interface Pair extends AsyncDisposable {
  readonly simulator: BitizeSimulator
  readonly bitize: Bitize
}

/** Over real HTTP on loopback, on the machine's own clock. */
export async function overHttp(
  options: Partial<BitizeOptions> = {},
  provider: BitizeSimulatorOptions = {},
): Promise<Pair> {
  const simulator = simulateBitize(provider)
  const server = await listen(simulator)
  const bitize = createBitize({ server: server.url, ...simulator.credentials, ...options })
  return {
    simulator,
    bitize,
    async [Symbol.asyncDispose]() {
      await bitize.close()
      await server.close()
    },
  }
}

/** In this process, on a clock that the test moves by hand. */
export function inProcess(
  options: Partial<BitizeOptions> = {},
  provider: BitizeSimulatorOptions = {},
): Pair & { readonly clock: FakeClock } {
  const clock = new FakeClock({ now: Date.UTC(2026, 0, 15, 12) })
  const simulator = simulateBitize({ clock, ...provider })
  const bitize = createBitize({
    server: simulator.url,
    ...simulator.credentials,
    fetch: simulator.fetch,
    clock,
    random: () => 0,
    ...options,
  })
  return { clock, simulator, bitize, [Symbol.asyncDispose]: () => bitize.close() }
}
