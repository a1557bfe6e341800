import { facts as bitizeFacts } from '@chaveiro/bitize/facts'
import { facts as blingFacts } from '@chaveiro/bling/facts'
import { facts as contaAzulFacts } from '@chaveiro/conta-azul/facts'
import { facts as genpagFacts } from '@chaveiro/genpag/facts'
import { facts as melhorEnvioFacts } from '@chaveiro/melhor-envio/facts'
import { facts as mercadoLivreFacts } from '@chaveiro/mercado-livre/facts'
import { facts as mercadoPagoFacts } from '@chaveiro/mercado-pago/facts'
import { facts as tinyFacts } from '@chaveiro/tiny/facts'
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
  'mercado-livre': providerEntry({
    facts: async () => mercadoLivreFacts,
    create: async () => (await import('@chaveiro/mercado-livre')).createMercadoLivre,
    lifecycle: async () => (await import('@chaveiro/mercado-livre')).mercadoLivreProvider,
    simulator: async () => (await import('@chaveiro/simulator')).simulateMercadoLivre(),
    probePath: '/users/me',
  }),
  'mercado-pago': providerEntry({
    facts: async () => mercadoPagoFacts,
    create: async () => (await import('@chaveiro/mercado-pago')).createMercadoPago,
    lifecycle: async () => (await import('@chaveiro/mercado-pago')).mercadoPagoProvider,
    simulator: async () => (await import('@chaveiro/simulator')).simulateMercadoPago(),
    probePath: '/v1/payments/search',
  }),
  bling: providerEntry({
    facts: async () => blingFacts,
    create: async () => (await import('@chaveiro/bling')).createBling,
    lifecycle: async () => (await import('@chaveiro/bling')).blingProvider,
    simulator: async () => (await import('@chaveiro/simulator')).simulateBling(),
    probePath: '/contatos',
  }),
  'conta-azul': providerEntry({
    facts: async () => contaAzulFacts,
    create: async () => (await import('@chaveiro/conta-azul')).createContaAzul,
    lifecycle: async () => (await import('@chaveiro/conta-azul')).contaAzulProvider,
    simulator: async () => (await import('@chaveiro/simulator')).simulateContaAzul(),
    probePath: '/v1/categorias',
  }),
  tiny: providerEntry({
    facts: async () => tinyFacts,
    create: async () => (await import('@chaveiro/tiny')).createTiny,
    lifecycle: async () => (await import('@chaveiro/tiny')).tinyProvider,
    simulator: async () => (await import('@chaveiro/simulator')).simulateTiny(),
    probePath: '/info',
  }),
  'melhor-envio': providerEntry({
    facts: async () => melhorEnvioFacts,
    create: async () => (await import('@chaveiro/melhor-envio')).createMelhorEnvio,
    lifecycle: async () => (await import('@chaveiro/melhor-envio')).melhorEnvioProvider,
    simulator: async () => (await import('@chaveiro/simulator')).simulateMelhorEnvio(),
    probePath: '/api/v2/me',
    simulatedInputs: { userAgent: 'Chaveiro (simulated@example.com)' },
  }),
}
