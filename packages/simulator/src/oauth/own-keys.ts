import type { OAuthFacts } from './facts.ts'
import type { OAuthSimulatorOptions } from './options.ts'

/** Where no person agrees to anything: a client's own keys get tokens, in a form, and no call revokes them. */
export const OWN_KEYS: OAuthSimulatorOptions = {
  credentials: { clientId: 'simulated-client', clientSecret: 'simulated-secret' },
  grants: ['client_credentials'],
  revocationPath: false,
  content: 'form',
}

/** Demands a certificate of a client that is registered with one. Another client has none, because only TLS can show one. */
export const certificateIfRegistered = (
  demanded: OAuthFacts['certificate'],
  { credentials }: OAuthSimulatorOptions,
): Pick<OAuthFacts, 'certificate'> => ({
  certificate: credentials?.certificate === undefined ? undefined : demanded,
})
