import { FakeClock } from '@chaveiro/core/testing'
import { createMercadoPago, type MercadoPagoOptions } from '@chaveiro/mercado-pago'
import { type OAuthSimulatorOptions, simulateMercadoPago } from '@chaveiro/simulator'
import { agree, newApplication, sendingTo } from '@chaveiro/test-servers/simulated'

/** An account that a person has connected, on a clock that the test moves by hand. */
export async function connected(options: Partial<MercadoPagoOptions> = {}, facts: OAuthSimulatorOptions = {}) {
  const clock = new FakeClock({ now: Date.UTC(2026, 0, 15, 12) })
  const credentials = newApplication()
  const { clientId, clientSecret } = credentials
  const simulator = simulateMercadoPago({ clock, credentials, ...facts })
  const { fetch, sent } = sendingTo(simulator)
  const at = { server: simulator.url, clientId, clientSecret }
  const mercadoPago = createMercadoPago({ ...at, clock, random: () => 0, fetch, ...options })
  const page = await agree(simulator, mercadoPago, credentials.redirectUris[0])
  return { clock, simulator, mercadoPago, page, sent, [Symbol.asyncDispose]: () => mercadoPago.close() }
}
