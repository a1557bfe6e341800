import { createTokenManager, type TokenEvent, type TokenManagerOptions, type TokenSource } from '@chaveiro/core'
import type { TokenProvider } from '@chaveiro/core/provider'
import { FakeClock } from '@chaveiro/core/testing'
import type { OAuthInputs } from '@chaveiro/oauth'

/** One account of a provider, on a clock that the test moves. */
export interface Account extends AsyncDisposable {
  readonly source: TokenSource
  readonly clock: FakeClock
  readonly events: readonly TokenEvent[]
}

/** Everything but the clock and the jitter is as in production. */
export function account(
  provider: TokenProvider<OAuthInputs>,
  credentials: () => OAuthInputs,
  options: Partial<TokenManagerOptions<OAuthInputs>> = {},
): Account {
  const clock = new FakeClock()
  const manager = createTokenManager({ provider, credentials, clock, random: () => 0, ...options })
  const events: TokenEvent[] = []
  manager.on((event) => events.push(event))
  return { source: manager.account('shop'), clock, events, [Symbol.asyncDispose]: () => manager.close() }
}
