import type { AccountRef } from './account-ref.ts'
import { checkOptions } from './check-options.ts'
import type { ErrorCode } from './errors.ts'

/** What happened, from a closed set. */
export type TokenEventType =
  | 'refresh.started'
  | 'refresh.done'
  | 'refresh.failed'
  /** A token call waits, because the provider documents how many it takes. `durationMs`: for how long, as expected. */
  | 'call.delayed'
  /** An old single-use refresh token was sent once more because its answer had been lost. */
  | 'refresh.resent'
  /** A retired or superseded token is still alive at the provider. */
  | 'revoke.failed'
  | 'persist.failed'
  /** The API refused a token. */
  | 'token.rejected'
  /** The provider's clock, or the zone of its dates, disagrees with ours. */
  | 'clock.skew'
  | 'reauthorization.required'
  /** The refresh token itself ends soon: within 7 days or the last fifth of its life. */
  | 'refresh-token.expiring'
  /** A consent came back without a refresh token, although the provider has a refresh. */
  | 'refresh-token.missing'
  /** The client certificate ends within 30 days. Once for each certificate in a process. */
  | 'certificate.expiring'
  /** A person agreed, and the account has the token that this brought. */
  | 'consent.done'
  /** A consent came to nothing. */
  | 'consent.failed'
  | 'ended'
  /** An API request was sent again after a failure. Once for each call, with how many attempts it took. */
  | 'request.retried'
  /** An API request was sent again with a new token, because the API had rejected the previous one. */
  | 'request.replayed'
  /** An API request came to nothing: an error, or an answer that another attempt did not make better. */
  | 'request.failed'
  /** An API request is over, well or not. Only for listeners of every call. */
  | 'request.ended'
  /** A caller has waited for a renewal, which brought it a token or a `code`. Only for listeners of every call. */
  | 'token.waited'
  /** An account presents a client certificate for the first time. Only for listeners of every call. */
  | 'certificate.presented'

/** Why a token is renewed although there is one. */
export type RenewalCause = 'window' | 'margin' | 'rejected' | 'forced'

/** One event. It never holds a token, a request, headers, or a foreign error. */
export interface TokenEvent {
  /** What happened. */
  type: TokenEventType
  /** The id of the provider, for example `bitize`. */
  provider: string
  /** Whose token it is about. */
  account: AccountRef
  /** The number of the token within its lineage, where there is a token. */
  generation?: number | undefined
  /** Why, where something failed. */
  code?: ErrorCode | undefined
  /** Which renewal it is about: no other one of this process has the number. */
  renewal?: number | undefined
  /** Which renewals the API request waited for, the first one first. Absent: it waited for none. */
  renewals?: readonly number[] | undefined
  /** How long it took, in milliseconds: the renewal, the exchange, the API request up to its headers, or the wait. */
  durationMs?: number | undefined
  /** When the new token, or the certificate, ends, in epoch milliseconds. Absent: unknown. */
  expiresAt?: number | undefined
  /** Whole days until the certificate ends; negative: it has ended. */
  daysLeft?: number | undefined
  /** Calls made: token calls of the renewal, or attempts of the API request. */
  attempts?: number | undefined
  /**
   * Why a renewal began: the refresh window, the expiry margin, a rejection by the API, or a caller that wants more
   * than the token in hand gives. Absent: there was no token.
   */
  cause?: RenewalCause | undefined
  /** The scopes that a consent asked for. */
  scopes?: readonly string[] | undefined
  /** The HTTP status of the API's answer. */
  status?: number | undefined
  /** The method of the API request. */
  method?: string | undefined
  /** Where the API request went: scheme, host and port, never a path. */
  origin?: string | undefined
  /** Why no answer to the API request came, where no token was missing. `aborted`: its caller gave up. */
  failure?: 'network' | 'timeout' | 'aborted' | 'other' | undefined
  /** The origin of the new token: the provider for us, or a peer process whose token was adopted. */
  source?: 'provider' | 'peer' | undefined
}

/** Hears of events, after the fact: what it throws or rejects with is swallowed. */
export type TokenListener = (event: TokenEvent) => void

/** Which events a listener hears of. */
export interface ListenerOptions {
  /**
   * Hears of every API request and of every caller that waited for a token too: what traces and measurements are made
   * of, and too much for a log. @default false
   */
  everyCall?: boolean | undefined
}

export interface EventChannel {
  /** Is there a listener? Only then is an event worth making. */
  readonly isHeard: boolean
  /** Is there a listener of every call? */
  readonly hearsCalls: boolean
  on(listener: TokenListener, options?: ListenerOptions): () => void
  emit(event: TokenEvent): void
}

const OF_CALLS: readonly TokenEventType[] = ['request.ended', 'token.waited', 'certificate.presented']

/**
 * Listeners run outside everything, in a microtask of their own and in the asynchronous context of what happened; what
 * they throw or reject with is swallowed. An event is heard by those who listened when it happened and still do.
 */
export function eventChannel(): EventChannel {
  // Entries, not functions: one function that listens twice ends twice.
  const entries = new Set<{ readonly listener: TokenListener; readonly everyCall: boolean }>()
  let callListeners = 0
  return {
    get isHeard() {
      return entries.size > 0
    },
    get hearsCalls() {
      return callListeners > 0
    },
    on(listener, options = {}) {
      if (typeof listener !== 'function') throw new TypeError('A listener must be a function.')
      checkOptions(options, ['everyCall'])
      const entry = { listener, everyCall: options.everyCall === true }
      entries.add(entry)
      if (entry.everyCall) callListeners += 1
      return () => {
        if (entries.delete(entry) && entry.everyCall) callListeners -= 1
      }
    },
    emit(event) {
      const isOfCall = OF_CALLS.includes(event.type)
      const heardBy = [...entries].filter(({ everyCall }) => everyCall || !isOfCall)
      if (heardBy.length === 0) return
      queueMicrotask(() => {
        for (const entry of heardBy) if (entries.has(entry)) void notify(entry.listener, event)
      })
    },
  }
}

// Async, so that a listener that throws and one that rejects end in the same catch. Each gets a copy of its own.
async function notify(listener: (event: TokenEvent) => unknown, event: TokenEvent): Promise<void> {
  try {
    await listener({ ...event, account: { ...event.account } })
  } catch {
    // A listener's trouble is not the engine's.
  }
}
