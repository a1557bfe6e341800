import type { AccountRef } from '../account-ref.ts'
import type { Clock } from '../clock.ts'
import type { Notes, OpenNotes } from '../notes.ts'
import type { EventFacts, Kept, Policy, ResolvedInputs } from '../renewal.ts'
import type { InputFact } from './facts.ts'

/** Lets token calls leave as often as the provider documents: what `limitCalls()` of `@chaveiro/core/limit` returns. */
export interface CallLimit {
  /** How many calls may leave within `perMs`. */
  readonly calls: number
  /** In milliseconds. */
  readonly perMs: number
  /**
   * Makes a call, after waiting for its turn.
   * @throws {ChaveiroError} `throttled` if its turn would come later than `call.leftMs`.
   */
  run<T>(services: LimitServices, call: LimitedCall, send: () => Promise<T>): Promise<T>
  /** For acquire and refresh, outside the endpoint's gate: a call that waits holds neither a slot nor a claim. */
  renewals(services: LimitServices): Policy
}

/** What a limit needs of the manager. */
export interface LimitServices {
  /** Where its calls go, and which inputs name the client. */
  readonly provider: { readonly server: URL; readonly inputs?: Readonly<Record<string, InputFact>> | undefined }
  readonly clock: Clock
  readonly emit: (account: AccountRef, event: EventFacts) => void
}

/** A call that is to leave. */
export interface LimitedCall {
  readonly account: AccountRef
  readonly entries: ResolvedInputs<unknown>['entries']
  /** How long it may wait, in milliseconds. */
  readonly leftMs: number
  readonly signal?: AbortSignal | undefined
  /** Does a caller wait for it right now? Such a call goes first. */
  readonly awaited: () => boolean
  /** Asked when it is over: did a request leave? @default it did */
  readonly hasLeft?: (() => boolean) | undefined
}

/** Counts the uses of a refresh token in the notes: what `limitUses()` of `@chaveiro/core/limit` returns. */
export interface UseLimit {
  /** How often a refresh token may be sent. */
  readonly times: number
  /** How many uses of the refresh token in hand are left. */
  left(kept: Pick<Kept<unknown>, 'held'>, notes: Notes): number
  /** Counts a use, or takes one back (`-1`) that the server certainly did not see. */
  count(kept: Pick<Kept<unknown>, 'held'>, notes: OpenNotes, by: 1 | -1): void
}
