// Written by hand: the facts of Conta Azul that RFC 6749 leaves open, as SOURCES.md has them, and one request of its API. It never
// reads the lifecycle, so that a mistake in one shows against the other.

import type { OAuthOperation } from '../oauth/oauth-server.ts'
import type { OAuthSimulatorOptions } from '../oauth/options.ts'
import { type OAuthSimulator, simulateOAuth } from '../oauth/simulate-oauth.ts'
import { SIMULATED_CLIENT } from '../oauth/simulated-client.ts'

/** What can be counted, and what a fault can wait for. `listCategories` is `GET /v1/categorias`, the categories of the company. */
export type ContaAzulOperation = OAuthOperation | 'listCategories'

/** Conta Azul, simulated. */
export type ContaAzulSimulator = OAuthSimulator<ContaAzulOperation>

// Where a document leaves something open, the server's default is the stricter reading.
const FACTS: OAuthSimulatorOptions = {
  url: new URL('https://conta-azul.simulator.test'),
  credentials: SIMULATED_CLIENT,
  grants: ['authorization_code', 'refresh_token'],
  issuerInCallback: 'never',
  authorizationPath: '/oauth/authorize', // the route in the fragment of the page
  tokenPath: '/oauth/token',
  revocationPath: false,
  client: ['basic', 'basic-and-body'], // pages disagree
  content: 'form',
  pkce: 'supported',
  codeLifetimeMs: 180_000,
  scopes: ['openid', 'profile', 'aws.cognito.signin.user.admin'],
  scopesByDefault: 'demanded',
  accessTokenLifetimeMs: 3_600_000,
  accessToken: { format: 'jwt' },
  answer: (body) => Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'scope')),
}

/** Starts a Conta Azul of your own, in this process: no socket, no global state, nothing to stop. */
export const simulateContaAzul = (options: OAuthSimulatorOptions = {}): ContaAzulSimulator =>
  simulateOAuth(
    { ...FACTS, ...options },
    {
      listCategories: {
        method: 'GET',
        path: '/v1/categorias',
        answer: () => ({ status: 200, body: { itens_totais: 0, itens: [] } }),
      },
    },
  )
