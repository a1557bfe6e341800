import type { Clock, Random } from '../clock.ts'
import type { EventChannel, TokenEvent } from '../events.ts'
import type { Fetch } from '../fetch/fetch.ts'
import type { FreshConnections } from '../fetch/fresh-connections.ts'
import type { ResolvedRetryPolicy } from '../fetch/retry-options.ts'
import type { AllowedOrigins } from '../origins.ts'
import type { RefuseDeviceCall } from '../provider/device-operations.ts'
import type { ProviderIo, TokenProvider } from '../provider/token-provider.ts'
import type { Endpoint } from '../renewal/endpoint.ts'
import type { TokenStore } from '../store/token-store.ts'
import type { Authorize } from '../token/access-token.ts'
import type { WindowOptions } from '../token/refresh-decision.ts'
import type { AccountRef, KeySpace } from '../token/token-key.ts'

/** What to do with a new token that the store does not take. */
export type PersistFailurePolicy = 'serve-and-retry' | 'fail' | 'revoke'

/** Everything that the accounts of one manager share: its options, resolved once, and its limits. */
export interface Engine<Inputs, M> {
  readonly provider: TokenProvider<Inputs, M>
  readonly authorize: Authorize<M>
  readonly credentials: (account: AccountRef) => Inputs | Promise<Inputs>
  readonly store: TokenStore
  /** What besides the account makes its token another one. */
  readonly space: KeySpace
  readonly windows: WindowOptions
  readonly tokenCallTimeoutMs: number
  readonly persistFailure: PersistFailurePolicy
  readonly resendUnknown: 'once' | 'never'
  readonly fetch: Fetch
  /** What the repeat of a token call is sent with, where the platform's fetch sends. */
  readonly fresh: FreshConnections | undefined
  readonly clock: Clock
  readonly random: Random
  readonly waitUntil: ((promise: Promise<unknown>) => void) | undefined
  readonly retryPolicy: ResolvedRetryPolicy
  readonly origins: AllowedOrigins
  /** Absent where the provider has no operation for customers' devices. */
  readonly refuseDeviceCall: RefuseDeviceCall | undefined
  readonly endpoint: Endpoint
  readonly events: EventChannel
  /** A token of a parent scheme, for the same account. */
  readonly parentToken: (
    account: AccountRef,
    ...args: Parameters<ProviderIo['token']>
  ) => ReturnType<ProviderIo['token']>
}

/** Emits an event of this engine's provider about one account. */
export function emit<Inputs, M>(
  engine: Engine<Inputs, M>,
  account: AccountRef,
  event: Omit<TokenEvent, 'provider' | 'account'>,
): void {
  engine.events.emit({ ...event, provider: engine.provider.id, account })
}
