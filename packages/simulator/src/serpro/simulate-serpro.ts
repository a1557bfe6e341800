// Written by hand: the facts of Serpro's gateway that RFC 6749 leaves open, as SOURCES.md has them, and one request of an API
// behind it. It never reads the lifecycle, so that a mistake in one shows against the other.

import type { OAuthOperation } from '../oauth/oauth-server.ts'
import type { OAuthSimulatorOptions } from '../oauth/options.ts'
import { OWN_KEYS } from '../oauth/own-keys.ts'
import { type OAuthSimulator, simulateOAuth } from '../oauth/simulate-oauth.ts'

/** What can be counted, and what a fault can wait for. `readPerson` is `GET /consulta-cpf-df/v1/cpf/{ni}`. */
export type SerproOperation = OAuthOperation | 'readPerson'

/** Serpro's gateway, simulated. */
export type SerproSimulator = OAuthSimulator<SerproOperation>

// Where a document leaves something open, the server's default is the stricter reading.
const FACTS: OAuthSimulatorOptions = {
  ...OWN_KEYS,
  url: new URL('https://serpro.simulator.test'),
  tokenPath: '/token',
  client: 'basic',
  scopes: ['am_application_scope', 'default'],
  accessTokenLifetimeMs: 3_295_000, // that of the example
}

/** Starts a gateway of your own, in this process: no socket, no global state, nothing to stop. */
export const simulateSerpro = (options: OAuthSimulatorOptions = {}): SerproSimulator =>
  simulateOAuth(
    { ...FACTS, ...options },
    {
      readPerson: {
        method: 'GET',
        path: '/consulta-cpf-df/v1/cpf/{ni}',
        answer: ({ params: { ni = '' } }) => ({ status: 200, body: { ni } }),
      },
    },
  )
