import { type Bitize, type BitizeOptions, createBitize } from '@chaveiro/bitize'
import { type BitizeSimulator, simulateBitize } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'

/** What the API was sent. */
interface Received {
  readonly method: string
  readonly contentType: string | null
  readonly body: string
}

/** An account, and the simulated Bitize that it talks to over loopback. */
export interface World extends AsyncDisposable {
  readonly bitize: Bitize
  readonly simulator: BitizeSimulator
  /** Requests to the API, without those for tokens. */
  readonly received: readonly Received[]
}

/** Retries don't wait, because the random share of the backoff is zero. */
export async function bitizeOverHttp(options: Partial<BitizeOptions> = {}): Promise<World> {
  const simulator = simulateBitize()
  const received: Received[] = []
  const server = await listen({
    url: simulator.url,
    async fetch(input, init) {
      const request = new Request(input, init)
      if (!request.url.includes('/auth')) {
        const { method, headers } = request
        received.push({ method, contentType: headers.get('content-type'), body: await request.clone().text() })
      }
      return simulator.fetch(request)
    },
  })
  const bitize = createBitize({ server: server.url, ...simulator.credentials, random: () => 0, ...options })
  return {
    bitize,
    simulator,
    received,
    async [Symbol.asyncDispose]() {
      await bitize.close()
      await server.close()
    },
  }
}
