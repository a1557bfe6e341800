import { createTokenManager } from '@chaveiro/core'
import { defineProvider } from '@chaveiro/core/provider'
import type { Row } from './row.ts'

const ACCOUNTS = 100_000
const TOKEN_LENGTH = 64
const AT_MOST_BYTES = 1_024

/** What an idle account costs in memory besides the token's own text, in the manager and its memory store. */
export async function accountBytes(): Promise<Row> {
  const { gc } = globalThis
  if (gc === undefined) throw new Error('Run with node --expose-gc')
  let serial = 0
  const provider = defineProvider<Record<string, never>>({
    id: 'bench',
    server: new URL('https://bench.invalid'),
    refreshKind: 'none',
    repeat: 'free',
    async acquire(io) {
      serial += 1
      return { accessToken: String(serial).padStart(TOKEN_LENGTH, 'x'), expiresAt: io.now + 86_400_000 }
    },
  })
  const tokens = createTokenManager({ provider, credentials: () => ({}), maxAccounts: ACCOUNTS })
  await tokens.account('first').getToken()
  gc()
  const before = process.memoryUsage().heapUsed
  await tokens.warm(
    Array.from({ length: ACCOUNTS - 1 }, (_, index) => `seller-${index}`),
    { concurrency: 8 },
  )
  gc()
  const bytes = (process.memoryUsage().heapUsed - before) / (ACCOUNTS - 1) - TOKEN_LENGTH
  await tokens.close()
  return {
    what: 'an idle account',
    measured: `${bytes.toFixed(0)} bytes`,
    against: `besides its token of ${TOKEN_LENGTH} characters, over ${ACCOUNTS.toLocaleString('en')} accounts`,
    figure: `${bytes.toFixed(0)} bytes`,
    limit: `at most ${AT_MOST_BYTES}`,
    kept: bytes <= AT_MOST_BYTES,
  }
}
