import { once } from 'node:events'
import { createServer } from 'node:http'
import { type Fault, type GenpagSimulator, simulateGenpag } from '@chaveiro/simulator'
import { listen, type SimulatorServer } from '@chaveiro/simulator/server'
import { describeWith, startChromium } from '@chaveiro/test-servers'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { bundle } from '../support/bundle.ts'
import { type CardServer, cardServer, json } from '../support/card-server.ts'

const CARD = '4444333322221111'

describeWith(['chromium'], 'a page in Chromium, of another origin than Genpag', () => {
  let browser: Awaited<ReturnType<typeof startChromium>>
  let shop: CardServer
  let simulator: GenpagSimulator
  let genpag: SimulatorServer
  let page: Awaited<ReturnType<typeof browser.newPage>>
  let printed: string[]

  beforeAll(async () => {
    const use = `import * as card from '@chaveiro/genpag/card'; globalThis.chaveiro = card`
    const { code } = await bundle(use, { platform: 'browser', format: 'iife' })
    shop = await cardServer((response) =>
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end(`<!doctype html><title>Loja</title><script>${code.replaceAll('</script', '<\\/script')}</script>`),
    )
    browser = await startChromium()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await shop?.[Symbol.asyncDispose]()
  })

  beforeEach(async () => {
    simulator = simulateGenpag()
    genpag = await listen(simulator)
    page = await browser.newPage()
    printed = []
    page.on('console', (message) => printed.push(message.text()))
    page.on('pageerror', (error) => printed.push(String(error)))
    await page.goto(shop.url.href)
  })
  afterEach(async () => {
    await page.context().close()
    await genpag.close()
  })

  /** What the page gets: the card token, or the error as it prints. */
  const tokenize = (options: { server?: string; clientToken?: string; cardNumber?: string } = {}) => {
    const { clientToken = '' } = simulator.credentials
    const given = { server: genpag.url.href, clientToken, cardNumber: CARD, ...options }
    return page.evaluate(async ({ server, ...rest }) => {
      const { tokenizeCard } = Reflect.get(globalThis, 'chaveiro')
      try {
        return { token: await tokenizeCard({ server: new URL(server), ...rest }) }
      } catch (error) {
        const { name, code, status, stack } = Object(error)
        return {
          name,
          code,
          status,
          text: [String(error), stack, JSON.stringify(error)].join(),
          isType: error instanceof TypeError,
        }
      }
    }, given)
  }

  it('gets a card token: one preflight, one call, with the client token alone [G10, G11, G13, G14]', async () => {
    expect(await tokenize()).toEqual({ token: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) })
    expect(simulator.requests.map(({ operation, status }) => [operation, status])).toEqual([
      ['preflightTokenizeCard', 204],
      ['tokenizeCard', 200],
    ])
    expect(new URL(shop.url).origin).not.toBe(genpag.url.origin)
  })

  it('sends the number over the wire as documented, and with it nothing of the page but its origin [G13]', async () => {
    const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'authorization, content-type' }
    await using server = await cardServer((response) => {
      for (const [name, value] of Object.entries(cors)) response.setHeader(name, value)
      json({ data: { number_token: 'token' } })(response)
    })
    // Cookies know no ports: without being told to leave it, the browser would send this one along.
    await page.context().addCookies([{ name: 'session', value: 'of-the-shop', url: server.url.href }])
    expect(await tokenize({ server: server.url.href, clientToken: 'client/token+==' })).toEqual({ token: 'token' })
    expect(server.received.map(({ line }) => line)).toEqual(['OPTIONS /api/tokenize', 'POST /api/tokenize'])
    const sent = server.received[1]
    expect(sent).toMatchObject({
      headers: { authorization: 'client/token+==', 'content-type': 'application/json', origin: shop.url.origin },
      body: `{"card_number":"${CARD}"}`,
    })
    expect([sent?.headers.cookie, sent?.headers.referer]).toEqual([undefined, undefined])
  })

  it('keeps nothing behind: no storage, cookie, cache, database, history or console line', async () => {
    await tokenize()
    await tokenize({ clientToken: 'wrong' })
    const left = await page.evaluate(async () => ({
      stored: localStorage.length + sessionStorage.length,
      cookie: document.cookie,
      caches: await caches.keys(),
      databases: await indexedDB.databases(),
      address: location.href,
      history: history.length,
      entries: JSON.stringify(performance.getEntries()),
    }))
    expect(left).toMatchObject({ stored: 0, cookie: '', caches: [], databases: [], address: shop.url.href })
    expect(left.entries).not.toContain(CARD)
    // Chromium's own line about a 401 names the address and the status, nothing else.
    for (const text of printed) expect(text).not.toMatch(/4444|wrong|simulated/)
  })

  it.each<[Fault, object]>([
    [
      { kind: 'status', status: 500 },
      { code: 'unavailable', status: 500 },
    ],
    [
      { kind: 'status', status: 503, retryAfter: 0 },
      { code: 'unavailable', status: 503 },
    ],
    [
      { kind: 'status', status: 429, retryAfter: 0 },
      { code: 'throttled', status: 429 },
    ],
    [
      { kind: 'status', status: 422 },
      { code: 'refused', status: 422 },
    ],
    [{ kind: 'html' }, { code: 'malformed-response' }],
    [{ kind: 'missing-field', field: 'data' }, { code: 'malformed-response' }],
  ])('repeats nothing when it meets %j: one call, one error with a code', async (fault, expected) => {
    simulator.faults.next({ ...fault, operation: 'tokenizeCard' })
    const outcome = await tokenize()
    expect(outcome).toMatchObject({ name: 'CardTokenError', ...expected })
    expect(outcome.text).not.toMatch(/4444|simulated/)
    expect(simulator.count('tokenizeCard')).toBe(1)
  })

  it('hears of a refused client token, whose value appears nowhere', async () => {
    const outcome = await tokenize({ clientToken: 'canary-client-token' })
    expect(outcome).toMatchObject({ name: 'CardTokenError', code: 'client-token-refused', status: 401 })
    expect(outcome.text).not.toMatch(/canary|4444/)
    expect(simulator.count('tokenizeCard')).toBe(1)
  })

  it('follows no redirect, even to a server that would take the number', async () => {
    await using elsewhere = await cardServer((response) => {
      response.setHeader('access-control-allow-origin', '*').setHeader('access-control-allow-headers', '*')
      json({ data: { number_token: 'stolen' } })(response)
    })
    simulator.faults.next({ kind: 'redirect', location: elsewhere.url.href, operation: 'tokenizeCard' })
    expect(await tokenize()).toMatchObject({ name: 'CardTokenError', code: 'redirected' })
    expect(elsewhere.received).toEqual([])
  })

  it('is told so where Genpag may not be called from a page, or cannot be reached', async () => {
    await using closed = await cardServer(json({ data: { number_token: 'token' } }))
    const outcome = await tokenize({ server: closed.url.href })
    expect(outcome).toMatchObject({ name: 'CardTokenError', code: 'unavailable' })
    expect(outcome.text).toContain('CORS')
    expect(outcome.text).not.toContain('4444')
    // The browser asked first and was not let through, so the number never left it.
    expect(closed.received.map(({ line }) => line)).toEqual(['OPTIONS /api/tokenize'])
    expect(await tokenize({ server: `http://127.0.0.1:${await unusedPort()}/` })).toMatchObject({ code: 'unavailable' })
  })

  it('sends no number that has a mistake in it', async () => {
    const outcome = await tokenize({ cardNumber: '4444 3333 2222 1112' })
    expect(outcome).toMatchObject({ name: 'CardNumberError', code: 'card-number', isType: true })
    expect(outcome.text).not.toMatch(/4444|1112/)
    expect(simulator.count()).toBe(0)
  })

  it('gets no seller’s client: its build fails, because the refresh token belongs on a server', async () => {
    const build = bundle(`export { createGenpag } from '@chaveiro/genpag'`, { platform: 'browser' })
    await expect(build).rejects.toThrow('this_package_holds_a_refresh_token_and_runs_on_a_server_only')
  })
})

/** A port without a listener. */
async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}
