import { FakeClock } from '@chaveiro/core/testing'
import { createGenpag, type Genpag, type GenpagOptions } from '@chaveiro/genpag'
import { type Fetch, type GenpagSimulator, type GenpagSimulatorOptions, simulateGenpag } from '@chaveiro/simulator'

/** A client and the provider it talks to, in this process, on a clock that the test moves by hand. */
export interface Pair extends AsyncDisposable {
  readonly clock: FakeClock
  readonly simulator: GenpagSimulator
  readonly genpag: Genpag
  /** Every request that left, as it left. */
  readonly sent: readonly SentRequest[]
  /** The path of the seller's orders. */
  readonly orders: string
}

/** What the test looks at of a request. */
export interface SentRequest {
  readonly method: string
  readonly url: URL
  readonly authorization: string | null
  readonly contentType: string | null
  readonly body: string
  /** All of it as one text, to be searched for a secret. */
  readonly whole: string
}

export const WEEK_MS = 604_800_000

export function inProcess(options: Partial<GenpagOptions> = {}, provider: GenpagSimulatorOptions = {}): Pair {
  const clock = new FakeClock({ now: Date.UTC(2026, 0, 15, 12) })
  const simulator = simulateGenpag({ clock, ...provider })
  const sent: SentRequest[] = []
  const { sellerId, refreshToken } = simulator.credentials
  const genpag = createGenpag({
    server: simulator.url,
    sellerId,
    refreshToken,
    fetch: recording(simulator.fetch, sent),
    clock,
    random: () => 0,
    ...options,
  })
  const orders = `/api/sellers/${sellerId}/orders`
  return { clock, simulator, genpag, sent, orders, [Symbol.asyncDispose]: () => genpag.close() }
}

/** Writes down what passes. */
export function recording(fetch: Fetch, sent: SentRequest[]): Fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    const { method, headers } = request
    const body = await request.clone().text()
    sent.push({
      method,
      url: new URL(request.url),
      authorization: headers.get('authorization'),
      contentType: headers.get('content-type'),
      body,
      whole: JSON.stringify([method, request.url, [...headers], body]),
    })
    return fetch(request)
  }
}
