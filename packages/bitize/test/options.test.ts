import { allowInsecureHttp, type BitizeOptions, bitizeProvider, createBitize } from '@chaveiro/bitize'
import { createTokenManager } from '@chaveiro/core'
import { simulateBitize } from '@chaveiro/simulator'
import { describe, expect, expectTypeOf, it } from 'vitest'
import * as browser from '../src/browser.ts'
import * as server from '../src/index.ts'
import { inProcess } from './support/bitize-at-simulator.ts'

const keys = { consumerKey: 'b171ce00-0000-4000-8000-000000000001', secretKey: 'simulated-secret-key' }

/** Options as untyped JavaScript may give them. */
const untyped = (options: object): BitizeOptions =>
  Object.assign({ server: 'test', ...keys } satisfies BitizeOptions, options)

describe('createBitize', () => {
  it.each([
    ['a missing key', { consumerKey: undefined }, 'consumerKey: process.env.BITIZE_CONSUMER_KEY'],
    ['an empty secret', { secretKey: '' }, 'secretKey: process.env.BITIZE_SECRET_KEY'],
    ['a missing server', { server: undefined }, "server is missing. Pass 'production', 'test', 'io' or a URL"],
    ['an unknown server', { server: 'prodution' }, "'production', 'test', 'io'"],
    ['a server that is a property of every object', { server: 'constructor' }, "'production', 'test', 'io'"],
    ['plain http', { server: new URL('http://api.bitize.com.br') }, 'allowInsecureHttp'],
    ['plain http elsewhere', { alsoSendTo: [new URL('http://example.com')] }, 'alsoSendTo must be https'],
    ['a negative window', { refreshWindowMs: -1 }, 'refreshWindowMs'],
    ['no place for a token call', { tokenCallsAtOnce: 0 }, 'tokenCallsAtOnce'],
    ['an impossible retry', { retry: { maxAttempts: 0 } }, 'maxAttempts'],
  ])('refuses %s with a TypeError that says what to pass', (_, options, sentence) => {
    expect(() => createBitize(untyped(options))).toThrow(TypeError)
    expect(() => createBitize(untyped(options))).toThrow(sentence)
  })

  it('knows the documented servers by name (B05)', () => {
    const urls = (['production', 'test', 'io'] as const).map((name) => createBitize({ server: name, ...keys }).baseUrl)
    expect(urls).toEqual(['https://api.bitize.com.br', 'https://api-tst.bitize.com.br', 'https://api.bitize.io'])
    expectTypeOf<BitizeOptions['server']>().toEqualTypeOf<'production' | 'test' | 'io' | URL>()
  })

  it('takes plain http from those who say that the network is theirs', () => {
    const gateway = createBitize({ server: new URL('http://gateway.internal'), ...keys, [allowInsecureHttp]: true })
    expect(gateway.baseUrl).toBe('http://gateway.internal')
  })

  it('sends nothing before it is asked to', async () => {
    await using pair = inProcess()
    expect(await pair.bitize.status()).toEqual({ state: 'absent', persisted: false })
    expect(pair.simulator.count()).toBe(0)
  })

  it('keeps the token from every other origin', async () => {
    await using pair = inProcess()
    await expect(pair.bitize.fetch('https://api.bitize.com.io/vendors')).rejects.toMatchObject({ code: 'origin' })
    expect(pair.simulator.count()).toBe(0)
  })
})

describe('the raw client', () => {
  it('is typed by the spec, and answers with data or with the error model', async () => {
    await using pair = inProcess()
    const { consumerKey: consumer_key, secretKey: secret_key } = pair.simulator.credentials
    const { data } = await pair.bitize.api.POST('/auth', { body: { consumer_key, secret_key } })
    expect(data?.expiration_access_token).toMatch(/^2026-01-16T12:00:00\.000Z$/)
    const { error, response } = await pair.bitize.api.POST('/auth', { body: { consumer_key, secret_key: 'wrong' } })
    expect(response.status).toBe(400)
    expect(error).toMatchObject({ status: 400, title: 'Requisição inválida' })
  })
})

describe('bitizeProvider', () => {
  it('serves many integrations from one manager, each with its own token (B02)', async () => {
    const simulator = simulateBitize()
    const other = { consumerKey: 'b171ce00-0000-4000-8000-000000000002', secretKey: 'another-simulated-key' }
    simulator.register(other)
    const vault = new Map([simulator.credentials, other].map((entry) => [entry.consumerKey, entry]))
    await using tokens = createTokenManager({
      provider: bitizeProvider({ server: simulator.url }),
      credentials: ({ tenant }) => vault.get(tenant) ?? keys,
      fetch: simulator.fetch,
    })
    const held = await Promise.all([...vault.keys()].map((tenant) => tokens.account(tenant).getToken()))
    expect(new Set(held.map((token) => token.reveal())).size).toBe(2)
    expect(simulator.count('authenticate')).toBe(2)
  })
})

describe('in a browser', () => {
  it('the package has the same names, and refuses to hold keys', () => {
    expect(Object.keys(browser).sort()).toEqual(Object.keys(server).sort())
    expect(() => browser.createBitize()).toThrow(TypeError)
    expect(() => browser.bitizeProvider()).toThrow('runs on a server only')
  })
})
