import { facts, inPortuguese } from '@chaveiro/serpro/facts'
import { type CliProvider, providerEntry } from './cli-provider.ts'

const { certificate: _, ...keys } = facts.inputs
const { certificate: __, ...keysInPortuguese } = inPortuguese

/** What the simulators call a client, as Serpro calls it. */
const asContract = ({ clientId, clientSecret }: { clientId: string; clientSecret?: string | undefined }) => ({
  consumerKey: clientId,
  consumerSecret: clientSecret,
})

/** Serpro's gateway, whose login takes no certificate. */
export const serpro: CliProvider = providerEntry({
  facts: async () => ({ ...facts, inputs: keys, inPortuguese: keysInPortuguese }),
  create: async () => (await import('@chaveiro/serpro')).createSerpro,
  lifecycle: async () => (await import('@chaveiro/serpro')).serproProvider,
  async simulator() {
    const { url, fetch, credentials } = (await import('@chaveiro/simulator')).simulateSerpro()
    return { url, fetch, credentials: asContract(credentials) }
  },
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
  async simulator() {
    const { url, fetch, credentials } = (await import('@chaveiro/simulator')).simulateIntegraContador()
    return { url, fetch, credentials: asContract(credentials) }
  },
})
