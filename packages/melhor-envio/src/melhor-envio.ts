import {
  type ClientOptions,
  createProviderClient,
  type ProviderClient,
  type ServerOptions,
} from '@chaveiro/core/provider'
import { type MelhorEnvioInputs, type MelhorEnvioServer, melhorEnvioProvider } from './generated/provider.ts'
import type { paths } from './generated/schema.ts'

/** What `createMelhorEnvio()` takes: the inputs, the server, and how tokens are kept and used. */
export interface MelhorEnvioOptions extends MelhorEnvioInputs, ServerOptions<MelhorEnvioServer>, ClientOptions {}

/** A Melhor Envio account: `fetch`, `getToken()`, `consent`, `status()`, `api`, `close()`. */
export type MelhorEnvio = ProviderClient<paths>

/**
 * Keeps a valid Melhor Envio access token and puts it on every request.
 *
 * @example
 * const melhorEnvio = createMelhorEnvio({ server: 'production', account: 'shop-42', clientId, clientSecret })
 * const response = await melhorEnvio.fetch('/api/v2/me')
 * @throws {TypeError} when an input or the server is missing; the message says what to pass.
 */
export function createMelhorEnvio(options: MelhorEnvioOptions): MelhorEnvio {
  return createProviderClient<paths, MelhorEnvioInputs>(melhorEnvioProvider(options), options)
}
