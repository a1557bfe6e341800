import {
  type ClientOptions,
  createProviderClient,
  type ProviderClient,
  type ServerOptions,
} from '@chaveiro/core/provider'
import {
  type EfiChargesTokenInputs,
  type EfiInputs,
  type EfiServer,
  efiChargesToken,
  efiPixToken,
} from './generated/provider.ts'
import type { paths } from './generated/schema.ts'

/** What `createEfi()` takes: the inputs, the server, and how tokens are kept and used. */
export interface EfiOptions extends EfiInputs, ServerOptions<EfiServer>, ClientOptions {}

/** What `createEfiCharges()` takes: the same without a certificate. */
export interface EfiChargesOptions extends EfiChargesTokenInputs, ServerOptions<EfiServer>, ClientOptions {}

/** An application at one of Efí's APIs: `fetch`, `getToken()`, `status()`, `api`, `close()`. */
export type Efi = ProviderClient<paths>

/**
 * Keeps a valid token of the API Pix, and puts it and the certificate on every request. Open Finance and the other APIs that ask
 * for a certificate have hosts of their own: pass theirs as `server`, with `/v1`.
 *
 * @example
 * const pix = createEfi({ server: 'production', clientId, clientSecret, certificate, fetch: nodeFetch() })
 * const charges = await pix.fetch('/v2/cob?inicio=2026-01-01T00:00:00Z&fim=2026-01-31T23:59:59Z')
 * @throws {TypeError} when an input or the server is missing; the message says what to pass.
 */
export function createEfi(options: EfiOptions): Efi {
  return createProviderClient<paths, EfiInputs>(efiPixToken(options), options)
}

/**
 * Keeps a valid token of the API Cobranças and puts it on every request. It has another host, and asks for no certificate.
 *
 * @example
 * const charges = createEfiCharges({ server: 'production', clientId, clientSecret })
 * const plans = await charges.fetch('/v1/plans')
 * @throws {TypeError} when an input or the server is missing; the message says what to pass.
 */
export function createEfiCharges(options: EfiChargesOptions): Efi {
  return createProviderClient<paths, EfiChargesTokenInputs>(efiChargesToken(options), options)
}
