import type { TokenProvider } from '@chaveiro/core/provider'
import { changedProvider, type ProviderChanges } from './provider-changes.ts'

/** A provider without a network: each call of it gives the token of that number, good for an hour. */
export function countingProvider(
  server: URL,
  next: () => number | Promise<number>,
  changes: ProviderChanges<object> = {},
): TokenProvider<object> {
  const base: TokenProvider<object> = {
    id: 'counting',
    server,
    refreshKind: 'none',
    repeat: 'free',
    acquire: async (io) => ({ accessToken: `token-${await next()}`, expiresAt: io.now + 3_600_000 }),
  }
  return changedProvider(base, changes)
}
