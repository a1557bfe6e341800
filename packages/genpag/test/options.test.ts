import { createTokenManager } from '@chaveiro/core'
import { allowInsecureHttp, createGenpag, type GenpagOptions, genpagProvider, type paths } from '@chaveiro/genpag'
import { facts } from '@chaveiro/genpag/facts'
import { describe, expect, expectTypeOf, it } from 'vitest'
import * as browser from '../src/browser.ts'
import * as server from '../src/index.ts'
import { inProcess } from './support/genpag-at-simulator.ts'

const keys = { sellerId: '9e4a6000-0000-4000-8000-000000000001', refreshToken: 'SFMyNTY.a-refresh-token' }

/** Options as untyped JavaScript may give them. */
const untyped = (options: object): GenpagOptions =>
  Object.assign({ server: 'sandbox', ...keys } satisfies GenpagOptions, options)

describe('createGenpag', () => {
  it.each([
    ['a missing seller', { sellerId: undefined }, 'sellerId: process.env.GENPAG_SELLER_ID'],
    ['a missing seller', { sellerId: '' }, 'Desenvolvedor > Chaves de Acesso > Meu ID'],
    ['an empty refresh token', { refreshToken: '' }, 'refreshToken: process.env.GENPAG_REFRESH_TOKEN'],
    ['a missing refresh token', { refreshToken: null }, 'Desenvolvedor > Gerar nova chave'],
    ['a missing server', { server: undefined }, "server is missing. Pass 'sandbox' or a URL"],
    ['a server that is a property of every object', { server: 'constructor' }, "Pass 'sandbox' or a URL"],
    ['plain http', { server: new URL('http://api-sandbox.genpag.com.br') }, 'allowInsecureHttp'],
    ['plain http elsewhere', { alsoSendTo: [new URL('http://example.com')] }, 'alsoSendTo must be https'],
  ])('refuses %s with a TypeError that says what to pass', (_, options, sentence) => {
    expect(() => createGenpag(untyped(options))).toThrow(TypeError)
    expect(() => createGenpag(untyped(options))).toThrow(sentence)
  })

  it.each([{}, { server: 'production' }, { server: 'https://api.genpag.com.br' }])(
    'makes up no host of production: who wants it is told that no document names it, and whom to ask (%o)',
    (options) => {
      for (const make of [createGenpag, genpagProvider]) {
        const act = (): unknown => make(untyped({ server: undefined, ...options }))
        expect(act).toThrow(TypeError)
        expect(act).toThrow('No public document that could be read names the host of Genpag')
        expect(act).toThrow(/Ask Genpag .*business\.gen\.com\.br.*docs\.gen\.com\.br.*pass it as a URL/)
      }
      expect(Object.keys(facts.servers)).toEqual(['sandbox'])
    },
  )

  it('knows the one documented server by name, and takes any other as a URL', () => {
    expect(createGenpag({ server: 'sandbox', ...keys }).baseUrl).toBe('https://api-sandbox.genpag.com.br')
    expect(createGenpag({ server: new URL('https://genpag.example/v1/'), ...keys }).baseUrl).toBe(
      'https://genpag.example/v1',
    )
    const gateway = createGenpag({ server: new URL('http://gateway.internal'), ...keys, [allowInsecureHttp]: true })
    expect(gateway.baseUrl).toBe('http://gateway.internal')
    expectTypeOf<GenpagOptions['server']>().toEqualTypeOf<'sandbox' | URL>()
  })

  it('sends nothing before it is asked to', async () => {
    await using pair = inProcess()
    expect(await pair.genpag.status()).toEqual({ state: 'absent', persisted: false })
    expect(pair.sent).toEqual([])
  })

  it('keeps a seller’s id in its place in the path, whatever it contains [G08]', async () => {
    await using pair = inProcess({ sellerId: 'a/../b?c#d' })
    await expect(pair.genpag.getToken()).rejects.toMatchObject({ code: 'credentials-rejected' })
    expect(pair.sent.map(({ url }) => url.pathname + url.search)).toEqual(['/api/a%2F..%2Fb%3Fc%23d/tokens'])
    await using up = inProcess({ sellerId: '..' })
    await expect(up.genpag.getToken()).rejects.toMatchObject({ code: 'misconfigured' })
    expect(up.sent).toEqual([])
  })
})

describe('the raw client', () => {
  it('is typed by the spec, and takes the refresh token from its caller', async () => {
    await using pair = inProcess()
    const { sellerId, refreshToken } = pair.simulator.credentials
    const { data } = await pair.genpag.api.POST('/api/{sellerId}/tokens', {
      params: { path: { sellerId } },
      headers: { authorization: `Bearer ${refreshToken}` },
      body: {},
    })
    expect(data?.data).toMatch(/^SFMyNTY\./)
    expect(pair.sent).toHaveLength(1)
  })

  it('adds neither the refresh token nor an access token of its own', async () => {
    await using pair = inProcess()
    const { sellerId } = pair.simulator.credentials
    const call = { params: { path: { sellerId } }, body: {} }
    expect((await pair.genpag.api.POST('/api/{sellerId}/tokens', call)).response.status).toBe(401)
    expect(pair.sent.map(({ authorization }) => authorization)).toEqual([null])
  })
})

describe('a card number on a server', () => {
  const card = { card_number: '4444333322221111' }
  const REFUSAL = /tokenizeCard is for the customer’s own device.*must not pass through a server/

  it('is not part of the raw client’s types [G12]', () => {
    expectTypeOf<keyof paths>().toEqualTypeOf<'/api/{sellerId}/tokens'>()
  })

  it('is not sent by the raw client either, if a program calls it anyway [G12]', async () => {
    await using pair = inProcess()
    const call = async (): Promise<unknown> =>
      Reflect.apply(pair.genpag.api.POST, undefined, ['/api/tokenize', { body: card }])
    await expect(call()).rejects.toThrow(TypeError)
    await expect(call()).rejects.toThrow(REFUSAL)
    expect(pair.sent).toEqual([])
  })

  it('is not sent by fetch: of one account, of many, with options [G12]', async () => {
    await using pair = inProcess()
    await using tokens = createTokenManager({
      provider: genpagProvider({ server: pair.simulator.url }),
      credentials: () => keys,
      fetch: pair.simulator.fetch,
    })
    const init = { method: 'POST', body: JSON.stringify(card) }
    const ways = [pair.genpag.fetch, pair.genpag.fetch.with({ retry: false }), tokens.account('a').fetch]
    for (const fetch of ways) {
      await expect(fetch('/api/tokenize', init)).rejects.toThrow(TypeError)
      await expect(fetch('/api/tokenize', init)).rejects.toThrow(REFUSAL)
      await expect(fetch('/api/tokenize', init)).rejects.not.toThrow(card.card_number)
    }
    expect(pair.simulator.count()).toBe(0)
  })
})

describe('in a browser', () => {
  it('the package has the same names, and refuses to hold a refresh token', () => {
    expect(Object.keys(browser).sort()).toEqual(Object.keys(server).sort())
    expect(() => browser.createGenpag()).toThrow(TypeError)
    expect(() => browser.genpagProvider()).toThrow('runs on a server only')
  })
})
