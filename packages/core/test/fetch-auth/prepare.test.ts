import { createTokenManager, type Fetch } from '@chaveiro/core'
import {
  defineProvider,
  prepareRequests,
  putHeader,
  putQuery,
  reveal,
  type SecretInput,
  type TokenProvider,
} from '@chaveiro/core/provider'
import { describe, expect, onTestFinished, test } from 'vitest'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { httpServer, type Received } from '../retry/loopback.ts'
import { leakScan } from '../support/leak-scan.ts'

interface Inputs {
  account?: string
  appKey: SecretInput
}

const KEY = 'canary key+/='

const inputs: TokenProvider<Inputs>['inputs'] = {
  account: { description: 'The number of the account.', optional: true },
  appKey: { description: 'The key of the application.', secret: true },
}

const inHeader = prepareRequests<Inputs>(({ headers }, { secrets }, { account }) => {
  putHeader(headers, 'x-account', account)
  putHeader(headers, 'x-jwt', secrets?.['jwt'])
})

const inQuery = prepareRequests<Inputs>(async ({ url }, _token, { appKey }) =>
  putQuery(url, 'app-key', await reveal(appKey)),
)

interface Options {
  readonly prepare: TokenProvider<Inputs>['prepare']
  readonly secretQuery?: readonly string[]
  readonly answer?: Parameters<typeof httpServer>[0]
  readonly account?: string
  readonly fetch?: Fetch
}

/** An API whose requests carry more than a token. Tokens are `token-1`, `token-2`, with a `jwt-1`, `jwt-2`. */
async function api({ prepare, secretQuery = ['app-key'], answer, account = '12-3', fetch }: Options) {
  const server = await httpServer(answer ?? ((response) => void response.end('ok')))
  let tokens = 0
  let reads = 0
  const provider = defineProvider<Inputs>({
    id: 'carrying',
    server: new URL(server.url),
    inputs,
    secretQuery,
    refreshKind: 'none',
    repeat: 'free',
    async acquire(io) {
      tokens += 1
      return {
        accessToken: `token-${tokens}`,
        secrets: { jwt: `jwt-${tokens}` },
        expiresAt: io.now + 3_600_000,
      }
    },
    ...(prepare && { prepare }),
  })
  const clock = new FakeClock()
  const credentials = (): Inputs => {
    reads += 1
    return { account, appKey: KEY }
  }
  const tokenManager = createTokenManager({
    provider,
    credentials,
    clock,
    random: () => 0,
    retry: { baseMs: 0, throttleBaseMs: 0 },
    fetch,
  })
  onTestFinished(() => tokenManager.close())
  const source = tokenManager.account('one')
  return { ...server, source, reads: () => reads }
}

const lines = (received: readonly Received[]) => received.map(({ method, path }) => `${method} ${path}`)

describe('what requests carry besides the token', () => {
  test('comes from the inputs and from the token, and replaces what the caller gave', async () => {
    const { source, received } = await api({ prepare: inHeader })

    await source.fetch('/things', { headers: { 'x-account': 'another', 'x-own': '1' } })

    expect(received.map(({ headers }) => headers)).toMatchObject([
      { authorization: 'Bearer token-1', 'x-account': '12-3', 'x-jwt': 'jwt-1', 'x-own': '1' },
    ])
  })

  test('is left out where the input is', async () => {
    const { source, received } = await api({ prepare: inHeader, account: '' })

    await source.fetch('/things')

    expect(received[0]?.headers).not.toHaveProperty('x-account')
  })

  test('is of the new token after a 401, and the inputs are read once for a call', async () => {
    const { source, received, reads } = await api({
      prepare: inHeader,
      answer: (response, _, nth) => void response.writeHead(nth === 1 ? 401 : nth === 2 ? 503 : 200).end(),
    })
    await source.getToken()
    const before = reads()

    const { status } = await source.fetch('/things')

    expect(status).toBe(200)
    expect(received.map(({ headers }) => headers['x-jwt'])).toEqual(['jwt-1', 'jwt-2', 'jwt-2'])
    // Once for the call, and once for the token call.
    expect(reads() - before).toBe(2)
  })

  test('is on every leg of a redirect within the allowed origins', async () => {
    const { source, received } = await api({
      prepare: inHeader,
      answer: (response, _, nth) => void response.writeHead(nth === 1 ? 307 : 200, { location: '/next' }).end(),
    })

    await source.fetch('/things')

    expect(received.map(({ path, headers }) => [path, headers['x-account']])).toEqual([
      ['/things', '12-3'],
      ['/next', '12-3'],
    ])
  })

  test('goes to no other origin', async () => {
    const elsewhere = await httpServer((response) => void response.end('stolen'))
    const { source, received } = await api({
      prepare: inHeader,
      answer: (response) => void response.writeHead(302, { location: `${elsewhere.url}/next` }).end(),
    })

    expect((await source.fetch('/things')).status).toBe(302)
    await expect(source.fetch(`${elsewhere.url}/things`)).rejects.toMatchObject({ code: 'origin' })
    expect([received.length, elsewhere.received.length]).toEqual([1, 0])
  })
})

