import type { AccountRef } from '../account-ref.ts'
import type { ReplayClass } from '../http/failure.ts'
import type { Fetch } from '../http/fetch.ts'
import type { RetryAfterFact } from '../http/retry-after.ts'
import type { Policy, ProviderPhase, Verdict } from '../renewal.ts'
import type { Secret } from '../secret.ts'
import type { Grant, IssuedToken } from '../token/grant.ts'

/** What a token call may use, and nothing else. One is made for each flight. */
export interface ProviderIo {
  /**
   * A guarded fetch: only to the provider's own server, over https or loopback, redirects never followed, the answer
   * read whole within the attempt's time-out and capped at 1 MiB, secrets in URLs refused unless declared.
   */
  readonly fetch: Fetch
  /** The account that the call is for. Its scopes are what a token is to be asked for. */
  readonly account: AccountRef
  /** Wall time at the start of the call, in epoch milliseconds. */
  readonly now: number
  /** How far the server's clock is ahead of ours, by the `Date` header of its last answer; 0 when unknown. */
  readonly clockOffsetMs: number
  /** Ends the call: its attempt timed out, or everybody went away before it was sent. */
  readonly signal: AbortSignal
  /** A token of a parent scheme. */
  token(scheme: string, options?: { newerThan?: Secret | undefined }): Promise<Secret>
  /**
   * Written into the claim before sending: what a lost answer is found by. Where the client chooses the end of a token,
   * a listed token with exactly this end and an unknown id is the one whose answer was lost.
   */
  noteRequestedExpiry(expiresAt: number): Promise<void>
  /** Says that an expiry read as already past on arrival; becomes the event `clock.skew`. */
  noteSkew(): void
}

/** A failed call, as a provider's `classify` sees it. */
export interface ProviderFailure {
  /** Which call failed. */
  phase: ProviderPhase
  /** `no`: certainly never left; `maybe`: sent, answer lost; `answered`: see `status`. */
  sent: 'no' | 'maybe' | 'answered'
  /** The HTTP status, where there was an answer. */
  status?: number | undefined
  /** The headers of that answer. Never print them. */
  headers?: Headers | undefined
  /** Parsed JSON up to 64 KiB. Never print it. */
  body?: unknown
}

/** One input that the user configures, as the spec declares it. */
export interface InputFact {
  /** What it is and where a user finds it, in one sentence or two. */
  readonly description: string
  /** Drives redaction, documentation and checks. */
  readonly secret?: boolean | undefined
  /** Names the account: becomes the tenant. */
  readonly identity?: boolean | undefined
  /** The variable that the CLI reads, named in the message when the input is missing. */
  readonly env?: string | undefined
  /** May be left out: the provider itself says which inputs belong together. */
  readonly optional?: boolean | undefined
  /** A duration is configured in milliseconds, under a name that ends in `Ms`. @default string */
  readonly kind?: 'string' | 'duration' | undefined
  /** Milliseconds for a duration. */
  readonly default?: string | number | undefined
}

/** One operation of a spec. */
export interface OperationFact {
  /** In upper case. */
  readonly method: string
  /** As in OpenAPI: `/tokens/{id}`. */
  readonly path: string
  /** The security schemes that it names. */
  readonly security: readonly string[]
  /** Whether it may be sent again after a failure. */
  readonly replay: ReplayClass
  /** Query parameters in which the vendor demands a secret. */
  readonly secretQuery?: readonly string[] | undefined
  /** For a customer's own device only: no client on a server may call it. */
  readonly device?: boolean | undefined
}

/** How a provider issues, refreshes and revokes tokens. Usually generated from its spec. */
export interface TokenProvider<Inputs, M = unknown> {
  /** For example `bitize`, or `assine-online/applicationToken`. */
  readonly id: string
  /** The security scheme of the spec that its tokens satisfy. */
  readonly scheme?: string | undefined
  /** Where token calls go, and the origin that `source.fetch` sends the token to. */
  readonly server: URL
  /** What happens to a refresh token that was used. */
  readonly refreshKind: 'none' | 'reusable' | 'single-use'
  /** What a second acquire does to the first token. */
  readonly repeat: 'free' | 'leaves-token' | 'ends-previous' | 'unknown'
  /** Whether a lost token call may be sent again. @default decided by `repeat` and by what the failure means */
  readonly replay?: Partial<Record<'acquire' | 'refresh', ReplayClass>> | undefined
  /** Try rejected credentials again after hours. `false` where the provider documents a lock-out. @default true */
  readonly probeRejected?: boolean | undefined
  /** The providers of the schemes that token calls need a token of, by scheme. */
  readonly parents?: Readonly<Record<string, TokenProvider<Inputs>>> | undefined
  /** `false`: kept in memory only. @default true */
  readonly persist?: boolean | undefined
  /** The declared inputs; names the secret ones. */
  readonly inputs?: Readonly<Record<string, InputFact>> | undefined
  /** What the spec says about its operations, by operationId: for `source.fetch.with({ operation })`. */
  readonly operations?: Readonly<Record<string, OperationFact>> | undefined
  /** How long a spent refresh token is taken once more, in milliseconds, where the provider documents it. @default 0 */
  readonly graceMs?: number | undefined
  /** What its token calls need besides, for example `revokeOldTokens()` of `@chaveiro/core/old-tokens`. */
  readonly policies?: readonly Policy[] | undefined
  /** Query parameters in which the vendor demands a secret. Any other secret in a URL is refused. */
  readonly secretQuery?: readonly string[] | undefined
  /** Documented headers that say when to come back, read beside `Retry-After`. */
  readonly hints?: readonly RetryAfterFact[] | undefined
  /**
   * Gets a token with the inputs alone. `replaced` is the token that it is to replace, where there is one: who cannot do
   * better than give the same one again throws `reauthorization-required`.
   */
  acquire?(io: ProviderIo, inputs: Inputs, replaced?: Grant<M>): Promise<Grant<M>>
  /** Exchanges the current token for a new one. Absent: `acquire` is the renewal. */
  refresh?(io: ProviderIo, current: Grant<M>, inputs: Inputs): Promise<Grant<M>>
  /** Ends a token at the provider, by its id or by its strings. Absent: there is no documented way. */
  revoke?(
    io: ProviderIo,
    current: Partial<Pick<Grant<M>, 'id' | 'accessToken' | 'refreshToken'>>,
    inputs: Inputs,
  ): Promise<void>
  /** The tokens that the provider has issued and not ended. Absent: it shows none. */
  list?(io: ProviderIo, inputs: Inputs): Promise<readonly IssuedToken[]>
  /** Refines the default classification; `undefined` leaves it. */
  classify?(failure: ProviderFailure): Verdict | undefined
  /** Does this answer of the API refuse the token? Status and headers only. @default 401 is, unless it says insufficient_scope */
  judge?(response: Response): 'refused' | 'insufficient-scope' | undefined
  /** Puts the token on a request. @default `Authorization: Bearer` */
  authorize?(headers: Headers, token: Grant<M>): void
}
