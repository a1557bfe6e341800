// Written by hand: the facts of Banco Inter that RFC 6749 leaves open, as SOURCES.md has them, and one request of its API. It
// never reads the lifecycle, so that a mistake in one shows against the other.

import type { OAuthOperation } from '../oauth/oauth-server.ts'
import type { OAuthSimulatorOptions } from '../oauth/options.ts'
import { certificateIfRegistered, OWN_KEYS } from '../oauth/own-keys.ts'
import { type OAuthSimulator, simulateOAuth } from '../oauth/simulate-oauth.ts'

/** What can be counted, and what a fault can wait for. `readBalance` is `GET /banking/v2/saldo`, the balance of the account. */
export type BancoInterOperation = OAuthOperation | 'readBalance'

/** Banco Inter, simulated. */
export type BancoInterSimulator = OAuthSimulator<BancoInterOperation>

// Where a document leaves something open, the server's default is the stricter reading.
const FACTS: OAuthSimulatorOptions = {
  ...OWN_KEYS,
  url: new URL('https://banco-inter.simulator.test'),
  tokenPath: '/oauth/v2/token',
  client: 'body',
  // Those that are enabled. Another one fails the whole call.
  scopes: ['extrato.read', 'boleto-cobranca.read', 'boleto-cobranca.write', 'pix.read', 'cob.write'],
  scopesByDefault: 'demanded',
  accessTokenLifetimeMs: 3_600_000,
}

/**
 * Starts a Banco Inter of your own, in this process: no socket, no global state, nothing to stop. A client that is registered with
 * a certificate has to present it, in each call; one without has none, because only TLS can show one.
 */
export const simulateBancoInter = (options: OAuthSimulatorOptions = {}): BancoInterSimulator =>
  simulateOAuth(
    { ...FACTS, ...certificateIfRegistered('token-and-api', options), ...options },
    {
      readBalance: {
        method: 'GET',
        path: '/banking/v2/saldo',
        answer: ({ scopes }) =>
          scopes.includes('extrato.read') ? { status: 200, body: { disponivel: 0, limite: 0 } } : { status: 403 },
      },
    },
  )
