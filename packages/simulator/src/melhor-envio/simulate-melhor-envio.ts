// Written by hand: the facts of Melhor Envio that RFC 6749 leaves open, as SOURCES.md has them, and one request of its API. It never
// reads the lifecycle, so that a mistake in one shows against the other.

import type { OAuthOperation } from '../oauth/oauth-server.ts'
import type { OAuthSimulatorOptions } from '../oauth/options.ts'
import { type OAuthSimulator, simulateOAuth } from '../oauth/simulate-oauth.ts'
import { SIMULATED_CLIENT } from '../oauth/simulated-client.ts'

/** What can be counted, and what a fault can wait for. `readMe` is `GET /api/v2/me`, the user. */
export type MelhorEnvioOperation = OAuthOperation | 'readMe'

/** Melhor Envio, simulated. */
export type MelhorEnvioSimulator = OAuthSimulator<MelhorEnvioOperation>

const DAY_MS = 86_400_000

// "User-Agent: Aplicação (email para contato técnico)"
const APPLICATION = /^.+ \(\S+@\S+\)$/

// Where a document leaves something open, the server's default is the stricter reading.
const FACTS: OAuthSimulatorOptions = {
  url: new URL('https://melhor-envio.simulator.test'),
  credentials: SIMULATED_CLIENT,
  grants: ['authorization_code', 'refresh_token'],
  issuerInCallback: 'never',
  authorizationPath: '/oauth/authorize',
  tokenPath: '/oauth/token',
  revocationPath: false,
  client: 'body',
  content: ['form', 'json'],
  tokenHeaders: { 'user-agent': APPLICATION },
  apiHeaders: { 'user-agent': APPLICATION },
  pkce: 'supported', // undocumented
  scopes: ['cart-read', 'cart-write', 'shipping-calculate', 'users-read'],
  accessTokenLifetimeMs: 30 * DAY_MS,
  accessToken: { format: 'jwt' },
  refreshToken: { idleMs: 45 * DAY_MS },
  answer: (body) => Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'scope')),
  apiErrorBody: () => ({ message: 'Unauthenticated.' }),
}

/** Starts a Melhor Envio of your own, in this process: no socket, no global state, nothing to stop. */
export const simulateMelhorEnvio = (options: OAuthSimulatorOptions = {}): MelhorEnvioSimulator =>
  simulateOAuth(
    { ...FACTS, ...options },
    {
      readMe: {
        method: 'GET',
        path: '/api/v2/me',
        answer: ({ account }) => ({ status: 200, body: { firstname: account ?? null } }),
      },
    },
  )
