/// <reference lib="esnext.disposable" preserve="true" />

import type { AccountRef } from '../account-ref.ts'
import type { ListenerOptions, TokenEvent } from '../events.ts'
import type { EndpointLoad } from '../policies/slots.ts'
import type { KeepAliveOptions, KeepAliveReport } from './keep-alive.ts'
import type { AccountStatus } from './status.ts'
import type { TokenSource } from './token-source-interface.ts'
import type { WarmOptions, WarmReport } from './warm.ts'

/** Many accounts of one provider. */
export interface TokenManager<M = unknown> extends AsyncDisposable {
  /** The account's token source. No I/O. */
  account(ref: AccountRef | string): TokenSource<M>
  /** The accounts in memory and their status, the least recently opened first. No I/O, and nothing secret. */
  accounts(): readonly AccountStatus[]
  /** Gets a valid token for each account, a few at a time: before a deploy takes traffic, or from a daemon. */
  warm(refs: Iterable<AccountRef | string>, options?: WarmOptions): Promise<WarmReport>
  /**
   * Uses the refresh tokens that would end unused within `withinMs`, a few accounts at a time: for a daily job, so that
   * no person has to sign in again because an account was idle. Only where the end of a refresh token is known.
   */
  keepAlive(options: KeepAliveOptions): Promise<KeepAliveReport>
  /**
   * The manager of a scheme that this one's token calls take a token of, for example of the session that application
   * tokens are made with: the same accounts, credentials and store. It closes with this one.
   * @throws {ChaveiroError} `misconfigured` when the provider has no such parent.
   */
  parent(scheme: string): TokenManager
  /** How many token calls are under way, and how many wait. No I/O. */
  load(): EndpointLoad
  /** Hears of everything that happens. Returns a function that ends it. */
  on(listener: (event: TokenEvent) => void, options?: ListenerOptions): () => void
  /**
   * Stops accepting work and waits until pending tokens are saved.
   * @throws {ChaveiroError} `store` if tokens could not be saved.
   */
  close(): Promise<void>
}