describe('what is added to a query', () => {
  test('leaves the rest as the caller wrote it', async () => {
    const { source, received } = await api({ prepare: inQuery })

    await source.fetch('/things?q=a%20b+c&app%2Dkey=other&empty')
    await source.fetch('/things')

    expect(lines(received)).toEqual([
      'GET /things?q=a%20b+c&empty&app-key=canary%20key%2B%2F%3D',
      'GET /things?app-key=canary%20key%2B%2F%3D',
    ])
  })

  test('shows in no response, clone or event', async () => {
    const { source, url } = await api({ prepare: inQuery })

    const response = await source.fetch('/things?q=1')
    const scan = leakScan()
    scan.collect('response', response)
    scan.collect('clone', response.clone())

    expect([response.url, response.clone().url, response.clone().clone().url]).toEqual(
      Array.from({ length: 3 }, () => `${url}/things?q=1`),
    )
    expect([response.status, await response.text()]).toEqual([200, 'ok'])
    expect(scan.leaks([KEY])).toEqual([])
  })

  test('follows no redirect, to the same origin neither', async () => {
    const { source, received } = await api({
      prepare: inQuery,
      answer: (response) => void response.writeHead(302, { location: '/next' }).end(),
    })

    const { status, headers } = await source.fetch('/things')

    expect([status, headers.get('location')]).toEqual([302, '/next'])
    expect(received).toHaveLength(1)
  })

  test('shows in no error, whatever the platform quotes', async () => {
    // As Deno and Bun do.
    const quoting: Fetch = async (input) => {
      const { href } = new URL(input instanceof Request ? input.url : input)
      const cause = Object.assign(new Error(`error sending request for url (${href})`), { code: 'ECONNRESET' })
      throw new TypeError(`cannot reach ${href}`, { cause: Object.assign(cause, { path: href }) })
    }
    const { source } = await api({ prepare: inQuery, fetch: quoting })

    const error: unknown = await source.fetch('/things').catch((reason: unknown) => reason)
    const scan = leakScan()
    scan.collect('error', error)

    expect(error).toMatchObject({ cause: { code: 'ECONNRESET' } })
    expect(scan.leaks([KEY])).toEqual([])
  })

  test('is a secret only where the vendor demands one', async () => {
    const { source, received } = await api({ prepare: inQuery, secretQuery: [] })

    await expect(source.fetch('/things')).rejects.toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining('secretQuery'),
    })
    expect(received).toEqual([])
  })
})

test.each<[string, Parameters<typeof prepareRequests<Inputs>>[0], RegExp]>([
  ['throws', () => Promise.reject(new TypeError(KEY)), /prepare\(\) of carrying failed/],
  [
    'sets what no header can carry',
    ({ headers }) => headers.set('x-key', `${KEY}\n1`),
    /prepare\(\) of carrying failed/,
  ],
  [
    'changes where the request goes',
    ({ url }) => void Object.assign(url, { pathname: '/else' }),
    /changed more than the query/,
  ],
])('a provider that %s sends nothing, and nothing of it is quoted', async (_, prepare, sentence) => {
  const { source, received } = await api({ prepare: prepareRequests(prepare) })

  const error: unknown = await source.fetch('/things').catch((reason: unknown) => reason)

  expect(error).toMatchObject({ code: 'misconfigured', message: expect.stringMatching(sentence) })
  expect(String(error)).not.toContain(KEY)
  expect(received).toEqual([])
})
