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
  FindPage,
  FinishConsent,
  FinishShownConsent,
  FoundPage,
  PendingSealer,
  ShownCodeFlow,
  ShownCodeToExchange,
  ShownFields,
} from '../provider/consent.ts'
export { type AuthorizationCode, authorizationCode } from './authorization-code.ts'
export { type ShownCode, shownCode } from './shown-code.ts'
