import type { AccountRef } from '../account-ref.ts'
import type { CertificateInput } from '../client-certificate.ts'
import type { Fetch } from '../http/fetch.ts'
import type { ProviderPhase } from '../renewal.ts'
import type { Secret } from '../secret.ts'

/** What a token call may use, and nothing else. One is made for each flight. */
export interface ProviderIo {
  /**
   * A guarded fetch: only to the provider's own server, over https or loopback, redirects never followed, the answer
   * read whole within the attempt's timeout and capped at 1 MiB, secrets in URLs refused unless declared.
   */
  readonly fetch: Fetch
  /**
   * The same, over connections that present this certificate: for token calls to a server that asks for one.
   * @throws {ChaveiroError} `misconfigured`, with the call, if the option `fetch` can't present one.
   */
  presenting(certificate: CertificateInput): Fetch
  /**
   * Reads a public document of the provider before the call: guarded as `fetch` is. It isn't part of the call, so if it
   * fails, nothing was sent. A body of more than 1 MiB reads as none.
   * @throws {ChaveiroError} `unavailable` if there is no answer.
   */
  lookUp(url: URL): Promise<Response>
  /** The account that the call is for. Its scopes are what a token is to be asked for. */
  readonly account: AccountRef
  /** Wall time at the start of the call, in epoch milliseconds. */
  readonly now: number
  /**
   * How far the server's clock is ahead of ours, by the `Date` header of its last answer; before the first answer of this call,
   * by that of earlier ones. 0 when unknown.
   */
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
