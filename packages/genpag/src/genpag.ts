import {
  type ClientOptions,
  createProviderClient,
  type ProviderClient,
  type ServerOptions,
} from '@chaveiro/core/provider'
import { type GenpagInputs, type GenpagServer, genpagProvider } from './generated/provider.ts'
import type { paths } from './generated/schema.ts'

/** What `createGenpag()` takes: the seller's two values, the server, and how tokens are kept and used. */
export interface GenpagOptions extends GenpagInputs, ServerOptions<GenpagServer>, ClientOptions {}

/** One seller at Genpag: `fetch`, `getToken()`, `status()`, `api`, `close()`. */
export type Genpag = ProviderClient<paths>

/**
 * Keeps a valid access token of one seller and puts it on every request. For many sellers give {@link genpagProvider} to
 * `createTokenManager()` of `@chaveiro/core`.
 *
 * @example
 * const genpag = createGenpag({ server: 'sandbox', sellerId, refreshToken })
 * const order = await genpag.fetch(`/api/sellers/${sellerId}/orders`, { method: 'POST', headers, body })
 * @throws {TypeError} when an input or the server is missing; the message says what to pass.
 */
export function createGenpag(options: GenpagOptions): Genpag {
  return createProviderClient<paths, GenpagInputs>(genpagProvider(options), options)
}
