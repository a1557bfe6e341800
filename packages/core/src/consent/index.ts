export type {
  AskedScopes,
  AuthorizationCodeFlow,
  AuthorizationRequest,
  BeginConsent,
  BegunConsent,
  CallbackIssuer,
  CodeToExchange,
  Consent,
  ConsentFlow,
  FinishConsent,
  FinishShownConsent,
  PendingSealer,
  ShownCodeFlow,
  ShownCodeToExchange,
  ShownFields,
} from '../provider/consent.ts'
export { type AuthorizationCode, authorizationCode } from './authorization-code.ts'
export { type ShownCode, shownCode } from './shown-code.ts'
