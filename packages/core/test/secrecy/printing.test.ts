import { setImmediate } from 'node:timers/promises'
import { format } from 'node:util'
import { createTokenManager, secret } from '@chaveiro/core'
import { checkGrant, createProviderClient, type GrantFields } from '@chaveiro/core/provider'
import { describe, expect, test } from 'vitest'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { countingProvider } from '../support/counting-provider.ts'
import { leakScan } from '../support/leak-scan.ts'
import { sharedStore } from '../support/shared-store.ts'
import { bitizeProvider, simulated } from '../support/simulated-bitize.ts'

const SERVER = new URL('https://api.example.com')
const CANARY = 'canary pässword "+/='
const ACCESS = 'canary-access-"quoted"+/=='
const REFRESH = 'canary-refresh-+/=='

describe('the scan itself', () => {
  test.each<[string, unknown]>([
    ['a string', `x${CANARY}x`],
    ['an error’s message', new Error(CANARY)],
    ['a cause', new Error('x', { cause: new Error('y', { cause: CANARY }) })],
    [
      'a property of an error',
      Object.assign(new Error('x'), {
        request: { headers: { authorization: `Basic ${btoa(`u:${encodeURIComponent(CANARY)}`)}` } },
      }),
    ],
    ['a hidden property', Object.defineProperty({}, 'hidden', { value: CANARY })],
    ['a symbol', { [Symbol('x')]: CANARY }],
    ['a map in a set', new Set([new Map([[1, { deep: [[[[[CANARY]]]]] }]])])],
    ['toJSON', { toJSON: () => CANARY }],
    ['toString', { toString: () => CANARY }],
    ['a URL', new URL(`https://x.example/?t=${encodeURIComponent(CANARY)}`)],
    ['a form', new URLSearchParams({ t: CANARY })],
    ['base64', Buffer.from(`user:${CANARY}`).toString('base64')],
    ['base64 for URLs', Buffer.from(`us:${CANARY}`).toString('base64url')],
    ['hexadecimal', Buffer.from(CANARY).toString('hex')],
    ['headers', new Headers({ 'x-key': encodeURIComponent(CANARY) })],
    ['an aggregate', new AggregateError([new Error('a'), new Error(CANARY)])],
  ])('finds a secret in %s', (_name, value) => {
    const scan = leakScan()
    scan.collect('it', value)
    expect(scan.leaks([CANARY, encodeURIComponent(CANARY)])).not.toEqual([])
  })
})

describe('nothing that a user holds prints a secret [SC01]', () => {
  async function everything() {
    const clock = new FakeClock()
    const store = sharedStore()
    const values: Record<string, unknown> = {}
    const policy = { store, clock, fetch: async () => new Response('ok') }
    const options = { secretKey: secret(CANARY), consumerKey: 'public', ...policy }
    const provider = bitizeProvider(SERVER, { acquire: undefined })
    const manager = createTokenManager({ provider, credentials: () => options, ...policy })
    const events: object[] = []
    manager.on((event) => void events.push(event))
    const source = manager.account('one')
    const given = {
      accessToken: ACCESS,
      refreshToken: REFRESH,
      expiresAt: clock.now() + 3_600_000,
      meta: { user: 'x' },
      scopes: ['a'],
      id: 'i',
    }
    await source.seed(given)
    const client = createProviderClient(provider, options)
    await client.seed(given)
    const token = await source.getToken()
    await source.reject(token)
    await setImmediate()
    Object.assign(values, {
      token,
      source,
      manager,
      provider,
      client,
      events,
      options: { ...options, store: undefined },
      status: await source.status(),
      'a promise of a token': Promise.resolve(token),
      'the fetch': source.fetch,
      'a fetch with options': source.fetch.with({ retry: false }),
      'the type of the token': token.constructor,
      'what the token inherits': Object.getPrototypeOf(token),
      'a list of it all': [token, { token, source }],
      'what the token says to tables': Object.entries(token),
    })
    return { values, token, client }
  }

  test('in any way of printing, cloning or serialising it', async () => {
    const scan = leakScan()
    const { values, client } = await everything()
    for (const [label, value] of Object.entries(values)) scan.collect(label, value)
    scan.collect('the parts of the client', Object.values(client))
    expect(scan.leaks([CANARY, ACCESS, REFRESH])).toEqual([])
    expect(scan.size).toBeGreaterThan(100)
  })

  test('but is of use: reveal() and authorize() give the token', async () => {
    const { token } = await everything()
    const headers = new Headers()
    token.authorize(headers)
    expect([token.reveal(), headers.get('authorization')]).toEqual([ACCESS, `Bearer ${ACCESS}`])
    expect(JSON.parse(JSON.stringify(token))).toMatchObject({
      generation: 1,
      meta: { user: 'x' },
      scopes: ['a'],
      id: 'i',
    })
    expect(format('%s', token)).toBe('[access token]')
  })

  test('a Secret prints as [secret], concatenated and compared too', () => {
    const hidden = secret(CANARY)
    expect(['', hidden, { hidden }].map((value) => JSON.stringify(value))).toEqual([
      '""',
      '"[secret]"',
      '{"hidden":"[secret]"}',
    ])
    expect(format('x%s', hidden)).toBe('x[secret]')
    expect(hidden.reveal()).toBe(CANARY)
    expect(Object.keys(hidden)).toEqual([])
  })
})

