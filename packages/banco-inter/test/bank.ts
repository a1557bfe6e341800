import { type BancoInter, type BancoInterInputs, type BancoInterOptions, createBancoInter } from '@chaveiro/banco-inter'
import type { Fetch } from '@chaveiro/core'
import { FakeClock } from '@chaveiro/core/testing'
import { type BancoInterSimulator, simulateBancoInter } from '@chaveiro/simulator'
import { makeCertificate } from '@chaveiro/test-servers'
import { behindProxy } from '@chaveiro/test-servers/simulated'

/** Made once for a file of tests: openssl takes a while. */
export const CERTIFICATE = makeCertificate('integration')

/** An account at a simulated bank, on a clock that the test moves by hand. */
export interface Bank extends AsyncDisposable {
  readonly clock: FakeClock
  readonly simulator: BancoInterSimulator
  readonly inputs: BancoInterInputs
  readonly fetch: Fetch
  readonly bancoInter: BancoInter
  /** Every request that left, as it left, with the certificate that it presented. */
  readonly sent: readonly Request[]
}

export function bank(options: Partial<BancoInterOptions> = {}): Bank {
  const clock = new FakeClock({ now: Date.UTC(2026, 0, 15, 12) })
  const credentials = { clientId: 'integration', clientSecret: 'secret of the integration' }
  const simulator = simulateBancoInter({
    clock,
    credentials: { ...credentials, certificate: CERTIFICATE.thumbprint },
  })
  const { sent, fetch } = behindProxy(simulator.fetch)
  const { cert, key } = CERTIFICATE
  const inputs = { ...credentials, certificate: { cert, key } }
  const account = { tenant: 'shop', scopes: ['extrato.read'] }
  const bancoInter = createBancoInter({ server: simulator.url, account, clock, fetch, ...inputs, ...options })
  return { clock, simulator, inputs, fetch, bancoInter, sent, [Symbol.asyncDispose]: () => bancoInter.close() }
}
