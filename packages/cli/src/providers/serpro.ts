import { facts, inPortuguese } from '@chaveiro/serpro/facts'
import type { Credentials } from './another-account.ts'
import { type CliProvider, providerEntry } from './cli-provider.ts'

const { certificate: _, ...keys } = facts.inputs
const { certificate: __, ...keysInPortuguese } = inPortuguese

/** What the simulators call a client, as Serpro calls it. */
function asContract({ clientId = '', clientSecret = '' }: Credentials): Credentials {
  return { consumerKey: clientId, consumerSecret: clientSecret }
}

/** Serpro's gateway, whose login takes no certificate. */
export const serpro: CliProvider = providerEntry({
  facts: async () => ({ ...facts, inputs: keys, inPortuguese: keysInPortuguese }),
  create: async () => (await import('@chaveiro/serpro')).createSerpro,
  lifecycle: async () => (await import('@chaveiro/serpro')).serproProvider,
  simulator: async (settings) => (await import('@chaveiro/simulator')).simulateSerpro(settings),
  asInputs: asContract,
})

/** Integra Contador: the same package, with a token of its own. Each of its requests is charged, so none is a probe. */
export const integraContador: CliProvider = providerEntry({
  facts: async () => ({
    ...facts,
    id: 'serpro-integra-contador',
    title: 'Serpro Integra Contador',
    servers: facts.operations.authenticate.servers,
    apiServers: facts.operations.authenticate.apiServers,
    inPortuguese,
  }),
  create: async () => (await import('@chaveiro/serpro')).createIntegraContador,
  lifecycle: async () => (await import('@chaveiro/serpro')).integraContadorProvider,
  simulator: async (settings) => (await import('@chaveiro/simulator')).simulateIntegraContador(settings),
  asInputs: asContract,
})
