import {
  type ClientOptions,
  createProviderClient,
  type ProviderClient,
  type ServerOptions,
} from '@chaveiro/core/provider'
import { type BancoInterInputs, type BancoInterServer, bancoInterProvider } from './generated/provider.ts'
import type { paths } from './generated/schema.ts'

/** What `createBancoInter()` takes: the inputs, the server, and how tokens are kept and used. */
export interface BancoInterOptions extends BancoInterInputs, ServerOptions<BancoInterServer>, ClientOptions {}

/** A Banco Inter account: `fetch`, `getToken()`, `status()`, `api`, `close()`. */
export type BancoInter = ProviderClient<paths>

/**
 * Keeps a valid Banco Inter access token and puts it on every request.
 *
 * @example
 * const bancoInter = createBancoInter({ server: 'production', clientId, clientSecret })
 * const response = await bancoInter.fetch('/anything')
 * @throws {TypeError} when an input or the server is missing; the message says what to pass.
 */
export function createBancoInter(options: BancoInterOptions): BancoInter {
  return createProviderClient<paths, BancoInterInputs>(bancoInterProvider(options), options)
}
