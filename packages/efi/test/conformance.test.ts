import { FakeClock, type ProviderWorld, providerConformance } from '@chaveiro/core/testing'
import { type EfiChargesTokenInputs, type EfiInputs, efiChargesProvider, efiProvider } from '@chaveiro/efi'
import { type OAuthSimulator, simulateEfi, simulateEfiCharges } from '@chaveiro/simulator'
import { describe, it } from 'vitest'
import { presenting, registered } from './presented.ts'

describe('Efí, Pix', () => {
  providerConformance({ test: it, open: pix })
})

describe('Efí, Cobranças', () => {
  providerConformance({ test: it, open: charges })
})

const CREDENTIALS = { clientId: 'Client_Id_of_a_test', clientSecret: 'Client_Secret_of_a_test' }

function pix(): ProviderWorld<EfiInputs> {
  const clock = new FakeClock()
  const certificate = { pfx: new TextEncoder().encode('a certificate and its key') }
  const efi = simulateEfi({ clock, credentials: { ...CREDENTIALS, certificate: registered(certificate) } })
  const credentials = { ...CREDENTIALS, certificate }
  return {
    ...common(efi, clock),
    provider: efiProvider({ server: efi.url }),
    credentials,
    wrongCredentials: { ...credentials, clientSecret: 'not-the-right-secret' },
    apiPath: '/v2/cob',
    fetch: presenting(efi.fetch),
  }
}

function charges(): ProviderWorld<EfiChargesTokenInputs> {
  const clock = new FakeClock()
  const efi = simulateEfiCharges({ clock, credentials: CREDENTIALS })
  return {
    ...common(efi, clock),
    provider: efiChargesProvider({ server: efi.url }),
    credentials: CREDENTIALS,
    wrongCredentials: { ...CREDENTIALS, clientSecret: 'not-the-right-secret' },
    apiPath: '/v1/plans',
    fetch: efi.fetch,
  }
}

function common<Operation extends string>(efi: OAuthSimulator<Operation | 'issueToken'>, clock: FakeClock) {
  return {
    clock,
    control: {
      expireAccessToken: () => clock.advance((efi.tokens.at(-1)?.access.expiresAt ?? 0) - clock.now()),
      revokeAccessTokens: () => void efi.revoke(),
      loseNextAnswer: () => void efi.faults.next({ kind: 'reset', processed: true, operation: 'issueToken' }),
      countTokenCalls: () => efi.count('issueToken'),
      secrets: () => efi.revealSecrets(),
    },
  }
}
