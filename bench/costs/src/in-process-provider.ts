import { defineProvider, type TokenProvider } from '@chaveiro/core/provider'

const DAY_MS = 86_400_000

/** Tokens without a call: what is left of a first token or a refresh is the engine's own work. */
export function inProcessProvider(tokenLength: number): TokenProvider<Record<string, never>> {
  let serial = 0
  const grantOf = (now: number) => {
    serial += 1
    const text = String(serial).padStart(tokenLength, 'x')
    return { accessToken: text, refreshToken: `r${text}`, expiresAt: now + DAY_MS }
  }
  return defineProvider<Record<string, never>>({
    id: 'bench',
    server: new URL('https://bench.invalid'),
    refreshKind: 'single-use',
    repeat: 'free',
    acquire: async (io) => grantOf(io.now),
    refresh: async (io) => grantOf(io.now),
  })
}
