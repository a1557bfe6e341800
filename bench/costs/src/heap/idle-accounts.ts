import { createTokenManager } from '@chaveiro/core'
import { defineProvider } from '@chaveiro/core/provider'
import { heapUsed } from './heap-used.ts'

// A process of its own: prints how many bytes of heap an idle account costs besides its token's text.
const ACCOUNTS = 100_000
const TOKEN_LENGTH = 64

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
const before = heapUsed()
await tokens.warm(Array.from({ length: ACCOUNTS - 1 }, (_, index) => `seller-${index}`))
const bytes = (heapUsed() - before) / (ACCOUNTS - 1) - TOKEN_LENGTH
process.stdout.write(`${bytes.toFixed(0)}\n`)
await tokens.close()
