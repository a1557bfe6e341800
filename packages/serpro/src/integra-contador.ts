import {
  type ClientOptions,
  createProviderClient,
  type ProviderClient,
  type ServerOptions,
} from '@chaveiro/core/provider'
import {
  type SerproContractorTokenMeta,
  type SerproInputs,
  type SerproServer,
  serproContractorToken,
} from './generated/provider.ts'
import type { paths } from './generated/schema.ts'

/** What `createIntegraContador()` takes: the inputs, the server, and how tokens are kept and used. */
export interface IntegraContadorOptions extends SerproInputs, ServerOptions<SerproServer>, ClientOptions {}

/** A contract of Integra Contador: `fetch`, `getToken()`, `status()`, `api`, `close()`. */
export type IntegraContador = ProviderClient<paths, SerproContractorTokenMeta>

/**
 * Keeps the pair of tokens of Integra Contador valid, and puts both on every request. A 403 is given back as it is: Serpro
 * charges it, so nothing is sent again.
 *
 * @example
 * const integra = createIntegraContador({ server: 'production', consumerKey, consumerSecret, certificate, fetch: nodeFetch() })
 * const response = await integra.fetch('/Consultar', { method: 'POST', headers, body })
 * @throws {TypeError} when an input or the server is missing; the message says what to pass.
 */
export function createIntegraContador(options: IntegraContadorOptions): IntegraContador {
  return createProviderClient<paths, SerproInputs, SerproContractorTokenMeta>(serproContractorToken(options), options)
}
