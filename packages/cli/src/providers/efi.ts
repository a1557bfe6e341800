import { facts, inPortuguese } from '@chaveiro/efi/facts'
import { type CliProvider, providerEntry } from './cli-provider.ts'

const { certificate: _, ...keys } = facts.inputs
const { certificate: __, ...keysInPortuguese } = inPortuguese

/** The API Pix of Efí: its certificate is presented in token calls and in all other requests. */
export const efi: CliProvider = providerEntry({
  facts: async () => ({ ...facts, inPortuguese }),
  create: async () => (await import('@chaveiro/efi')).createEfi,
  lifecycle: async () => (await import('@chaveiro/efi')).efiProvider,
  simulator: async (settings) => (await import('@chaveiro/simulator')).simulateEfi(settings),
  // Whatever is in that minute: the API demands a beginning and an end.
  probePath: '/v2/cob?inicio=2026-01-01T00:00:00Z&fim=2026-01-01T00:01:00Z',
})

/** Cobranças: the same package, with a host and tokens of its own, and no certificate. */
export const efiCharges: CliProvider = providerEntry({
  facts: async () => ({
    ...facts,
    id: 'efi-charges',
    title: 'Efí Cobranças',
    servers: facts.operations.issueChargesToken.servers,
    inputs: keys,
    inPortuguese: keysInPortuguese,
  }),
  create: async () => (await import('@chaveiro/efi')).createEfiCharges,
  lifecycle: async () => (await import('@chaveiro/efi')).efiChargesProvider,
  simulator: async (settings) => (await import('@chaveiro/simulator')).simulateEfiCharges(settings),
  probePath: '/v1/plans',
})
