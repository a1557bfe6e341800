// Written by hand: the facts of Mercado Livre that RFC 6749 leaves open, as SOURCES.md has them, and one request of its API. It never
// reads the lifecycle, so that a mistake in one shows against the other.

import type { OAuthOperation } from '../oauth/oauth-server.ts'
import type { OAuthSimulatorOptions } from '../oauth/options.ts'
import { type OAuthSimulator, simulateOAuth } from '../oauth/simulate-oauth.ts'
import { SIMULATED_CLIENT } from '../oauth/simulated-client.ts'

/** What can be counted, and what a fault can wait for. `readUser` is `GET /users/me`, the seller. */
export type MercadoLivreOperation = OAuthOperation | 'readUser'

/** Mercado Livre, simulated. */
export type MercadoLivreSimulator = OAuthSimulator<MercadoLivreOperation>

const DAY_MS = 86_400_000

const SELLER = 123_456_789

// Where a document leaves something open, the server's default is the stricter reading.
const FACTS: OAuthSimulatorOptions = {
  url: new URL('https://mercado-livre.simulator.test'),
  credentials: SIMULATED_CLIENT,
  grants: ['authorization_code', 'refresh_token'],
  issuerInCallback: 'never',
  authorizationPath: '/authorization',
  tokenPath: '/oauth/token',
  revocationPath: false,
  client: 'body',
  content: 'form',
  pkce: 'supported',
  state: 'optional', // "recomendamos que incluyas el parámetro"
  scopes: ['offline_access', 'read', 'write'],
  accessTokenLifetimeMs: 10_800_000, // the examples; the text says twice that
  refreshToken: { withScope: 'offline_access', idleMs: 180 * DAY_MS },
  answer: (body) => ({ ...body, user_id: SELLER }),
  errorBody: (error, error_description, status) => ({ error_description, error, status, cause: [] }),
  apiErrorBody: (_, status) => ({ message: 'invalid access token', error: 'not_found', status, cause: [] }),
}

/** Starts a Mercado Livre of your own, in this process: no socket, no global state, nothing to stop. */
export const simulateMercadoLivre = (options: OAuthSimulatorOptions = {}): MercadoLivreSimulator =>
  simulateOAuth(
    { ...FACTS, ...options },
    {
      readUser: {
        method: 'GET',
        path: '/users/me',
        answer: ({ account }) => ({ status: 200, body: { id: SELLER, nickname: account ?? null, site_id: 'MLB' } }),
      },
    },
  )
