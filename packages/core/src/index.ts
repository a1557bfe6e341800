export type { AccountRef } from './account-ref.ts'
export type {
  CertificateInput,
  CertificateParts,
  ClientCertificate,
  PemCertificate,
  Pkcs12Certificate,
  PresentedCertificate,
} from './client-certificate.ts'
// Surroundings
export type { Clock, Random } from './clock.ts'
// Many accounts
export { createTokenManager } from './engine/create-token-manager.ts'
export type { KeepAliveOptions, KeepAliveReport } from './engine/keep-alive.ts'
export { type PolicyOptions, storeUnsealed, type TokenManagerOptions } from './engine/options.ts'
// Tokens
export type { EndOptions } from './engine/sign-in.ts'
export type { AccountStatus, TokenStatus } from './engine/status.ts'
export type { TokenManager } from './engine/token-manager.ts'
export type { GetTokenOptions, TokenSource } from './engine/token-source-interface.ts'
export type { FailedAccount, RunOptions, WarmOptions, WarmReport } from './engine/warm.ts'
// What happens
export { ChaveiroError, type ErrorAction, type ErrorCode, type ErrorDetails, isChaveiroError } from './errors.ts'
export type { ListenerOptions, RenewalCause, TokenEvent, TokenEventType, TokenListener } from './events.ts'
export type { FetchOptions, SourceFetch } from './fetch/source-fetch.ts'
export type { Fetch } from './http/fetch.ts'
export { allowInsecureHttp, type InsecureHttpOption } from './origins.ts'
export type { EndpointLoad } from './policies/slots.ts'
export type { Keepers, PersistFailurePolicy } from './renewal.ts'
export { type AttemptRecord, type AttemptsReport, attemptsOf, type TokenFailure } from './retry/attempts-report.ts'
export type { RetryOptions } from './retry/retry-options.ts'
export { type Secret, type SecretInput, secret } from './secret.ts'
export type { AccessToken } from './token/access-token.ts'
export type { SecretsOf } from './token/kept-secrets.ts'
export type { WindowOptions } from './token/windows.ts'
