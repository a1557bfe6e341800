import { FakeClock } from '@chaveiro/core/testing'
import { createMelhorEnvio, type MelhorEnvioOptions } from '@chaveiro/melhor-envio'
import { type OAuthSimulatorOptions, simulateMelhorEnvio } from '@chaveiro/simulator'
import { agree, newApplication, sendingTo } from '@chaveiro/test-servers/simulated'

/** What names the application. */
export const APPLICATION = 'Loja Azul (dev@loja.example)'

/** An account that a person has connected, on a clock that the test moves by hand. */
export async function connected(options: Partial<MelhorEnvioOptions> = {}, facts: OAuthSimulatorOptions = {}) {
  const clock = new FakeClock({ now: Date.UTC(2026, 0, 15, 12) })
  const credentials = newApplication()
  const { clientId, clientSecret } = credentials
  const simulator = simulateMelhorEnvio({ clock, credentials, ...facts })
  const { fetch, sent } = sendingTo(simulator)
  const at = { server: simulator.url, clientId, clientSecret, userAgent: APPLICATION }
  const melhorEnvio = createMelhorEnvio({ ...at, clock, random: () => 0, fetch, ...options })
  const page = await agree(simulator, melhorEnvio, credentials.redirectUris[0])
  return { clock, simulator, melhorEnvio, page, sent, [Symbol.asyncDispose]: () => melhorEnvio.close() }
}
