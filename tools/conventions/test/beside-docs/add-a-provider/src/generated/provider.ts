import {
  defineProvider,
  perServer,
  type SecretInput,
  type ServerOptions,
  type TokenProvider,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'

export type AcmeServer = keyof typeof facts.servers

export interface AcmeInputs {
  clientId: string
  clientSecret: SecretInput
}

/** What `acmeProvider` needs because no spec can say it. */
export type AcmeProviderByHand = Required<Pick<TokenProvider<AcmeInputs>, 'acquire'>>

/** As the generator writes it for the spec of the page. */
export const acmeProvider: (
  options: ServerOptions<AcmeServer>,
  byHand: AcmeProviderByHand,
) => TokenProvider<AcmeInputs> = perServer(facts, (server, _options, byHand) =>
  defineProvider<AcmeInputs>({
    id: facts.id,
    scheme: 'accessToken',
    server,
    inputs: facts.inputs,
    operations: facts.operations,
    refreshKind: 'none',
    repeat: 'unknown',
    acquire: byHand.acquire,
  }),
)
