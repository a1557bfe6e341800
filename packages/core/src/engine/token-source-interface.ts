import type { SourceFetch } from '../fetch/source-fetch.ts'
import type { Consent } from '../provider/consent.ts'
import type { AccessToken } from '../token/access-token.ts'
import type { Grant } from '../token/grant.ts'
import type { EndOptions } from './sign-in.ts'
import type { TokenStatus } from './status.ts'

/** What a caller of `getToken()` wants. */
export interface GetTokenOptions {
  /** How long the token must still be valid, in milliseconds. @default 0, beyond the expiry margin */
  minValidityMs?: number | undefined
  /** Any token but this one or an older one. Idempotent: a thousand callers with the same token cause one refresh. */
  newerThan?: AccessToken | undefined
  /** When a refresh fails, serve the old token while it is valid. @default true */
  staleIfError?: boolean | undefined
  /** Ends this caller's wait only. */
  signal?: AbortSignal | undefined
  /** Bounds this caller's wait, in milliseconds; the refresh goes on for the others. @default none */
  timeoutMs?: number | undefined
}

/** One account: its token, kept valid. */
export interface TokenSource<M = unknown> {
  /**
   * A valid token: from memory where possible, refreshed in the background when its end comes near, waiting only within
   * the expiry margin.
   * @throws {ChaveiroError} when no valid token can be had; its `code` and `action` say why and what to do.
   */
  getToken(options?: GetTokenOptions): Promise<AccessToken<M>>
  /** The server rejected this token: the next `getToken()` gets another. `false` when a newer one is already known. */
  reject(token: AccessToken<M>, why?: 'refused' | 'insufficient-scope'): Promise<boolean>
  /** Puts a token obtained elsewhere in place. */
  seed(grant: Grant<M>): Promise<void>
  /** Forgets the account's token, revoking it where the provider can. */
  end(options?: EndOptions): Promise<void>
  /** The account's status: from memory, else by one read of the store. No secret, no network. */
  status(): Promise<TokenStatus>
  /**
   * How a person connects the account, where the provider asks one.
   * @throws {ChaveiroError} `misconfigured`, from `begin()` and `finish()`, where it has no such thing.
   */
  readonly consent: Consent
  /** A `fetch` that puts the token on, retries, and replaces a rejected token once. */
  readonly fetch: SourceFetch
}
