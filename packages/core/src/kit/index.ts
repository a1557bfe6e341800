export { checkOptions } from '../check-options.ts'
export type { CertificateInput, ClientCertificate } from '../client-certificate.ts'
export type { ApiRequest } from '../http/api-request.ts'
export type { ReplayClass } from '../http/failure.ts'
export type { RetryAfterFact } from '../http/retry-after.ts'
export { requireSafeOrigin } from '../origins.ts'
export type { ProviderPhase, Verdict } from '../renewal.ts'
export type { Grant, IssuedToken } from '../token/grant.ts'

// Everything that a provider's author, and generated code, needs.

export type { InputFact, OperationFact, ProviderFacts } from '../provider/facts.ts'
export type { ProviderFailure, ProviderIo } from '../provider/provider-io.ts'
export {
  perServer,
  resolveApiServer,
  resolveOperationServers,
  resolveServer,
  type ServerOptions,
} from '../provider/server.ts'
export type { TokenProvider } from '../provider/token-provider.ts'
export { isSecret, reveal, type Secret, type SecretInput, secret } from '../secret.ts'
export {
  afterDuration,
  epoch,
  jwtExp,
  type Reading,
  rfc3339,
  seconds,
  type ZonelessFormat,
  zoned,
} from '../token/expiry.ts'
export { checkGrant, type GrantFields, malformed } from '../token/grant.ts'
export type { KeepsSecrets, KeptSecrets, SecretName, SecretsOf } from '../token/kept-secrets.ts'
export { type AnswerMatcher, type AnswerMeanings, classifyBy } from './answer-matcher.ts'
export { atServer } from './at-server.ts'
export { type BasicOptions, basic } from './basic.ts'
export { defineProvider } from './define-provider.ts'
export { refuseDeviceCalls } from './device-calls.ts'
export { given, revealGiven } from './given.ts'
export {
  bearer,
  expectData,
  expectDone,
  expectHeaders,
  expiry,
  optionalExpiry,
  pathSegment,
  type SuccessOptions,
  spentWhen,
  type TypedAnswer,
} from './helpers.ts'
export { keptFields } from './meta.ts'
export { parentSchemes } from './parent-schemes.ts'
export { perTenant, type ServerVariable, type Tenant, type TenantFacts } from './per-tenant.ts'
export { prepareRequests } from './prepare-requests.ts'
export {
  type ClientOptions,
  createProviderClient,
  type OpenedClient,
  openProviderClient,
  type ProviderClient,
} from './provider-client.ts'
export { putHeader, putQuery } from './put.ts'
export { type RefusedAnswer, refusedByBody, refusedWhen } from './refused-answers.ts'
export { type RequestedExpiryFormat, requestExpiry } from './request-expiry.ts'
export { type AskedScopesOptions, askedScopes, type GrantedScopesOptions, grantedScopes } from './scopes.ts'
export { type ListedToken, readTokenList, statedEnd } from './token-list.ts'
export { type ClientTransport, formClient, type TypedClient, typedClient } from './typed-client.ts'
export { type ParentCallOptions, withParent } from './with-parent.ts'
