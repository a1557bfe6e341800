// A provider that does not exist, as an example: one that follows the standards is a file of facts about it, and its own API.

import type { OAuthSimulator, OAuthSimulatorOptions } from '../../src/index.ts'
import { createOAuthServer, type OAuthOperation } from '../../src/oauth/oauth-server.ts'
import { simulateServer } from '../../src/oauth/simulate-oauth.ts'

const DAY_MS = 86_400_000

/** Facts, and where Acme differs from the standard. */
const ACME: OAuthSimulatorOptions = {
  url: new URL('https://acme.simulator.test'),
  authorizationPath: '/autorizar',
  tokenPath: '/oauth/token',
  revocationPath: false,
  client: 'body',
  content: 'json',
  pkce: 'unsupported',
  issuerInCallback: 'never',
  grants: ['authorization_code', 'refresh_token'],
  scopes: ['pedidos', 'offline_access'],
  expiresIn: 'string',
  refreshToken: { withScope: 'offline_access', idleMs: 180 * DAY_MS, graceMs: 60_000 },
  answer: (body, { account }) => ({ ...body, seller: { id: account ?? null } }),
}

/** Acme, simulated. */
export const simulateAcme = (options: OAuthSimulatorOptions = {}): OAuthSimulator<OAuthOperation | 'listOrders'> => {
  const facts = { ...ACME, ...options }
  const server = createOAuthServer(facts)
  const orders = server.guarded((_, { owner }) => ({
    status: 200,
    body: { seller: owner.account ?? null, orders: [] },
  }))
  return simulateServer(server, [{ operation: 'listOrders', method: 'GET', path: '/pedidos', answer: orders }], facts)
}
