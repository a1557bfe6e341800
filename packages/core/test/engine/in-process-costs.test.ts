import { afterEach, expect, test, vi } from 'vitest'
import { createTokenManager } from '../../src/index.ts'
import { defineProvider } from '../../src/kit/index.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

function managerOfThisProcess() {
  let serial = 0
  const grantAt = (now: number) => {
    serial += 1
    const text = `a-token-with-the-number-${serial}`
    return {
      accessToken: text,
      refreshToken: `r${text}`,
      expiresAt: now + 3_600_000,
      id: `id-${serial}`,
      meta: { serial },
    }
  }
  const provider = defineProvider<{ key: string }>({
    id: 'example',
    server: new URL('https://issuer.example'),
    refreshKind: 'single-use',
    repeat: 'free',
    acquire: async (io) => grantAt(io.now),
    refresh: async (io) => grantAt(io.now),
  })
  return createTokenManager({ provider, credentials: () => ({ key: 'a-key-of-an-account' }) })
}

test('a token that never leaves the process is neither hashed nor written as JSON', async () => {
  await using tokens = managerOfThisProcess()
  const spies = [
    vi.spyOn(crypto.subtle, 'digest'),
    vi.spyOn(crypto.subtle, 'sign'),
    vi.spyOn(JSON, 'stringify'),
    vi.spyOn(JSON, 'parse'),
  ]
  const source = tokens.account({ tenant: 'seller', scopes: ['a', 'b'] })
  const first = await source.getToken()
  await source.reject(first)
  const second = await source.getToken()
  await source.getToken()
  await source.seed({ accessToken: 'a-token-from-elsewhere' })
  await source.end({ revoke: 'skip' })
  const calls = spies.map((spy) => spy.mock.calls.length)
  vi.restoreAllMocks()
  expect(second.generation).toBe(2)
  expect(calls).toEqual([0, 0, 0, 0])
})
