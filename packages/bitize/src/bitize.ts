import {
  type ClientOptions,
  createProviderClient,
  type ProviderClient,
  type ServerOptions,
} from '@chaveiro/core/provider'
import { type BitizeInputs, type BitizeServer, bitizeProvider } from './generated/provider.ts'
import type { paths } from './generated/schema.ts'

/** What `createBitize()` takes: the two keys, the server, and how tokens are kept and used. */
export interface BitizeOptions extends BitizeInputs, ServerOptions<BitizeServer>, ClientOptions {}

/** A Bitize account: `fetch`, `getToken()`, `status()`, `api`, `close()`. */
export type Bitize = ProviderClient<paths>

/**
 * Keeps a valid Bitize access token and puts it on every request.
 *
 * @example
 * const bitize = createBitize({ server: 'production', consumerKey, secretKey })
 * const vendors = await bitize.fetch('/vendors')
 * @throws {TypeError} when an input or the server is missing; the message says what to pass.
 */
export function createBitize(options: BitizeOptions): Bitize {
  return createProviderClient<paths, BitizeInputs>(bitizeProvider(options), options)
}
