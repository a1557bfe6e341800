import {
  checkGrant,
  defineProvider,
  perServer,
  type SecretInput,
  type ServerOptions,
  type TokenProvider,
} from '@chaveiro/core/provider'

const facts = {
  id: 'acme',
  title: 'Acme',
  servers: { production: 'https://api.acme.example' },
  inputs: {
    clientId: { description: 'The id of the application.', identity: true },
    clientSecret: { description: 'The secret of the same application.', secret: true },
  },
  operations: {},
} as const

export type AcmeServer = keyof typeof facts.servers

export interface AcmeInputs {
  clientId: string
  clientSecret: SecretInput
}

/** As the generator writes it, and with a token that the page's own `acquire` must not give. */
export const acmeProvider: (options: ServerOptions<AcmeServer>) => TokenProvider<AcmeInputs> = perServer(
  facts,
  (server) =>
    defineProvider<AcmeInputs>({
      id: facts.id,
      scheme: 'accessToken',
      server,
      inputs: facts.inputs,
      refreshKind: 'none',
      repeat: 'unknown',
      async acquire() {
        return checkGrant({ accessToken: 'generated' })
      },
    }),
)
