import { bitizeProvider } from '@chaveiro/bitize'
import { createTokenManager, type TokenManager, type TokenManagerOptions } from '@chaveiro/core'
import { type BitizeSimulator, simulateBitize } from '@chaveiro/simulator'
import { onTestFinished } from 'vitest'
import { type InstrumentOptions, instrument } from '../../src/index.ts'
import { type InMemorySdk, inMemorySdk } from './in-memory-sdk.ts'

interface Keys {
  consumerKey: string
  secretKey: string
}

/** A manager on a simulated Bitize, and what an SDK makes of it. */
export interface Observed extends Pick<InMemorySdk, 'inSpan' | 'spans' | 'collect'> {
  readonly bitize: BitizeSimulator
  readonly tokens: TokenManager
  /** Ends the instrumentation. */
  readonly stop: () => void
}

export interface ObservedOptions extends Pick<InstrumentOptions, 'accounts'> {
  readonly manager?: Partial<TokenManagerOptions<Keys>>
}

/** Starts it for one test. */
export function observed({ accounts, manager }: ObservedOptions = {}): Observed {
  const { tracer, meter, ...sdk } = inMemorySdk()
  const bitize = simulateBitize()
  const tokens = createTokenManager<Keys>({
    provider: bitizeProvider({ server: bitize.url }),
    credentials: () => bitize.credentials,
    fetch: bitize.fetch,
    ...manager,
  })
  const stop = instrument(tokens, { tracer, meter, accounts })
  onTestFinished(async () => {
    stop()
    await tokens.close()
  })
  return { ...sdk, bitize, tokens, stop }
}
