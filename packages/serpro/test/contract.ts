import type { Fetch } from '@chaveiro/core'
import { FakeClock } from '@chaveiro/core/testing'
import {
  createIntegraContador,
  createSerpro,
  type IntegraContador,
  type IntegraContadorOptions,
  type Serpro,
  type SerproInputs,
} from '@chaveiro/serpro'
import {
  type IntegraContadorSimulator,
  type SerproSimulator,
  simulateIntegraContador,
  simulateSerpro,
} from '@chaveiro/simulator'
import { makeCertificate } from '@chaveiro/test-servers'
import { behindProxy } from '@chaveiro/test-servers/simulated'

/** Made once for a file of tests: openssl takes a while. */
export const CERTIFICATE = makeCertificate('contractor')

const KEYS = { consumerKey: 'key of the contract', consumerSecret: 'secret of the contract' }
const REGISTERED = { clientId: KEYS.consumerKey, clientSecret: KEYS.consumerSecret }

interface Contract<Simulator, Client, Inputs> extends AsyncDisposable {
  readonly clock: FakeClock
  readonly simulator: Simulator
  readonly client: Client
  readonly inputs: Inputs
  readonly fetch: Fetch
  /** Every request that left, as it left, with the certificate that it presented. */
  readonly sent: readonly Request[]
}

/** A contract with the simulated gateway, on a clock that the test moves by hand. */
export function gateway(): Contract<SerproSimulator, Serpro, typeof KEYS> {
  const clock = new FakeClock({ now: Date.UTC(2026, 0, 15, 12) })
  const simulator = simulateSerpro({ clock, credentials: REGISTERED })
  const { sent, fetch } = behindProxy(simulator.fetch)
  const client = createSerpro({ server: simulator.url, clock, fetch, ...KEYS })
  return { clock, simulator, client, inputs: KEYS, sent, fetch, [Symbol.asyncDispose]: () => client.close() }
}

/** A contract with a simulated Integra Contador. */
export function integraContador(
  options: Partial<IntegraContadorOptions> = {},
): Contract<IntegraContadorSimulator, IntegraContador, SerproInputs> {
  const clock = new FakeClock({ now: Date.UTC(2026, 0, 15, 12) })
  const { cert, key, thumbprint } = CERTIFICATE
  const simulator = simulateIntegraContador({ clock, credentials: { ...REGISTERED, certificate: thumbprint } })
  const { sent, fetch } = behindProxy(simulator.fetch)
  const inputs = { ...KEYS, certificate: { cert, key } }
  const client = createIntegraContador({ server: simulator.url, clock, fetch, ...inputs, ...options })
  return { clock, simulator, client, inputs, sent, fetch, [Symbol.asyncDispose]: () => client.close() }
}
