import type { ServerResponse } from 'node:http'
import { inspect } from 'node:util'
import { facts } from '@chaveiro/genpag/facts'
import { type Fetch, simulateGenpag } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { describe, expect, it, vi } from 'vitest'
import { CardNumberError, CardTokenError, type TokenizeCardOptions, tokenizeCard } from '../../src/card/index.ts'
import { cardServer, json } from '../support/card-server.ts'

const CARD = '4444333322221111'
const CLIENT_TOKEN = 'canary/client+token=='

const RIGHT: TokenizeCardOptions = { server: 'sandbox', clientToken: CLIENT_TOKEN, cardNumber: CARD }

/** What it ends with, if not with a card token. The options as untyped JavaScript may give them. */
const errorOf = (options: object): Promise<unknown> =>
  tokenizeCard(Object.assign({ ...RIGHT }, options)).then(
    (token) => `it gave ${token}`,
    (reason: unknown) => reason,
  )

describe('tokenizeCard', () => {
  it('posts the number to /api/tokenize, with the client token alone in Authorization, and gives `number_token` [G10, G13, G14]', async () => {
    await using server = await cardServer(json({ data: { number_token: '92069efd-b8ef-1a28-f15e-113646215dc6' } }))
    const token = await tokenizeCard({ server: server.url, clientToken: CLIENT_TOKEN, cardNumber: CARD })
    expect(token).toBe('92069efd-b8ef-1a28-f15e-113646215dc6')
    expect(server.received).toMatchObject([
      {
        line: 'POST /api/tokenize',
        headers: { authorization: CLIENT_TOKEN, 'content-type': 'application/json' },
        body: `{"card_number":"${CARD}"}`,
      },
    ])
  })

  it('is understood by the simulator, which refuses `Bearer` before the token [G13]', async () => {
    const simulator = simulateGenpag()
    await using server = await listen(simulator)
    const { clientToken = '' } = simulator.credentials
    expect(await tokenizeCard({ server: server.url, clientToken, cardNumber: CARD })).toMatch(/^[0-9a-f-]{36}$/)
    expect(simulator.requests.map(({ operation, status }) => [operation, status])).toEqual([['tokenizeCard', 200]])
  })

  it('takes any success for one, and keeps the path of the server', async () => {
    await using server = await cardServer(json({ data: { number_token: 'token' } }, 201))
    const gateway = new URL('/genpag/?x=1#y', server.url)
    expect(await tokenizeCard({ server: gateway, clientToken: CLIENT_TOKEN, cardNumber: CARD })).toBe('token')
    expect(server.received.map(({ line }) => line)).toEqual(['POST /genpag/api/tokenize'])
  })

  it('goes where the spec says, and leaves cookies, caches, the page’s address and redirects out of it', async () => {
    const fetch = vi.fn<Fetch>(async () => Response.json({ data: { number_token: 'token' } }))
    vi.stubGlobal('fetch', fetch)
    await tokenizeCard({ server: 'sandbox', clientToken: CLIENT_TOKEN, cardNumber: CARD })
    const { method, path } = facts.operations.tokenizeCard
    expect(Object.keys(facts.servers)).toEqual(['sandbox'])
    const settings = { credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', redirect: 'manual' }
    expect(fetch.mock.calls).toEqual([[facts.servers.sandbox + path, expect.objectContaining({ method, ...settings })]])
  })

  it.each(['4444 3333 2222 1111', '4444-3333-2222-1111', ' 4444333322221111\n'])(
    'sends digits alone, as documented, for %j',
    async (cardNumber) => {
      await using server = await cardServer(json({ data: { number_token: 'token' } }))
      await tokenizeCard({ server: server.url, clientToken: CLIENT_TOKEN, cardNumber })
      expect(server.received.map(({ body }) => body)).toEqual([`{"card_number":"${CARD}"}`])
    },
  )
})

describe('a number that cannot be a card’s', () => {
  it.each([
    ['with a wrong digit', '4444333322221112', 'one of its digits must be wrong'],
    ['with two digits exchanged', '4444333322221011', 'one of its digits must be wrong'],
    ['too short', '44443333222', '12 to 19 digits'],
    ['too long', '44443333222211110000', '12 to 19 digits'],
    ['with a letter', '444433332222111l', '12 to 19 digits'],
    ['empty', '', '12 to 19 digits'],
    ['missing', undefined, '12 to 19 digits'],
    ['that is not text', 4_444_333_322_221_111, 'it is a string'],
  ])('%s is sent nowhere: a polite TypeError says so, and does not quote it', async (_, cardNumber, sentence) => {
    await using server = await cardServer(json({}))
    const error = await errorOf({ server: server.url, cardNumber })
    expect(error).toBeInstanceOf(TypeError)
    expect(error).toBeInstanceOf(CardNumberError)
    expect(error).toMatchObject({
      code: 'card-number',
      message: expect.stringContaining('Please check the card number'),
    })
    expect(String(error)).toContain(sentence)
    const digits = String(cardNumber || CARD)
    for (const text of printings(error)) expect(text).not.toContain(digits)
    expect(server.received).toEqual([])
  })

  it.each(['378282246310005', '6011111111111117', '5555555555554444', '30569309025904', '6304000000000000', CARD])(
    'a number of another length or brand is sent (%s)',
    async (cardNumber) => {
      await using server = await cardServer(json({ data: { number_token: 'token' } }))
      expect(await tokenizeCard({ server: server.url, clientToken: CLIENT_TOKEN, cardNumber })).toBe('token')
    },
  )
})

describe('a mistaken argument', () => {
  it.each([
    ['no server', { server: undefined }, "Pass 'sandbox' or a URL"],
    ['an undocumented server', { server: 'production' }, 'names the host of production: ask Genpag'],
    ['a URL as text', { server: 'https://api.example.com' }, "new URL('https://…')"],
    ['plain http', { server: new URL('http://api.example.com') }, 'not sent in the clear'],
    ['another protocol', { server: new URL('ftp://127.0.0.1') }, 'must be https'],
    ['a password in the URL', { server: new URL('https://u:hunter2@api.example.com') }, 'user name or a password'],
    ['no client token', { server: 'sandbox', clientToken: undefined }, 'Chave do cliente'],
    ['an empty client token', { server: 'sandbox', clientToken: '' }, 'Chave do cliente'],
    ['Bearer before it', { server: 'sandbox', clientToken: `Bearer ${CLIENT_TOKEN}` }, 'without Bearer'],
    ['a line break in it', { server: 'sandbox', clientToken: `${CLIENT_TOKEN}\r\nx: y` }, 'without Bearer or a space'],
  ])(
    '(%s) is a TypeError that says what to pass and quotes no secret; nothing is sent',
    async (_, options, sentence) => {
      const fetch = vi.fn<Fetch>()
      vi.stubGlobal('fetch', fetch)
      const error = await errorOf(options)
      expect(error).toBeInstanceOf(TypeError)
      expect(String(error)).toContain(sentence)
      for (const text of printings(error)) expect(text).not.toMatch(/canary|hunter2|4444/)
      expect(fetch).not.toHaveBeenCalled()
    },
  )
})

const echo = { error: { card_number: CARD, authorization: CLIENT_TOKEN } }
const plain =
  (text: string, status = 200) =>
  (response: ServerResponse): void =>
    void response.writeHead(status).end(text)

describe('an answer without a card token', () => {
  it.each<[string, (response: ServerResponse) => void, object]>([
    ['401', json(echo, 401), { code: 'client-token-refused', status: 401 }],
    ['403', json(echo, 403), { code: 'client-token-refused', status: 403 }],
    ['400', json(echo, 400), { code: 'refused', status: 400 }],
    ['422', json(echo, 422), { code: 'refused', status: 422 }],
    ['429', json(echo, 429), { code: 'throttled', status: 429 }],
    ['408', json(echo, 408), { code: 'unavailable', status: 408 }],
    ['500', json(echo, 500), { code: 'unavailable', status: 500 }],
    ['503', json(echo, 503), { code: 'unavailable', status: 503 }],
    ['no JSON', plain(`<p>${CARD} ${CLIENT_TOKEN}</p>`), { code: 'malformed-response', status: 200 }],
    ['nothing', plain(''), { code: 'malformed-response', status: 200 }],
    ['null', json(null), { code: 'malformed-response' }],
    ['another shape', json({ data: CARD }), { code: 'malformed-response' }],
    ['an empty token', json({ data: { number_token: '' } }), { code: 'malformed-response' }],
    ['a token that is not text', json({ data: { number_token: 17 } }), { code: 'malformed-response' }],
    ['the number itself', json({ data: { number_token: `card-${CARD}` } }), { code: 'malformed-response' }],
    ['a cut connection', (response) => void response.destroy(), { code: 'unavailable', status: undefined }],
    ['half an answer', cut, { code: 'unavailable', status: 200 }],
  ])(
    '(%s) is an error with a code, without the number, the client token or the answer, after one call',
    async (_, answer, expected) => {
      const logs = spyOnConsole()
      await using server = await cardServer(answer)
      const error = await errorOf({ server: server.url })
      expect(error).toBeInstanceOf(CardTokenError)
      expect(error).toMatchObject(expected)
      for (const text of [...printings(error), ...logs()]) {
        expect(text).not.toMatch(/canary|4444/)
        expect(text).not.toContain(encodeURIComponent(CLIENT_TOKEN))
      }
      expect(server.received).toHaveLength(1)
      expect(logs()).toEqual([])
    },
  )

  it.each([301, 302, 303, 307, 308])('a redirect is not followed (%i)', async (status) => {
    await using elsewhere = await cardServer(json({ data: { number_token: 'stolen' } }))
    await using server = await cardServer(
      (response) => void response.writeHead(status, { location: new URL('/api/tokenize', elsewhere.url).href }).end(),
    )
    expect(await errorOf({ server: server.url })).toMatchObject({ code: 'redirected', status })
    expect([server.received.length, elsewhere.received.length]).toEqual([1, 0])
  })

  it('ends with the reason of the caller’s own signal', async () => {
    const reason = new Error('the customer closed the page')
    expect(await errorOf({ server: 'sandbox', signal: AbortSignal.abort(reason) })).toBe(reason)
    const abort = new AbortController()
    await using server = await cardServer(() => abort.abort(reason))
    expect(await errorOf({ server: server.url, signal: abort.signal })).toBe(reason)
    const late = new AbortController()
    await using slow = await cardServer((response) => {
      response.writeHead(200).write('{')
      setImmediate(() => late.abort(reason))
    })
    expect(await errorOf({ server: slow.url, signal: late.signal })).toBe(reason)
  })
})

/** Says how long it is, and ends before. */
function cut(response: ServerResponse): void {
  response.writeHead(200, { 'content-length': '1000' }).write('{"data":', () => response.destroy())
}

function spyOnConsole(): () => string[] {
  const methods = ['log', 'info', 'warn', 'error', 'debug'] as const
  const spies = methods.map((method) => vi.spyOn(console, method))
  return () => spies.flatMap((spy) => spy.mock.calls.map((call) => inspect(call)))
}

function printings(error: unknown): string[] {
  const own = error instanceof Error ? [error.stack ?? '', String(error.cause)] : []
  return [String(error), JSON.stringify(error), inspect(error, { depth: null, showHidden: true }), ...own]
}
