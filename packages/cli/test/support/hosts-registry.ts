// In place of the command's registry: a bank that asks for a client certificate, and shops with a host for each.

import { clientCertificates } from '@chaveiro/core/certificate'
import {
  type CertificateInput,
  type ClientOptions,
  checkGrant,
  createProviderClient,
  defineProvider,
  expectData,
  type ProviderFacts,
  type ProviderIo,
  perTenant,
  resolveApiServer,
  resolveServer,
  reveal,
  type SecretInput,
  type ServerOptions,
  type TokenProvider,
} from '@chaveiro/core/provider'
import { simulateOAuth } from '@chaveiro/simulator'
import { type CliProvider, providerEntry } from '../../src/providers/cli-provider.ts'
import { PROVIDERS as REAL } from '../../src/providers/registry.ts'

type Server = ServerOptions<'production'>

async function tokenCall(send: ProviderIo['fetch'], server: URL, form: Record<string, string>) {
  const body = new URLSearchParams(form)
  const response = await send(new URL('token', `${server.href.replace(/\/$/, '')}/`), { method: 'POST', body })
  const data: Record<string, unknown> | undefined = response.ok ? await response.json() : undefined
  const token = await expectData('/token', Promise.resolve({ response, data }))
  return checkGrant({ accessToken: token['access_token'] })
}

interface BankInputs {
  clientId: string
  certificate: CertificateInput
}

const bankFacts = (): ProviderFacts => ({
  id: 'bank',
  title: 'Bank',
  servers: { production: process.env['TEST_BANK'] ?? 'https://mtls.bank.example' },
  inputs: {
    clientId: { description: 'The id of your application.', identity: true, env: 'BANK_CLIENT_ID' },
    certificate: { description: 'The certificate of your application.', kind: 'certificate', env: 'BANK_CERTIFICATE' },
  },
  operations: {},
})

const bank = (options: Server): TokenProvider<BankInputs> => {
  const facts = bankFacts()
  const server = resolveServer(facts, options)
  return defineProvider<BankInputs>({
    id: facts.id,
    server,
    inputs: facts.inputs,
    refreshKind: 'none',
    repeat: 'free',
    acquire: (io, { clientId, certificate }) =>
      tokenCall(io.presenting(certificate), server, { grant_type: 'client_credentials', client_id: clientId }),
    certificates: clientCertificates(({ certificate }) => certificate),
  })
}

interface ShopInputs {
  keeper: string
  word: SecretInput
}

const shopFacts = (): ProviderFacts & {
  readonly serverVariables: Readonly<Record<string, { description: string; pattern: string }>>
} => ({
  id: 'shops',
  title: 'Shops',
  // This machine has no name with a label to spare, so the tenant is in the path.
  servers: {
    production: `${process.env['TEST_SHOPS'] ?? 'https://shops.example'}/{shop}`,
    named: 'https://{shop}.shops.example',
  },
  apiServers: { production: `${process.env['TEST_SHOPS_API'] ?? 'https://api.shops.example'}/{shop}/v2` },
  serverVariables: { shop: { description: "The shop's name in its address.", pattern: '^[a-z0-9-]{3,20}$' } },
  inputs: {
    keeper: { description: 'The name of its keeper.', identity: true, env: 'SHOPS_KEEPER' },
    word: { description: 'The word of its keeper.', secret: true, env: 'SHOPS_WORD' },
  },
  operations: {},
})

type ShopServer = ServerOptions<'production' | 'named'> & { shop: string }

const shops = (options: ShopServer): TokenProvider<ShopInputs> =>
  perTenant<'production' | 'named', { shop: string }, TokenProvider<ShopInputs>>(shopFacts(), (server, given, tenant) =>
    defineProvider<ShopInputs>({
      id: 'shops',
      server,
      apiServer: resolveApiServer(tenant.facts, given),
      inputs: tenant.facts.inputs,
      refreshKind: 'none',
      repeat: 'free',
      acquire: async (io, { keeper, word }) => tokenCall(io.fetch, server, { keeper, word: await reveal(word) }),
    }),
  )(options)

export const PROVIDERS: Readonly<Record<string, CliProvider>> = {
  ...REAL,
  bank: providerEntry({
    facts: async () => bankFacts(),
    create: async () => (options: ClientOptions & BankInputs & Server) => createProviderClient(bank(options), options),
    lifecycle: async () => bank,
    simulator: async () => simulateOAuth(),
  }),
  shops: providerEntry({
    facts: async () => shopFacts(),
    create:
      async () =>
      ({ shop, ...options }: ClientOptions & ShopInputs & ShopServer) =>
        createProviderClient(shops({ ...options, shop }), options),
    lifecycle: async () => shops,
    simulator: async () => simulateOAuth(),
  }),
}
