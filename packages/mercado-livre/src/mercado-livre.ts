import {
  type ClientOptions,
  createProviderClient,
  type ProviderClient,
  type ServerOptions,
} from '@chaveiro/core/provider'
import { type MercadoLivreInputs, type MercadoLivreServer, mercadoLivreProvider } from './generated/provider.ts'
import type { paths } from './generated/schema.ts'

/** What `createMercadoLivre()` takes: the inputs, the server, and how tokens are kept and used. */
export interface MercadoLivreOptions extends MercadoLivreInputs, ServerOptions<MercadoLivreServer>, ClientOptions {}

/** A Mercado Livre account: `fetch`, `getToken()`, `consent`, `status()`, `api`, `close()`. */
export type MercadoLivre = ProviderClient<paths>

/**
 * Keeps a valid Mercado Livre access token and puts it on every request.
 *
 * @example
 * const mercadoLivre = createMercadoLivre({ server: 'production', account: 'shop-42', clientId, clientSecret })
 * const response = await mercadoLivre.fetch('/users/me')
 * @throws {TypeError} when an input or the server is missing; the message says what to pass.
 */
export function createMercadoLivre(options: MercadoLivreOptions): MercadoLivre {
  return createProviderClient<paths, MercadoLivreInputs>(mercadoLivreProvider(options), options)
}
