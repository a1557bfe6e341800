import type { AccountRef } from '../account-ref.ts'
import type { Clock } from '../clock.ts'
import type { Fetch } from '../http/fetch.ts'
import type { ProviderIo } from '../provider/provider-io.ts'
import type { TokenProvider } from '../provider/token-provider.ts'
import type { EventFacts } from '../renewal.ts'

/** What calls to a provider need of their manager. */
export interface CallServices<Inputs, M> {
  readonly provider: TokenProvider<Inputs, M>
  /** Which of the managers that share a store this is. Random. */
  readonly self: () => string
  readonly credentials: (account: AccountRef) => Inputs | Promise<Inputs>
  readonly fetch: Fetch
  /** Sends the repeat of a token call over a new connection, where the fetch can. */
  readonly freshFetch: Fetch | undefined
  readonly clock: Clock
  readonly tokenCallTimeoutMs: number
  /** A token of a parent scheme, for the same account. */
  readonly parentToken: (
    account: AccountRef,
    ...args: Parameters<ProviderIo['token']>
  ) => ReturnType<ProviderIo['token']>
  readonly emit: (account: AccountRef, event: EventFacts) => void
  /** Is there a listener of every call? */
  readonly hearsCalls: () => boolean
  /** How far the provider's clock is ahead of ours, by its last answer with a token; 0 when unknown. */
  readonly clockOffsetMs: () => number
  /** Notes how far the provider's clock is ahead of ours. */
  readonly noteClockOffset: (ms: number) => void
}
