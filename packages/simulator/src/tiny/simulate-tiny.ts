// Written by hand: the facts of Tiny that RFC 6749 leaves open, as SOURCES.md has them, and one request of its API. It never
// reads the lifecycle, so that a mistake in one shows against the other.

import type { OAuthOperation } from '../oauth/oauth-server.ts'
import type { OAuthSimulatorOptions } from '../oauth/options.ts'
import { type OAuthSimulator, simulateOAuth } from '../oauth/simulate-oauth.ts'
import { SIMULATED_CLIENT } from '../oauth/simulated-client.ts'

/** What can be counted, and what a fault can wait for. `readAccount` is `GET /info`, below the server of the API. */
export type TinyOperation = OAuthOperation | 'readAccount'

/** Tiny, simulated. */
export type TinySimulator = OAuthSimulator<TinyOperation>

// Where a document leaves something open, the server's default is the stricter reading.
const FACTS: OAuthSimulatorOptions = {
  url: new URL('https://tiny.simulator.test'),
  credentials: SIMULATED_CLIENT,
  grants: ['authorization_code', 'refresh_token'],
  issuerInCallback: 'never',
  authorizationPath: '/realms/tiny/protocol/openid-connect/auth',
  tokenPath: '/realms/tiny/protocol/openid-connect/token',
  revocationPath: false,
  client: 'body',
  content: 'form',
  pkce: 'supported', // undocumented
  scopes: ['openid'],
  accessTokenLifetimeMs: 14_400_000,
  refreshToken: { idleMs: 86_400_000 }, // whether it rotates is undocumented: `rotation` is an option
}

/** Starts a Tiny of your own, in this process: no socket, no global state, nothing to stop. */
export const simulateTiny = (options: OAuthSimulatorOptions = {}): TinySimulator =>
  simulateOAuth(
    { ...FACTS, ...options },
    {
      readAccount: {
        method: 'GET',
        path: '/info',
        answer: ({ account }) => ({ status: 200, body: { razaoSocial: account ?? null } }),
      },
    },
  )
