import { FakeClock, type ProviderWorld, providerConformance } from '@chaveiro/core/testing'
import { type EfiChargesTokenInputs, type EfiInputs, efiChargesProvider, efiProvider } from '@chaveiro/efi'
import { simulateEfi, simulateEfiCharges } from '@chaveiro/simulator'
import { describeWith, type MadeCertificate, makeCertificate } from '@chaveiro/test-servers'
import { controlOf } from '@chaveiro/test-servers/control'
import { behindProxy } from '@chaveiro/test-servers/simulated'
import { describe, it } from 'vitest'

const CREDENTIALS = { clientId: 'Client_Id_of_a_test', clientSecret: 'Client_Secret_of_a_test' }

describeWith(['openssl'], 'Efí, Pix', () => {
  // One for all worlds: openssl takes a while.
  const certificate = makeCertificate('application')
  providerConformance({ test: it, open: () => pix(certificate) })
})

describe('Efí, Cobranças', () => {
  providerConformance({ test: it, open: charges })
})

function pix({ cert, key, thumbprint }: MadeCertificate): ProviderWorld<EfiInputs> {
  const clock = new FakeClock()
  const efi = simulateEfi({ clock, credentials: { ...CREDENTIALS, certificate: thumbprint } })
  const credentials = { ...CREDENTIALS, certificate: { cert, key } }
  return {
    provider: efiProvider({ server: efi.url }),
    credentials,
    wrongCredentials: { ...credentials, clientSecret: 'not-the-right-secret' },
    apiPath: '/v2/cob',
    tokenType: '/token_type',
    fetch: behindProxy(efi.fetch).fetch,
    clock,
    control: controlOf(efi, clock),
  }
}

function charges(): ProviderWorld<EfiChargesTokenInputs> {
  const clock = new FakeClock()
  const efi = simulateEfiCharges({ clock, credentials: CREDENTIALS })
  return {
    provider: efiChargesProvider({ server: efi.url }),
    credentials: CREDENTIALS,
    wrongCredentials: { ...CREDENTIALS, clientSecret: 'not-the-right-secret' },
    apiPath: '/v1/plans',
    tokenType: '/token_type',
    fetch: efi.fetch,
    clock,
    control: controlOf(efi, clock),
  }
}
