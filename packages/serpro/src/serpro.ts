import {
  type ClientOptions,
  createProviderClient,
  type ProviderClient,
  type ServerOptions,
} from '@chaveiro/core/provider'
import { type SerproGatewayTokenInputs, type SerproServer, serproGatewayToken } from './generated/provider.ts'
import type { paths } from './generated/schema.ts'

/** What `createSerpro()` takes: the inputs, the server, and how tokens are kept and used. */
export interface SerproOptions extends SerproGatewayTokenInputs, ServerOptions<SerproServer>, ClientOptions {}

/** A contract with Serpro: `fetch`, `getToken()`, `status()`, `api`, `close()`. */
export type Serpro = ProviderClient<paths>

/**
 * Keeps a valid access token of Serpro's gateway and puts it on every request: for Consulta CPF, Consulta CNPJ, Biovalid and
 * the other APIs behind it. Integra Contador has tokens of its own, and `createIntegraContador()`.
 *
 * @example
 * const serpro = createSerpro({ server: 'production', consumerKey, consumerSecret })
 * const response = await serpro.fetch('/consulta-cpf-df/v1/cpf/00000000000')
 * @throws {TypeError} when an input or the server is missing; the message says what to pass.
 */
export function createSerpro(options: SerproOptions): Serpro {
  return createProviderClient<paths, SerproGatewayTokenInputs>(serproGatewayToken(options), options)
}
