import { createTokenManager } from '@chaveiro/core'
import {
  createProviderClient,
  defineProvider,
  formClient,
  type ProviderFacts,
  type ProviderIo,
  perServer,
  resolveApiServer,
  resolveOperationServers,
  resolveServer,
  type ServerOptions,
  type TokenProvider,
} from '@chaveiro/core/provider'
import { describe, expect, onTestFinished, test } from 'vitest'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { httpServer, type Received } from '../retry/loopback.ts'
import { sharedStore } from '../support/shared-store.ts'

interface Paths {
  '/token': {
    post: {
      requestBody: { content: { 'application/x-www-form-urlencoded': { user: string; otp?: string | undefined } } }
      responses: object
    }
  }
  '/revoke': { post: { requestBody: { content: { 'application/json': { token: string } } }; responses: object } }
}

const lines = (received: readonly Received[]) => received.map(({ method, path }) => `${method} ${path}`)

/** A token endpoint, a place where tokens are revoked, and the API, each on a host of its own. */
async function hosts() {
  const [token, revoke, api] = [
    await httpServer((response) => void response.setHeader('content-type', 'application/json').end('{"t":"token-1"}')),
    await httpServer((response) => void response.writeHead(204).end()),
    await httpServer((response) => void response.end('{}')),
  ]
  const facts = {
    id: 'spread',
    title: 'Spread',
    servers: { production: `${token.url}/v1` },
    apiServers: { production: `${api.url}/things/v2` },
    inputs: {},
    operations: {
      issue: { method: 'POST', path: '/token', security: [], replay: 'never', content: 'form' },
      revoke: {
        method: 'POST',
        path: '/revoke',
        security: ['spreadToken'],
        replay: 'always',
        servers: { production: revoke.url },
      },
    },
  } as const satisfies ProviderFacts
  const make = perServer(facts, (server, options: ServerOptions<'production'>): TokenProvider<object> => {
    const client = (io: ProviderIo) => formClient<Paths>(server, io)
    return defineProvider<object>({
      id: 'spread',
      scheme: 'spreadToken',
      server,
      apiServer: resolveApiServer(facts, options),
      operationServers: resolveOperationServers(facts, options, server),
      operations: facts.operations,
      refreshKind: 'none',
      repeat: 'free',
      async acquire(io) {
        await client(io).POST('/token', { body: { user: 'ana' } })
        return { accessToken: 'token-1', expiresAt: io.now + 3_600_000 }
      },
      async revoke(io, { accessToken }) {
        const url = new URL('/revoke', resolveServer(facts, options, 'revoke'))
        await io.fetch(url, { method: 'POST', body: JSON.stringify({ token: accessToken }) })
      },
    })
  })
  return { facts, make, token, revoke, api }
}

describe('a provider on several hosts', () => {
  test('sends each call to its own, and the token to the API', async () => {
    const { make, token, revoke, api } = await hosts()
    const client = createProviderClient<Paths, object>(make({ server: 'production' }), {
      server: 'production',
      clock: new FakeClock(),
    } as object)
    onTestFinished(() => client.close())

    await client.fetch('/list')
    await client.fetch(`${token.url}/v1/me`)
    await client.end({ revoke: 'require' })

    expect(client.baseUrl).toBe(`${api.url}/things/v2`)
    expect(lines(token.received)).toEqual(['POST /v1/token', 'GET /v1/me'])
    expect(lines(api.received)).toEqual(['GET /things/v2/list'])
    expect(lines(revoke.received)).toEqual(['POST /revoke'])
    expect([...api.received, ...token.received.slice(1)].map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-1',
    ])
  })

  test('sends the token nowhere else', async () => {
    const { make, revoke } = await hosts()
    const manager = createTokenManager({ provider: make({ server: 'production' }), credentials: () => ({}) })
    onTestFinished(() => manager.close())

    await expect(manager.account('one').fetch(`${revoke.url}/list`)).rejects.toMatchObject({ code: 'origin' })
    expect(revoke.received).toEqual([])
  })

  test('has a typed client that knows where each operation is, and what is a form', async () => {
    const { make, token, revoke } = await hosts()
    const client = createProviderClient<Paths, object>(make({ server: 'production' }), {})
    onTestFinished(() => client.close())

    await client.api.POST('/token', { body: { user: 'a&b', otp: undefined } })
    await client.api.POST('/revoke', { body: { token: 'x' } })

    expect([token.received[0]?.headers['content-type'], token.received[0]?.body.toString()]).toEqual([
      'application/x-www-form-urlencoded',
      'user=a%26b',
    ])
    expect(lines(revoke.received)).toEqual(['POST /revoke'])
    expect(revoke.received[0]?.body.toString()).toBe('{"token":"x"}')
    expect(revoke.received[0]?.headers).toMatchObject({ authorization: 'Bearer token-1' })
  })

  test('is on one, where that is given as a URL', async () => {
    const { make, token, revoke, api } = await hosts()
    const provider = make({ server: new URL(api.url) })
    const client = createProviderClient<Paths, object>(provider, {})
    onTestFinished(() => client.close())

    await client.fetch('/list')
    await client.end({ revoke: 'require' })

    expect([provider.apiServer, provider.operationServers]).toEqual([undefined, {}])
    expect(lines(api.received)).toEqual(['POST /token', 'GET /list', 'POST /revoke'])
    expect([token.received, revoke.received]).toEqual([[], []])
  })

  test('keeps the tokens of two APIs apart, whose tokens come from one endpoint', async () => {
    const { facts, token, api } = await hosts()
    const store = sharedStore()
    const accounts = [api.url, `${api.url}/sandbox`].map((url) => {
      const provider = defineProvider<object>({
        id: facts.id,
        server: new URL(token.url),
        apiServer: new URL(url),
        refreshKind: 'none',
        repeat: 'free',
        acquire: async (io) => ({ accessToken: `of-${url.length}`, expiresAt: io.now + 3_600_000 }),
      })
      const manager = createTokenManager({ provider, credentials: () => ({}), store })
      onTestFinished(() => manager.close())
      return manager.account('one')
    })

    const tokens = [await accounts[0]?.getToken(), await accounts[1]?.getToken()]

    expect(new Set(tokens.map((one) => one?.reveal())).size).toBe(2)
    expect(store.records.size).toBe(2)
  })
})

test.each(['apiServer', 'operationServers'] as const)('plain http to another machine is refused for %s', (name) => {
  const url = new URL('http://elsewhere.example')
  const provider = defineProvider<object>({
    id: 'plain',
    server: new URL('https://api.example'),
    refreshKind: 'none',
    repeat: 'free',
    acquire: async () => ({ accessToken: 't' }),
    ...(name === 'apiServer' ? { apiServer: url } : { operationServers: { one: url } }),
  })

  expect(() => createTokenManager({ provider, credentials: () => ({}) })).toThrow(new RegExp(`${name} must be https`))
})
