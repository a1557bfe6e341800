import type { OAuthClient } from './clients.ts'

/** The first client of a simulated provider: its id and secret can be sent in any way, HTTP Basic without encoding included. */
export const SIMULATED_CLIENT: OAuthClient = {
  clientId: 'simulated-client',
  clientSecret: 'simulated-secret',
  redirectUris: ['http://127.0.0.1/callback'],
}
