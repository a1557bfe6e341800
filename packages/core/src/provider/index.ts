// Everything that a provider's author, and generated code, needs.

export { isSecret, reveal, type Secret, type SecretInput, secret } from '../secret.ts'
export { after, epoch, type Reading, rfc3339, seconds, type ZonelessFormat, zoned } from '../token/expiry.ts'
export { type GrantFields, grant, malformed } from '../token/grant.ts'
export { defineProvider } from './define-provider.ts'
export type { ProviderFacts } from './facts.ts'
export { type FutureFormat, future } from './future.ts'
export {
  bearer,
  expectData,
  expectDone,
  expectHeaders,
  expiry,
  optionalExpiry,
  refusedWhen,
  spentWhen,
  type TypedAnswer,
} from './helpers.ts'
export { type ListedToken, listed, statedEnd } from './listed.ts'
export { pathSegment } from './path-segment.ts'
export {
  type ClientOptions,
  createProviderClient,
  type OpenedClient,
  openProviderClient,
  type ProviderClient,
} from './provider-client.ts'
export { resolveServer, type ServerOptions } from './server.ts'
export type {
  Grant,
  InputFact,
  IssuedToken,
  OperationFact,
  ProviderFailure,
  ProviderIo,
  ProviderPhase,
  ReplayClass,
  RetryAfterFact,
  TokenProvider,
  Verdict,
} from './token-provider.ts'
export { type ClientTransport, type TypedClient, typedClient } from './typed-client.ts'
export { type ParentCallOptions, withParent } from './with-parent.ts'
