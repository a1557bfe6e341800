import { FakeClock } from '@chaveiro/core/testing'
import { createMercadoLivre, type MercadoLivreOptions } from '@chaveiro/mercado-livre'
import { type OAuthSimulatorOptions, simulateMercadoLivre } from '@chaveiro/simulator'
import { agree, newApplication, sendingTo } from '@chaveiro/test-servers/simulated'

/** An account that a person has connected, on a clock that the test moves by hand. */
export async function connected(options: Partial<MercadoLivreOptions> = {}, facts: OAuthSimulatorOptions = {}) {
  const clock = new FakeClock({ now: Date.UTC(2026, 0, 15, 12) })
  const credentials = newApplication()
  const { clientId, clientSecret } = credentials
  const simulator = simulateMercadoLivre({ clock, credentials, ...facts })
  const { fetch, sent } = sendingTo(simulator)
  const at = { server: simulator.url, clientId, clientSecret }
  const mercadoLivre = createMercadoLivre({ ...at, clock, random: () => 0, fetch, ...options })
  const page = await agree(simulator, mercadoLivre, credentials.redirectUris[0])
  return { clock, simulator, mercadoLivre, page, sent, [Symbol.asyncDispose]: () => mercadoLivre.close() }
}
