import { createTokenManager, type TokenManager, type TokenManagerOptions, type TokenSource } from '@chaveiro/core'
import { defineProvider, type Grant, type ProviderIo, type TokenProvider } from '@chaveiro/core/provider'
import { memoryStore, shared } from '@chaveiro/core/shared'
import type { CaseName } from './cases.ts'
import { startTokenServer, type TokenServer } from './token-server.ts'

interface Inputs {
  readonly key: string
}

/** A call that is about to be measured: everything it needs is made, and nothing has been sent. */
export interface OpenCase extends AsyncDisposable {
  /** @throws {Error} if the call didn't go as its case says. */
  run(): Promise<void>
}

/** Makes the server, the manager and the account's source. */
export async function openCase(name: CaseName): Promise<OpenCase> {
  const server = await startTokenServer()
  const options: Pick<TokenManagerOptions<Inputs>, 'store'> = name === 'shared' ? { store: shared(memoryStore()) } : {}
  const provider = plainProvider(server.url)
  const manager = createTokenManager({ provider, credentials: () => ({ key: 'the-key-of-an-account' }), ...options })
  const source = manager.account('an-account')
  return {
    run: () => (name === 'rejected' ? fetchOnce(source, server) : getOnce(source, server)),
    [Symbol.asyncDispose]: () => closeBoth(manager, server),
  }
}

async function getOnce(source: TokenSource, server: TokenServer): Promise<void> {
  await source.getToken()
  if (server.issued() !== 1) throw new Error(`${server.issued()} tokens were issued. One was expected.`)
}

async function fetchOnce(source: TokenSource, server: TokenServer): Promise<void> {
  const { status } = await source.fetch('/vendors')
  if (status === 200 && server.issued() === 2) return
  throw new Error(`The API answered ${status} and ${server.issued()} tokens were issued. 200 and two were expected.`)
}

async function closeBoth(manager: TokenManager, server: TokenServer): Promise<void> {
  await manager.close()
  await server[Symbol.asyncDispose]()
}

/** The least that a provider can be, so that what is counted is the engine. */
function plainProvider(server: URL): TokenProvider<Inputs> {
  const call = async (io: ProviderIo, path: string, body: object): Promise<Grant> => {
    const response = await io.fetch(new URL(path, server), { method: 'POST', body: JSON.stringify(body) })
    const { access, refresh }: { access: string; refresh: string } = JSON.parse(await response.text())
    return { accessToken: access, refreshToken: refresh, expiresAt: io.now + 3_600_000 }
  }
  return defineProvider<Inputs>({
    id: 'plain',
    server,
    inputs: { key: { description: 'The key.', secret: true } },
    refreshKind: 'single-use',
    repeat: 'free',
    acquire: (io, { key }) => call(io, '/acquire', { key }),
    refresh: (io, { refreshToken }) => call(io, '/refresh', { refreshToken }),
  })
}
