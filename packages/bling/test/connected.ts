import { type BlingOptions, createBling } from '@chaveiro/bling'
import { FakeClock } from '@chaveiro/core/testing'
import { type OAuthSimulatorOptions, simulateBling } from '@chaveiro/simulator'
import { agree, newApplication, sendingTo } from '@chaveiro/test-servers/simulated'

// Of the documented server: the simulator's paths begin below it.
const BELOW = /^\/Api\/v3(?=\/(oauth\/token|oauth\/revoke|contatos))/

/** An account that a person has connected, on a clock that the test moves by hand. */
export async function connected(options: Partial<BlingOptions> = {}, facts: OAuthSimulatorOptions = {}) {
  const clock = new FakeClock({ now: Date.UTC(2026, 0, 15, 12) })
  const credentials = newApplication()
  const { clientId, clientSecret } = credentials
  const simulator = simulateBling({ clock, credentials, ...facts })
  const { fetch, sent } = sendingTo(simulator, BELOW)
  const at = { server: simulator.url, clientId, clientSecret }
  const bling = createBling({ ...at, clock, random: () => 0, fetch, ...options })
  const page = await agree(simulator, bling, credentials.redirectUris[0])
  return { clock, simulator, bling, page, sent, [Symbol.asyncDispose]: () => bling.close() }
}
