import * as bitize from '@chaveiro/bitize/facts'
import * as bling from '@chaveiro/bling/facts'
import * as contaAzul from '@chaveiro/conta-azul/facts'
import * as correios from '@chaveiro/correios/facts'
import * as genpag from '@chaveiro/genpag/facts'
import * as melhorEnvio from '@chaveiro/melhor-envio/facts'
import * as mercadoLivre from '@chaveiro/mercado-livre/facts'
import * as mercadoPago from '@chaveiro/mercado-pago/facts'
import * as tiny from '@chaveiro/tiny/facts'
import { assineOnline } from './assine-online.ts'
import { bancoInter } from './banco-inter.ts'
import { type CliProvider, providerEntry } from './cli-provider.ts'
import { efi, efiCharges } from './efi.ts'
import { integraContador, serpro } from './serpro.ts'
import type { StatedFacts } from './sign-in-method.ts'

/** The providers that the command knows, by id. A new one is an entry here; no command names one. */
export const PROVIDERS: Readonly<Record<string, CliProvider>> = {
  bitize: providerEntry({
    facts: async () => stated(bitize),
    create: async () => (await import('@chaveiro/bitize')).createBitize,
    lifecycle: async () => (await import('@chaveiro/bitize')).bitizeProvider,
    simulator: async (settings) => (await import('@chaveiro/simulator')).simulateBitize(settings),
    probePath: '/vendors',
  }),
  genpag: providerEntry({
    facts: async () => stated(genpag),
    create: async () => (await import('@chaveiro/genpag')).createGenpag,
    lifecycle: async () => (await import('@chaveiro/genpag')).genpagProvider,
    simulator: async (settings) => (await import('@chaveiro/simulator')).simulateGenpag(settings),
  }),
  'assine-online': assineOnline,
  'mercado-livre': providerEntry({
    facts: async () => stated(mercadoLivre),
    create: async () => (await import('@chaveiro/mercado-livre')).createMercadoLivre,
    lifecycle: async () => (await import('@chaveiro/mercado-livre')).mercadoLivreProvider,
    simulator: async (settings) => (await import('@chaveiro/simulator')).simulateMercadoLivre(settings),
    probePath: '/users/me',
  }),
  'mercado-pago': providerEntry({
    facts: async () => stated(mercadoPago),
    create: async () => (await import('@chaveiro/mercado-pago')).createMercadoPago,
    lifecycle: async () => (await import('@chaveiro/mercado-pago')).mercadoPagoProvider,
    simulator: async (settings) => (await import('@chaveiro/simulator')).simulateMercadoPago(settings),
    probePath: '/v1/payments/search',
  }),
  bling: providerEntry({
    facts: async () => stated(bling),
    create: async () => (await import('@chaveiro/bling')).createBling,
    lifecycle: async () => (await import('@chaveiro/bling')).blingProvider,
    simulator: async (settings) => (await import('@chaveiro/simulator')).simulateBling(settings),
    probePath: '/contatos',
  }),
  'conta-azul': providerEntry({
    facts: async () => stated(contaAzul),
    create: async () => (await import('@chaveiro/conta-azul')).createContaAzul,
    lifecycle: async () => (await import('@chaveiro/conta-azul')).contaAzulProvider,
    simulator: async (settings) => (await import('@chaveiro/simulator')).simulateContaAzul(settings),
    probePath: '/v1/categorias',
  }),
  tiny: providerEntry({
    facts: async () => stated(tiny),
    create: async () => (await import('@chaveiro/tiny')).createTiny,
    lifecycle: async () => (await import('@chaveiro/tiny')).tinyProvider,
    simulator: async (settings) => (await import('@chaveiro/simulator')).simulateTiny(settings),
    probePath: '/info',
  }),
  'melhor-envio': providerEntry({
    facts: async () => stated(melhorEnvio),
    create: async () => (await import('@chaveiro/melhor-envio')).createMelhorEnvio,
    lifecycle: async () => (await import('@chaveiro/melhor-envio')).melhorEnvioProvider,
    simulator: async (settings) => (await import('@chaveiro/simulator')).simulateMelhorEnvio(settings),
    probePath: '/api/v2/me',
    simulatedInputs: { userAgent: 'Chaveiro (simulated@example.com)' },
  }),
  correios: providerEntry({
    facts: async () => stated(correios),
    create: async () => (await import('@chaveiro/correios')).createCorreios,
    lifecycle: async () => (await import('@chaveiro/correios')).correiosProvider,
    simulator: async (settings) => (await import('@chaveiro/simulator')).simulateCorreios(settings),
    probePath: '/cep/v1/enderecos/01001001',
  }),
  'banco-inter': bancoInter,
  serpro,
  'serpro-integra-contador': integraContador,
  efi,
  'efi-charges': efiCharges,
}

/** What a package states, with what it says in Portuguese. */
function stated({ facts, inPortuguese }: { facts: StatedFacts } & Pick<StatedFacts, 'inPortuguese'>): StatedFacts {
  return { ...facts, inPortuguese }
}
