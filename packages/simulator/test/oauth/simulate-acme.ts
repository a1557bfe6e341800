// A provider that does not exist, as an example: one that follows the standards is a file of facts about it, and its own API.

import {
  type OAuthApiOperation,
  type OAuthOperation,
  type OAuthSimulator,
  type OAuthSimulatorOptions,
  simulateOAuth,
} from '../../src/index.ts'

const DAY_MS = 86_400_000

/** Facts, and where Acme differs from the standard. */
const ACME: OAuthSimulatorOptions = {
  url: new URL('https://id.acme.simulator.test'),
  authorizationUrl: new URL('https://www.acme.simulator.test'),
  apiUrl: new URL('https://api.acme.simulator.test'),
  authorizationPath: '/autorizar',
  tokenPath: '/oauth/token',
  revocationPath: '/oauth/revoke',
  client: ['basic', 'basic-and-body'],
  content: ['form', 'json'],
  tokenHeaders: { 'enable-jwt': '1' },
  apiHeaders: { 'enable-jwt': '1', 'user-agent': /^.+ \(.+@.+\)$/ },
  pkce: 'unsupported',
  issuerInCallback: 'never',
  grants: ['authorization_code', 'refresh_token'],
  scopes: ['pedidos', 'offline_access'],
  expiresIn: 'string',
  accessToken: { format: 'jwt', length: 3_000 },
  refreshToken: { withScope: 'offline_access', idleMs: 180 * DAY_MS, graceMs: 60_000 },
  answer: (body, { account }) => ({ ...body, seller: { id: account ?? null } }),
  errorStatus: { invalid_client: 400 },
  errorBody: (error, message, status) => ({ errorKey: error, message, status, cause: [] }),
  apiErrorBody: (_, status) => ({ error: { type: status === 401 ? 'UNAUTHORIZED' : 'VALIDATION_ERROR' } }),
}

/** Its own API: who the token is for decides what it shows. */
const ORDERS: OAuthApiOperation = {
  method: 'GET',
  path: '/pedidos/{id}',
  answer: ({ params, account }) => ({ status: 200, body: { id: params['id'] ?? '', seller: account ?? null } }),
}

/** Acme, simulated. */
export const simulateAcme = (options: OAuthSimulatorOptions = {}): OAuthSimulator<OAuthOperation | 'readOrder'> =>
  simulateOAuth({ ...ACME, ...options }, { readOrder: ORDERS })
