import {
  type ClientOptions,
  createProviderClient,
  type ProviderClient,
  type ServerOptions,
} from '@chaveiro/core/provider'
import { type MercadoPagoInputs, type MercadoPagoServer, mercadoPagoProvider } from './generated/provider.ts'
import type { paths } from './generated/schema.ts'

/** What `createMercadoPago()` takes: the inputs, the server, and how tokens are kept and used. */
export interface MercadoPagoOptions extends MercadoPagoInputs, ServerOptions<MercadoPagoServer>, ClientOptions {}

/** A Mercado Pago account: `fetch`, `getToken()`, `consent`, `status()`, `api`, `close()`. */
export type MercadoPago = ProviderClient<paths>

/**
 * Keeps a valid Mercado Pago access token and puts it on every request.
 *
 * @example
 * const mercadoPago = createMercadoPago({ server: 'production', account: 'shop-42', clientId, clientSecret })
 * const response = await mercadoPago.fetch('/v1/payments/search')
 * @throws {TypeError} when an input or the server is missing; the message says what to pass.
 */
export function createMercadoPago(options: MercadoPagoOptions): MercadoPago {
  return createProviderClient<paths, MercadoPagoInputs>(mercadoPagoProvider(options), options)
}
