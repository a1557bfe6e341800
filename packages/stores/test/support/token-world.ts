import { createTokenManager, type Keepers, type TokenManager, type TokenManagerOptions } from '@chaveiro/core'
import { checkGrant, defineProvider, type TokenProvider } from '@chaveiro/core/provider'

/** What the provider of these tests is configured with. */
interface Keys {
  key: string
}

/** A provider in this process, whose tokens are counted, and managers that share a store. */
export interface TokenWorld {
  /** Token calls so far. */
  readonly calls: string[]
  /** A manager as another process would have. */
  manager(store: Keepers, options?: Partial<TokenManagerOptions<Keys>>): TokenManager
}

/** `answer`: what happens while a token call is in flight. */
export function tokenWorld(answer: () => Promise<void> = async () => {}): TokenWorld {
  const calls: string[] = []
  const server = new URL('https://issuer.example')
  const call = async (path: string): Promise<ReturnType<typeof checkGrant>> => {
    calls.push(path)
    const number = calls.length
    await answer()
    return checkGrant({
      accessToken: `access-${number}`,
      refreshToken: `refresh-${number}`,
      expiresAt: Date.now() + 3_600_000,
    })
  }
  const provider: TokenProvider<Keys> = defineProvider<Keys>({
    id: 'example',
    server,
    refreshKind: 'single-use',
    repeat: 'free',
    acquire: () => call('acquire'),
    refresh: () => call('refresh'),
  })
  return {
    calls,
    manager: (store, options) =>
      createTokenManager<Keys>({ provider, credentials: () => ({ key: 'key' }), store, ...options }),
  }
}
