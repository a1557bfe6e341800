// Written by hand: the facts of Bling that RFC 6749 leaves open, as SOURCES.md has them, and one request of its API. It never
// reads the lifecycle, so that a mistake in one shows against the other.

import type { OAuthOperation } from '../oauth/oauth-server.ts'
import type { OAuthSimulatorOptions } from '../oauth/options.ts'
import { type OAuthSimulator, simulateOAuth } from '../oauth/simulate-oauth.ts'
import { SIMULATED_CLIENT } from '../oauth/simulated-client.ts'

/** What can be counted, and what a fault can wait for. `listContacts` is `GET /contatos`, below the server. */
export type BlingOperation = OAuthOperation | 'listContacts'

/** Bling, simulated. */
export type BlingSimulator = OAuthSimulator<BlingOperation>

const DAY_MS = 86_400_000

// Where a document leaves something open, the server's default is the stricter reading.
const FACTS: OAuthSimulatorOptions = {
  url: new URL('https://bling.simulator.test'),
  credentials: SIMULATED_CLIENT,
  grants: ['authorization_code', 'refresh_token'],
  issuerInCallback: 'never',
  authorizationPath: '/Api/v3/oauth/authorize',
  tokenPath: '/oauth/token',
  revocationPath: '/oauth/revoke',
  client: 'basic',
  content: 'form',
  tokenHeaders: { 'enable-jwt': '1' },
  apiHeaders: { 'enable-jwt': '1' },
  pkce: 'supported', // undocumented
  // Parameters that it doesn't know are undocumented; `redirect_uri` and `scope` are not read.
  scopes: ['98309', '318257570', '5862218180'],
  accessTokenLifetimeMs: 21_600_000,
  accessToken: { format: 'jwt', length: 3_000 },
  refreshToken: { idleMs: 30 * DAY_MS },
  errorBody: (type, description) => ({ error: { type, message: type, description } }),
  apiErrorBody: (type) => ({ error: { type, message: type, description: 'The access token is not accepted.' } }),
}

/** Starts a Bling of your own, in this process: no socket, no global state, nothing to stop. */
export const simulateBling = (options: OAuthSimulatorOptions = {}): BlingSimulator =>
  simulateOAuth(
    { ...FACTS, ...options },
    {
      listContacts: {
        method: 'GET',
        path: '/contatos',
        answer: () => ({ status: 200, body: { data: [] } }),
      },
    },
  )
