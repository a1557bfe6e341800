import {
  type ClientOptions,
  createProviderClient,
  type ProviderClient,
  type ServerOptions,
} from '@chaveiro/core/provider'
import { type BlingInputs, type BlingServer, blingProvider } from './generated/provider.ts'
import type { paths } from './generated/schema.ts'

/** What `createBling()` takes: the inputs, the server, and how tokens are kept and used. */
export interface BlingOptions extends BlingInputs, ServerOptions<BlingServer>, ClientOptions {}

/** A Bling account: `fetch`, `getToken()`, `consent`, `status()`, `api`, `close()`. */
export type Bling = ProviderClient<paths>

/**
 * Keeps a valid Bling access token and puts it on every request.
 *
 * @example
 * const bling = createBling({ server: 'production', account: 'shop-42', clientId, clientSecret })
 * const response = await bling.fetch('/contatos')
 * @throws {TypeError} when an input or the server is missing; the message says what to pass.
 */
export function createBling(options: BlingOptions): Bling {
  return createProviderClient<paths, BlingInputs>(blingProvider(options), options)
}
