import { facts as bitizeFacts } from '@chaveiro/bitize/facts'
import { facts as genpagFacts } from '@chaveiro/genpag/facts'
import { assineOnline } from './assine-online.ts'
import { type CliProvider, providerEntry } from './cli-provider.ts'

/** The providers that the command knows, by id. A new one is an entry here; no command names one. */
export const PROVIDERS: Readonly<Record<string, CliProvider>> = {
  bitize: providerEntry({
    facts: async () => bitizeFacts,
    create: async () => (await import('@chaveiro/bitize')).createBitize,
    lifecycle: async () => (await import('@chaveiro/bitize')).bitizeProvider,
    simulator: async () => (await import('@chaveiro/simulator')).simulateBitize(),
    probePath: '/vendors',
  }),
  genpag: providerEntry({
    facts: async () => genpagFacts,
    create: async () => (await import('@chaveiro/genpag')).createGenpag,
    lifecycle: async () => (await import('@chaveiro/genpag')).genpagProvider,
    simulator: async () => (await import('@chaveiro/simulator')).simulateGenpag(),
  }),
  'assine-online': assineOnline,
}
