import type { AccountRef } from '@chaveiro/core'
import {
  type ClientOptions,
  createProviderClient,
  type ProviderClient,
  type ServerOptions,
} from '@chaveiro/core/provider'
import type { CorreiosInputs, CorreiosServer } from './generated/provider.ts'
import type { paths } from './generated/schema.ts'
import { correiosProvider } from './provider.ts'

/** What `createCorreios()` takes: the inputs, the server, and how tokens are kept and used. */
export interface CorreiosOptions extends CorreiosInputs, ServerOptions<CorreiosServer>, ClientOptions {}

/** A user of Correios, with a posting card or a contract: `fetch`, `getToken()`, `status()`, `api`, `close()`. */
export type Correios = ProviderClient<paths>

/**
 * Keeps a valid Correios token and puts it on every request: of the posting card, or else of the contract, or else of the
 * user alone. The account is named by the user and by the number of the card or the contract, if `account` says nothing else.
 *
 * @example
 * const correios = createCorreios({ server: 'production', username, accessCode, postingCard })
 * const response = await correios.fetch('/prazo/v1/nacional/03220?cepOrigem=70002900&cepDestino=05311900')
 * @throws {TypeError} when an input or the server is missing; the message says what to pass.
 */
export function createCorreios(options: CorreiosOptions): Correios {
  return createProviderClient<paths, CorreiosInputs>(correiosProvider(options), {
    ...options,
    account: options.account ?? nameOf(options),
  })
}

/** A user may have several cards, each with a token of its own. */
function nameOf({ username, postingCard, contract }: CorreiosOptions): AccountRef | undefined {
  const account = postingCard || contract
  return username && account ? { tenant: username, account } : undefined
}