test.each<[string, Partial<GrantFields>]>([
  ['id', { id: ACCESS }],
  ['scopes', { scopes: ['a', ACCESS] }],
  ['meta', { meta: { copy: `Bearer ${ACCESS}` } }],
  ['meta, the refresh token', { meta: [REFRESH] }],
  ['id, the refresh token', { id: REFRESH }],
])(
  'a provider that puts a token into %s, where it would print, is misconfigured, and the error does not print it',
  (_name, place) => {
    const act = (): unknown => checkGrant<unknown>({ accessToken: ACCESS, refreshToken: REFRESH, ...place })
    expect(act).toThrow(expect.objectContaining({ code: 'misconfigured' }))
    expect(act).not.toThrow(/canary/)
  },
)

describe('a token that no header can carry', () => {
  const bad = [
    'with\r\nset-cookie: x=1',
    'line\nfeed',
    'tab\tbed',
    'two words',
    'ação-canary',
    'nul\u0000byte',
    '🔑-canary',
    ' leading',
    '\u007f-canary',
  ]

  test.each(bad)('from a provider is refused, unprinted, and nothing is sent: %j [SC06]', async (accessToken) => {
    const scan = leakScan()
    const { bitize, source } = await simulated()
    bitize.faults.next({ kind: 'altered-field', field: 'access_token', value: accessToken, operation: 'authenticate' })
    const error = await source.fetch('/vendors').catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'malformed-response', message: expect.stringContaining('access token') })
    scan.collect('error', error)
    expect(scan.leaks([accessToken])).toEqual([])
    expect(bitize.count('listVendors')).toBe(0)
  })

  test.each(bad)('from seed() is refused, unprinted: %j [SC06]', async (accessToken) => {
    const scan = leakScan()
    const { source } = await simulated()
    for (const given of [{ accessToken }, { accessToken: 'fine', refreshToken: accessToken }]) {
      const error = await source.seed(given).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'malformed-response' })
      scan.collect('error', error)
    }
    expect(scan.leaks([accessToken])).toEqual([])
    expect(await source.status()).toMatchObject({ state: 'absent' })
  })

  test('from a store that was tampered with is refused, unprinted, and injects no header [SC06]', async () => {
    const scan = leakScan()
    const store = sharedStore()
    const sent: unknown[] = []
    const fetch = async (...args: unknown[]): Promise<Response> => {
      sent.push(args)
      return new Response('ok')
    }
    const accounts = [1, 2].map(() =>
      createTokenManager({
        provider: countingProvider(SERVER, () => 1),
        credentials: () => ({}),
        store,
        fetch,
      }).account('one'),
    )
    await accounts[0]?.getToken()
    for (const [key, { value = '' }] of store.records) {
      store.records.set(key, { version: 'tampered', value: value.replace('token-1', 'canary\\r\\nx-evil: 1') })
    }
    const error = await accounts[1]?.fetch('/x').catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'ChaveiroError' })
    scan.collect('error', error)
    expect(scan.leaks(['canary\r\nx-evil: 1'])).toEqual([])
    expect(sent).toEqual([])
  })

  test('because the provider’s own authorize() spoils it is an error that does not print it [SC06]', async () => {
    const scan = leakScan()
    const { source } = await simulated({
      provider: { authorize: (headers, { accessToken }) => headers.set('x-token', `${accessToken}\r\n\u0000`) },
    })
    const error = await source.fetch('/vendors').catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'misconfigured', message: expect.stringContaining('authorize()') })
    scan.collect('error', error)
    expect(scan.leaks([(await source.getToken()).reveal()])).toEqual([])
  })
})
