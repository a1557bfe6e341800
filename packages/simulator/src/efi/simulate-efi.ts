// Written by hand: the facts of Efí that RFC 6749 leaves open, as SOURCES.md has them, and one request of each API. It never
// reads the lifecycle, so that a mistake in one shows against the other.

import type { OAuthClient } from '../oauth/clients.ts'
import type { OAuthOperation } from '../oauth/oauth-server.ts'
import type { OAuthSimulatorOptions } from '../oauth/options.ts'
import { certificateIfRegistered, OWN_KEYS } from '../oauth/own-keys.ts'
import { type OAuthSimulator, simulateOAuth } from '../oauth/simulate-oauth.ts'

/** What can be counted, and what a fault can wait for. `listCharges` is `GET /v2/cob`, the charges of Pix. */
export type EfiOperation = OAuthOperation | 'listCharges'

/** The API Pix of Efí, simulated. */
export type EfiSimulator = OAuthSimulator<EfiOperation>

/** What can be counted, and what a fault can wait for. `listPlans` is `GET /v1/plans`, the plans of subscriptions. */
export type EfiChargesOperation = OAuthOperation | 'listPlans'

/** The API Cobranças of Efí, simulated. */
export type EfiChargesSimulator = OAuthSimulator<EfiChargesOperation>

const CLIENT: OAuthClient = { clientId: 'Client_Id_simulated', clientSecret: 'Client_Secret_simulated' }

// Where a document leaves something open, the server's default is the stricter reading.
const BOTH: OAuthSimulatorOptions = {
  ...OWN_KEYS,
  credentials: CLIENT,
  client: 'basic',
  content: 'json',
  accessToken: { format: 'jwt' },
}

/**
 * Starts an API Pix of your own, in this process: no socket, no global state, nothing to stop. Where the client is registered
 * with a certificate, both the token call and the API ask for it.
 */
export const simulateEfi = (options: OAuthSimulatorOptions = {}): EfiSimulator =>
  simulateOAuth(
    {
      ...BOTH,
      url: new URL('https://pix-efi.simulator.test'),
      tokenPath: '/oauth/token',
      scopes: ['cob.read', 'cob.write', 'pix.read', 'pix.write'],
      accessTokenLifetimeMs: 3_600_000,
      ...certificateIfRegistered('token-and-api', options),
      ...options,
    },
    {
      listCharges: {
        method: 'GET',
        path: '/v2/cob',
        answer: () => ({ status: 200, body: { parametros: { paginacao: { quantidadeTotalDeItens: 0 } }, cobs: [] } }),
      },
    },
  )

/** Starts an API Cobranças of your own in this process, which asks for no certificate. */
export const simulateEfiCharges = (options: OAuthSimulatorOptions = {}): EfiChargesSimulator =>
  simulateOAuth(
    {
      ...BOTH,
      url: new URL('https://cobrancas-efi.simulator.test'),
      tokenPath: '/v1/authorize',
      accessTokenLifetimeMs: 600_000,
      // It brings a refresh token too; how that is sent is undocumented.
      answer: (body) => ({
        ...Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'scope')),
        refresh_token: 'not-to-be-sent',
        expire_at: '1690986856033',
      }),
      ...options,
    },
    {
      listPlans: { method: 'GET', path: '/v1/plans', answer: () => ({ status: 200, body: { code: 200, data: [] } }) },
    },
  )
