import { createTokenManager, type Keepers, type TokenManagerOptions } from '@chaveiro/core'
import type { FakeClock } from '../../src/testing/fake-clock.ts'
import { countingProvider } from './counting-provider.ts'

const SERVER = new URL('https://api.example.com')
const HOUR = 3_600_000

/** An issuer with single-use refresh tokens, for several managers. Its calls wait while they are held. */
export function numberedIssuer() {
  const spent: string[] = []
  const held: (() => void)[] = []
  let calls = 0
  let isHeld = false
  const issue = async (): Promise<{ accessToken: string; refreshToken: string }> => {
    calls += 1
    const number = calls
    if (isHeld) await new Promise<void>((resolve) => void held.push(resolve))
    return { accessToken: `access-${number}`, refreshToken: `refresh-${number}` }
  }
  const provider = countingProvider(SERVER, () => 0, {
    refreshKind: 'single-use',
    acquire: async (io) => ({ ...(await issue()), expiresAt: io.now + HOUR }),
    refresh: async (io, { refreshToken = '' }) => {
      spent.push(refreshToken)
      return { ...(await issue()), expiresAt: io.now + HOUR }
    },
  })
  return { provider, spent, held, calls: () => calls, hold: (now: boolean) => (isHeld = now) }
}

/** A manager of that provider over this store, on this clock. */
export function managerOf(
  provider: TokenManagerOptions<object>['provider'],
  store: Keepers,
  clock: FakeClock,
  more: Partial<TokenManagerOptions<object>> = {},
  create: typeof createTokenManager = createTokenManager,
) {
  return create({ provider, credentials: () => ({}), store, clock, random: () => 0, ...more })
}
