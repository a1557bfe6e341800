import {
  type ClientOptions,
  createProviderClient,
  type ProviderClient,
  type ServerOptions,
} from '@chaveiro/core/provider'
import { type TinyInputs, type TinyServer, tinyProvider } from './generated/provider.ts'
import type { paths } from './generated/schema.ts'

/** What `createTiny()` takes: the inputs, the server, and how tokens are kept and used. */
export interface TinyOptions extends TinyInputs, ServerOptions<TinyServer>, ClientOptions {}

/** A Tiny account: `fetch`, `getToken()`, `consent`, `status()`, `api`, `close()`. */
export type Tiny = ProviderClient<paths>

/**
 * Keeps a valid Tiny access token and puts it on every request.
 *
 * @example
 * const tiny = createTiny({ server: 'production', account: 'shop-42', clientId, clientSecret })
 * const response = await tiny.fetch('/info')
 * @throws {TypeError} when an input or the server is missing; the message says what to pass.
 */
export function createTiny(options: TinyOptions): Tiny {
  return createProviderClient<paths, TinyInputs>(tinyProvider(options), options)
}
