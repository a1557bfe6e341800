import { bitizeProvider } from '@chaveiro/bitize'
import { createTokenManager, type Keepers } from '@chaveiro/core'
import { FakeClock } from '@chaveiro/core/testing'
import { type BitizeSimulator, simulateBitize } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { onTestFinished } from 'vitest'

const HOUR = 3_600_000
// A token of Bitize lives a day, and is in its refresh window in the last hours.
const LONG_AGO_MS = 23 * HOUR

/** A simulated Bitize behind real HTTP, whose token endpoint may hold back its answers. */
export interface BitizeServer {
  readonly url: URL
  readonly simulator: BitizeSimulator
  /** Token calls so far. */
  readonly tokenCalls: () => number
  /** From now on the answers of token calls wait. */
  hold(): void
  /** Resolves once a token call has been carried out whose answer is held back. */
  readonly held: Promise<void>
  /** Gives them. */
  release(): void
  /** Puts a token into a store that was obtained so long ago that its refresh window is open. */
  obtainLongAgo(account: string, store: Keepers): Promise<void>
}

export async function bitizeServer(): Promise<BitizeServer> {
  let aheadMs = 0
  let gate: Promise<void> | undefined
  let release: () => void = () => {}
  let arrive: () => void = () => {}
  const held = new Promise<void>((resolve) => (arrive = resolve))
  const simulator = simulateBitize({ clock: { now: () => Date.now() + aheadMs } })
  const server = await listen({
    url: simulator.url,
    async fetch(input, init) {
      const response = await simulator.fetch(input, init)
      if (new URL(urlOf(input)).pathname !== '/auth' || gate === undefined) return response
      arrive()
      await gate
      return response
    },
  })
  onTestFinished(() => server.close())
  return {
    url: server.url,
    simulator,
    tokenCalls: () => simulator.count('authenticate') + simulator.count('refreshAccessToken'),
    hold: () => {
      gate = new Promise((resolve) => (release = resolve))
    },
    held,
    release: () => {
      gate = undefined
      release()
    },
    async obtainLongAgo(account, store) {
      aheadMs = -LONG_AGO_MS
      const tokens = createTokenManager({
        provider: bitizeProvider({ server: server.url }),
        credentials: () => simulator.credentials,
        store,
        clock: new FakeClock({ now: Date.now() - LONG_AGO_MS }),
        // Past HTTP: its answers say in their Date what time it really is.
        fetch: (input, init) => simulator.fetch(urlOf(input).replace(server.url.origin, simulator.url.origin), init),
      })
      await tokens.account(account).getToken()
      await tokens.close()
      aheadMs = 0
    },
  }
}

function urlOf(input: string | URL | Request): string {
  return typeof input === 'string' ? input : 'href' in input ? input.href : input.url
}
