export type {
  AskedScopes,
  AuthorizationRequest,
  BeginConsent,
  BegunConsent,
  CallbackIssuer,
  CodeToExchange,
  Consent,
  ConsentFlow,
  FinishConsent,
  PendingSealer,
} from '../provider/consent.ts'
export { type AuthorizationCode, authorizationCode } from './authorization-code.ts'
