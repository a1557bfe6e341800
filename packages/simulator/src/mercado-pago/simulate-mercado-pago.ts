// Written by hand: the facts of Mercado Pago that RFC 6749 leaves open, as SOURCES.md has them, and one request of its API. It never
// reads the lifecycle, so that a mistake in one shows against the other.

import type { OAuthOperation } from '../oauth/oauth-server.ts'
import type { OAuthSimulatorOptions } from '../oauth/options.ts'
import { type OAuthSimulator, simulateOAuth } from '../oauth/simulate-oauth.ts'
import { SIMULATED_CLIENT } from '../oauth/simulated-client.ts'

/** What can be counted, and what a fault can wait for. `searchPayments` is `GET /v1/payments/search`, the payments of the seller. */
export type MercadoPagoOperation = OAuthOperation | 'searchPayments'

/** Mercado Pago, simulated. */
export type MercadoPagoSimulator = OAuthSimulator<MercadoPagoOperation>

const DAY_MS = 86_400_000

// Where a document leaves something open, the server's default is the stricter reading.
const FACTS: OAuthSimulatorOptions = {
  url: new URL('https://mercado-pago.simulator.test'),
  credentials: SIMULATED_CLIENT,
  grants: ['authorization_code', 'refresh_token'],
  issuerInCallback: 'never',
  authorizationPath: '/authorization',
  authorizationParameters: ['platform_id'],
  tokenPath: '/oauth/token',
  revocationPath: false,
  client: 'body',
  content: 'json',
  pkce: 'supported',
  codeLifetimeMs: 600_000,
  scopes: ['offline_access', 'read', 'write'],
  accessTokenLifetimeMs: 180 * DAY_MS,
  refreshToken: { withScope: 'offline_access' }, // undocumented: when it ends
  answer: (body) => ({
    ...body,
    user_id: 241_983_636,
    public_key: 'APP_USR-00000000-0000-0000-0000-000000000000',
    live_mode: true,
  }),
  errorStatus: { invalid_client: 400 },
  // The example of a spent grant has a code that the list beside it doesn't have.
  errorBody: (error, message, status) => ({
    message,
    status,
    errorKey: error === 'invalid_grant' ? 'expired_grant' : error,
    cause: [],
  }),
}

/** Starts a Mercado Pago of your own, in this process: no socket, no global state, nothing to stop. */
export const simulateMercadoPago = (options: OAuthSimulatorOptions = {}): MercadoPagoSimulator =>
  simulateOAuth(
    { ...FACTS, ...options },
    {
      searchPayments: {
        method: 'GET',
        path: '/v1/payments/search',
        answer: () => ({ status: 200, body: { paging: { total: 0, limit: 30, offset: 0 }, results: [] } }),
      },
    },
  )
