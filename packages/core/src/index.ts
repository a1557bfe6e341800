// Tokens

export type { GetTokenOptions } from './account/obtain-token.ts'
export type { EndOptions } from './account/sign-in.ts'
export type { TokenSource } from './account/token-source.ts'
export type { TokenStatus } from './account/token-status.ts'
// Surroundings
export type { Clock, Random } from './clock.ts'
// What happens
export { ChaveiroError, type ErrorAction, type ErrorCode, type ErrorDetails, isChaveiroError } from './errors.ts'
export type { TokenEvent, TokenEventType, TokenListener } from './events.ts'
export { type AttemptRecord, type AttemptsReport, attemptsOf } from './fetch/attempts.ts'
export type { Fetch } from './fetch/fetch.ts'
export type { RetryOptions } from './fetch/retry-options.ts'
export type { FetchOptions, SourceFetch } from './fetch/source-fetch.ts'
export type { PersistFailurePolicy } from './manager/engine.ts'
// Many accounts
export { type PolicyOptions, storeUnsealed, type TokenManagerOptions } from './manager/manager-options.ts'
export { createTokenManager, type TokenManager } from './manager/token-manager.ts'
export type { WarmOptions, WarmReport } from './manager/warm.ts'
export { allowInsecureHttp, type InsecureHttpOption } from './origins.ts'
export { type Secret, type SecretInput, secret } from './secret.ts'
export { memoryStore } from './store/memory-store.ts'
export type { StoredRecord, TokenStore } from './store/token-store.ts'
export type { AccessToken } from './token/access-token.ts'
export type { WindowOptions } from './token/refresh-decision.ts'
export type { AccountRef } from './token/token-key.ts'
