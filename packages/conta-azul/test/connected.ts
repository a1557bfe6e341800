import { type ContaAzulOptions, createContaAzul } from '@chaveiro/conta-azul'
import { FakeClock } from '@chaveiro/core/testing'
import { type OAuthSimulatorOptions, simulateContaAzul } from '@chaveiro/simulator'
import { agree, newApplication, sendingTo } from '@chaveiro/test-servers/simulated'

/** An account that a person has connected, on a clock that the test moves by hand. */
export async function connected(options: Partial<ContaAzulOptions> = {}, facts: OAuthSimulatorOptions = {}) {
  const clock = new FakeClock({ now: Date.UTC(2026, 0, 15, 12) })
  const credentials = newApplication()
  const { clientId, clientSecret } = credentials
  const simulator = simulateContaAzul({ clock, credentials, ...facts })
  const { fetch, sent } = sendingTo(simulator)
  const at = { server: simulator.url, clientId, clientSecret }
  const contaAzul = createContaAzul({ ...at, clock, random: () => 0, fetch, ...options })
  const page = await agree(simulator, contaAzul, credentials.redirectUris[0])
  return { clock, simulator, contaAzul, page, sent, [Symbol.asyncDispose]: () => contaAzul.close() }
}
