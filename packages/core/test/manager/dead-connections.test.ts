import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTokenManager, type TokenSource } from '@chaveiro/core'
import { defineProvider, type TokenProvider } from '@chaveiro/core/provider'
import { afterEach, expect, test, vi } from 'vitest'

const GLOBAL = Symbol.for('undici.globalDispatcher.1')

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

interface DyingServer {
  readonly url: URL
  /** The token calls that were answered. */
  readonly answered: string[]
  /** The token calls that came, answered or not. */
  readonly received: string[]
  /** From now on each connection that carried a request breaks at the next one. */
  freeze(): void
}

/** A server whose kept-alive connections die like those of a process that was frozen. */
async function dyingServer(): Promise<DyingServer> {
  const answered: string[] = []
  const received: string[] = []
  const used = new WeakSet<IncomingMessage['socket']>()
  let isFrozen = false
  const server = createServer((request, response) => {
    const { socket, url = '' } = request
    const isDead = isFrozen && used.has(socket)
    used.add(socket)
    if (url !== '/api') received.push(url)
    if (isDead) return void socket.resetAndDestroy()
    request.resume().on('end', () => {
      if (url !== '/api') answered.push(url)
      response.end(JSON.stringify({ token: `token-${answered.length}` }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port }: AddressInfo = JSON.parse(JSON.stringify(server.address()))
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    answered,
    received,
    freeze: () => {
      isFrozen = true
    },
  }
}

function account(server: URL, changes: Partial<TokenProvider<object>> = {}): TokenSource {
  const post = async (path: string, io: { fetch: typeof fetch }) => {
    const answer: { token: string } = await (await io.fetch(new URL(path, server), { method: 'POST' })).json()
    return { accessToken: answer.token, refreshToken: `refresh-${answer.token}` }
  }
  const manager = createTokenManager<object>({
    provider: defineProvider<object>({
      id: 'example',
      server,
      refreshKind: 'none',
      repeat: 'unknown',
      acquire: (io) => post('/acquire', io),
      ...changes,
    }),
    credentials: () => ({}),
  })
  closers.push(() => manager.close())
  return manager.account('one')
}

/** Several kept-alive connections, all idle. */
async function warmUp(source: TokenSource): Promise<void> {
  const answers = await Promise.all([1, 2, 3].map(() => source.fetch('/api')))
  await Promise.all(answers.map((answer) => answer.text()))
}

test('a token call that meets a dead connection is repeated over a fresh one', async () => {
  const server = await dyingServer()
  const source = account(server.url)
  await warmUp(source)
  server.freeze()
  await source.reject(await source.getToken())
  expect((await source.getToken()).reveal()).toBe('token-2')
  expect(server.received).toEqual(['/acquire', '/acquire', '/acquire'])
  expect(server.answered).toHaveLength(2)
  expect((await source.status()).nextAttemptAt).toBeUndefined()
})

test('the repeat of a token call goes through a dispatcher of its own', async () => {
  const server = await dyingServer()
  const source = account(server.url)
  await warmUp(source)
  const dispatchers: unknown[] = []
  const platform = globalThis.fetch
  vi.stubGlobal('fetch', (input: string | URL | Request, init?: RequestInit) => {
    dispatchers.push(init && Reflect.get(init, 'dispatcher'))
    return platform(input, init)
  })
  server.freeze()
  await source.reject(await source.getToken())
  expect((await source.getToken()).reveal()).toBe('token-2')
  expect(dispatchers).toEqual([undefined, expect.anything()])
  expect(dispatchers[1]).not.toBe(Reflect.get(globalThis, GLOBAL))
})

test('a refresh with a single-use token is not repeated over any connection', async () => {
  const server = await dyingServer()
  const source = account(server.url, {
    refreshKind: 'single-use',
    refresh: async (io) => {
      await io.fetch(new URL('/refresh', server.url), { method: 'POST' })
      return { accessToken: 'never' }
    },
  })
  await warmUp(source)
  server.freeze()
  await source.reject(await source.getToken())
  // Acquiring again beats sending it again.
  await source.getToken().catch(() => {})
  expect(server.received.filter((path) => path === '/refresh')).toHaveLength(1)
})

test.each(['ProxyAgent', 'EnvHttpProxyAgent', 'MockAgent', 'Agent with interceptors'])(
  'a repeat never goes around a dispatcher that the user chose: %s',
  async (kind) => {
    const server = await dyingServer()
    const source = account(server.url)
    await warmUp(source)
    server.freeze()
    await source.reject(await source.getToken())
    const before: object = Reflect.get(globalThis, GLOBAL)
    const seen: string[] = []
    const chosen = new Proxy(before, {
      get(target, name) {
        if (name === 'constructor' && kind !== 'Agent with interceptors') return { [kind]: class {} }[kind]
        if (name !== 'dispatch') return Reflect.get(target, name)
        return (options: { path: string }, handler: unknown) => {
          seen.push(options.path)
          return Reflect.apply(Reflect.get(target, 'dispatch'), target, [options, handler])
        }
      },
    })
    Reflect.set(globalThis, GLOBAL, chosen)
    try {
      await source.getToken().catch(() => {})
    } finally {
      Reflect.set(globalThis, GLOBAL, before)
    }
    expect(seen).toEqual(['/acquire', '/acquire'])
  },
)
