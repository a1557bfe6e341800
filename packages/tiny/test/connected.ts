import { FakeClock } from '@chaveiro/core/testing'
import { type OAuthSimulatorOptions, simulateTiny } from '@chaveiro/simulator'
import { agree, newApplication, sendingTo } from '@chaveiro/test-servers/simulated'
import { createTiny, type TinyOptions } from '@chaveiro/tiny'

// Of the documented server: the simulator's paths begin below it.
const BELOW = /^\/public-api\/v3/

/** An account that a person has connected, on a clock that the test moves by hand. */
export async function connected(options: Partial<TinyOptions> = {}, facts: OAuthSimulatorOptions = {}) {
  const clock = new FakeClock({ now: Date.UTC(2026, 0, 15, 12) })
  const credentials = newApplication()
  const { clientId, clientSecret } = credentials
  const simulator = simulateTiny({ clock, credentials, ...facts })
  const { fetch, sent } = sendingTo(simulator, BELOW)
  const at = { server: simulator.url, clientId, clientSecret }
  const tiny = createTiny({ ...at, clock, random: () => 0, fetch, ...options })
  const page = await agree(simulator, tiny, credentials.redirectUris[0])
  return { clock, simulator, tiny, page, sent, [Symbol.asyncDispose]: () => tiny.close() }
}
