import {
  type ClientOptions,
  createProviderClient,
  type ProviderClient,
  type ServerOptions,
} from '@chaveiro/core/provider'
import { type ContaAzulInputs, type ContaAzulServer, contaAzulProvider } from './generated/provider.ts'
import type { paths } from './generated/schema.ts'

/** What `createContaAzul()` takes: the inputs, the server, and how tokens are kept and used. */
export interface ContaAzulOptions extends ContaAzulInputs, ServerOptions<ContaAzulServer>, ClientOptions {}

/** A Conta Azul account: `fetch`, `getToken()`, `consent`, `status()`, `api`, `close()`. */
export type ContaAzul = ProviderClient<paths>

/**
 * Keeps a valid Conta Azul access token and puts it on every request.
 *
 * @example
 * const contaAzul = createContaAzul({ server: 'production', account: 'shop-42', clientId, clientSecret })
 * const response = await contaAzul.fetch('/v1/categorias')
 * @throws {TypeError} when an input or the server is missing; the message says what to pass.
 */
export function createContaAzul(options: ContaAzulOptions): ContaAzul {
  return createProviderClient<paths, ContaAzulInputs>(contaAzulProvider(options), options)
}
