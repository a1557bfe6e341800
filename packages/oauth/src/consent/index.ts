export type { BeginConsent, BegunConsent, CallbackIssuer, Consent, FinishConsent } from '@chaveiro/core/consent'
export { type AuthorizationCodeOptions, authorizationCode } from './authorization-code.ts'
