import type { IncomingMessage, RequestListener } from 'node:http'
import type { TokenManagerOptions } from '@chaveiro/core'
import { FakeClock } from '@chaveiro/core/testing'
import { createSealer, generateKey } from '@chaveiro/stores/sealer'
import { describeWith, startChromium } from '@chaveiro/test-servers'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { webConsent } from '../../consent/web-server.ts'
import type { OAuthClient } from '../../oauth/client-authentication.ts'
import { loopback } from '../oauth/support/loopback.ts'
import type { OidcServer } from '../oauth/support/oidc-server.ts'
import { type Asking, asking, askingServer, managerOf } from './support/asking-server.ts'
import { type Chromium, httpsShop, type Page, SHOP_HOST, type Shop } from './support/chromium-world.ts'

const TRY_AGAIN = 'The account was not connected. Try again'
const TRY_LATER = 'The account was not connected. Try again later.'

describeWith(['chromium', 'openssl'], 'the example of a web server, in Chromium', () => {
  let chromium: Chromium
  let shop: Shop
  let server: OidcServer
  let tool: Asking
  let page: Page
  let written: string[]
  let seen: number

  beforeAll(async () => {
    chromium = await startChromium({ hosts: [SHOP_HOST] })
    shop = await httpsShop()
    server = await askingServer(at('/callback'), { withPage: true })
  }, 60_000)
  afterAll(async () => {
    await chromium?.close()
    await server?.[Symbol.asyncDispose]()
    await shop?.[Symbol.asyncDispose]()
  })

  beforeEach(async () => {
    seen = server.tokenRequests.length
    shop.requests()
    tool = managerOf(asking(server))
    shop.listener = pagesOf(tool)
    page = await (await chromium.newContext({ ignoreHTTPSErrors: true })).newPage()
    await signInAs('ana')
    written = []
    vi.spyOn(console, 'error').mockImplementation((...values) => void written.push(values.map(String).join(' ')))
  })
  afterEach(async () => {
    await page.context().close()
    await tool.tokens.close()
  })

  const at = (path: string): string => `${shop.origin}${path}`
  const userOf = ({ headers }: IncomingMessage): string | undefined => /user=(\w+)/.exec(headers.cookie ?? '')?.[1]
  const pagesOf = ({ tokens }: Asking): RequestListener => webConsent({ tokens, publicOrigin: shop.origin, userOf })
  const managed = (options: Partial<TokenManagerOptions<OAuthClient>>): Asking => managerOf(asking(server), options)
  const signInAs = (user: string): Promise<void> =>
    page.context().addCookies([{ name: 'user', value: user, url: shop.origin, httpOnly: true, secure: true }])
  const shown = async (): Promise<string> => (await page.locator('body').textContent()) ?? ''
  const press = (name: 'Agree' | 'Deny'): Promise<void> => page.getByRole('button', { name }).click()
  const pendingCookie = async () => {
    const all = await page.context().cookies(at('/callback'))
    return all.find(({ name }) => name === 'pending')
  }

  async function connect(): Promise<void> {
    await page.goto(at('/connect'))
    await press('Agree')
  }

  /** A person agrees, and the callback is kept from the shop. */
  async function agreed(): Promise<{ callback: URL; pending: string }> {
    await page.goto(at('/connect'))
    const callback = await shop.caught('/callback', () => press('Agree'))
    return { callback, pending: (await pendingCookie())?.value ?? '' }
  }

  const putPending = (value: string): Promise<void> =>
    page
      .context()
      .addCookies([
        { name: 'pending', value, domain: SHOP_HOST, path: '/callback', httpOnly: true, secure: true, sameSite: 'Lax' },
      ])

  const codes = (): (string | undefined)[] => server.tokenRequests.slice(seen).map(({ error }) => error)

  it('connects the account, and shows a page whose address has no code', async () => {
    await connect()
    await page.waitForURL(at('/'))
    expect(await shown()).toBe('home')
    expect(page.url()).not.toMatch(/code|state|iss/)
    const token = await tool.tokens.account('ana').getToken()
    expect(await server.introspect(token.reveal())).toMatchObject({ active: true })
    // Nor does a page before it have one.
    await page.goBack()
    expect(page.url()).not.toContain('code=')
  })

  it('asks with PKCE by S256 and a state, and is told the issuer', async () => {
    const asked = page.waitForRequest((request) => request.url().startsWith(`${server.url.href}auth?`))
    const { callback } = await agreed()
    const query = Object.fromEntries(new URL((await asked).url()).searchParams)
    expect(query).toMatchObject({
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: callback.searchParams.get('state'),
    })
    expect(callback.searchParams.get('iss')).toBe(server.url.origin)
  })

  it('the cookie comes back from another site, to the callback only, and no script reads it', async () => {
    await page.goto(at('/connect'))
    expect(await pendingCookie()).toMatchObject({
      path: '/callback',
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
      domain: SHOP_HOST,
    })
    expect(new URL(page.url()).hostname).not.toBe(SHOP_HOST)
    await press('Agree')
    await page.waitForURL(at('/'))
    expect(await page.evaluate(() => document.cookie)).toBe('')
    expect(await pendingCookie()).toBeUndefined()
    expect(shop.requests().map(({ path, cookie }) => [path, /pending=/.test(cookie)])).toEqual([
      ['/connect', false],
      ['/callback', true],
      ['/', false],
    ])
  })

  it('a cookie with SameSite=Strict would not come back', async () => {
    const pages = pagesOf(tool)
    shop.listener = (request, response) => {
      const set = response.setHeader.bind(response)
      response.setHeader = (name, value) =>
        set(name, typeof value === 'string' ? value.replace('Lax', 'Strict') : value)
      pages(request, response)
    }
    await connect()
    expect(await shown()).toBe(TRY_AGAIN)
    expect(codes()).toEqual([])
  })

  it('a person who says no may try again at once', async () => {
    await page.goto(at('/connect'))
    await press('Deny')
    expect(await shown()).toBe(TRY_AGAIN)
    await page.getByRole('link', { name: 'Try again' }).click()
    await press('Agree')
    await page.waitForURL(at('/'))
    expect(codes()).toEqual([undefined])
  })

  it('a reload of the callback, also with its cookie put back, sends no code again', async () => {
    const { callback, pending } = await agreed()
    await page.goto(callback.href)
    expect(page.url()).toBe(at('/'))
    for (const restore of [false, true]) {
      if (restore) await putPending(pending)
      await page.goto(callback.href)
      expect(await shown()).toBe(TRY_AGAIN)
    }
    expect(codes()).toEqual([undefined])
  })

  it('a code that reaches two processes is refused by the provider the second time', async () => {
    const sealer = createSealer({ keys: [{ id: 'test', key: generateKey() }] })
    await using one = managed({ sealer })
    await using two = managed({ sealer })
    shop.listener = pagesOf(one)
    const { callback, pending } = await agreed()
    await page.goto(callback.href)
    expect(page.url()).toBe(at('/'))
    shop.listener = pagesOf(two)
    await putPending(pending)
    await page.goto(callback.href)
    expect(await shown()).toBe(TRY_AGAIN)
    expect(codes()).toEqual([undefined, 'invalid_grant'])
  })

  it('a pending consent that was tampered with is refused, and the right one stays open', async () => {
    const { callback, pending } = await agreed()
    const changed = pending.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'))
    for (const other of [changed, '', `${pending}A`]) {
      await putPending(other)
      await page.goto(callback.href)
      expect(await shown()).toBe(TRY_AGAIN)
    }
    expect(codes()).toEqual([])
    await putPending(pending)
    await page.goto(callback.href)
    expect(page.url()).toBe(at('/'))
  })

  it('a sealed one that was tampered with is refused', async () => {
    await using sealed = managed({ sealer: createSealer({ keys: [{ id: 'test', key: generateKey() }] }) })
    shop.listener = pagesOf(sealed)
    const { callback, pending } = await agreed()
    const middle = Math.floor(pending.length / 2)
    const letter = pending[middle] === 'A' ? 'B' : 'A'
    await putPending(`${pending.slice(0, middle)}${letter}${pending.slice(middle + 1)}`)
    await page.goto(callback.href)
    expect(await shown()).toBe(TRY_AGAIN)
    expect(codes()).toEqual([])
  })

  it('one that is over ten minutes old is refused', async () => {
    const clock = new FakeClock({ now: Date.now() })
    await using slow = managed({ clock })
    shop.listener = pagesOf(slow)
    const { callback } = await agreed()
    await clock.advance(600_000)
    await page.goto(callback.href)
    expect(await shown()).toBe(TRY_AGAIN)
    expect(codes()).toEqual([])
  })

  it('one of another account is refused, and connects neither', async () => {
    const { callback } = await agreed()
    await signInAs('bia')
    await page.goto(callback.href)
    expect(await shown()).toBe(TRY_AGAIN)
    expect(codes()).toEqual([])
    for (const user of ['ana', 'bia']) expect((await tool.tokens.account(user).status()).state).toBe('absent')
  })

  it("an attacker's callback does not connect the victim to the attacker's account", async () => {
    const { callback } = await agreed()
    const victim = await (await chromium.newContext({ ignoreHTTPSErrors: true })).newPage()
    try {
      await victim.context().addCookies([{ name: 'user', value: 'bia', url: shop.origin }])
      await victim.goto(at('/connect'))
      await victim.goto(callback.href)
      expect(await victim.locator('body').textContent()).toBe(TRY_AGAIN)
    } finally {
      await victim.context().close()
    }
    expect(codes()).toEqual([])
  })

  it('the code of another consent is refused by PKCE', async () => {
    const first = await agreed()
    // The provider knows the person by now, and doesn't ask again.
    const second = await shop.caught('/callback', () => page.goto(at('/connect')))
    second.searchParams.set('code', first.callback.searchParams.get('code') ?? '')
    await page.goto(second.href)
    expect(await shown()).toBe(TRY_AGAIN)
    expect(codes()).toEqual(['invalid_grant'])
  })

  it('leads to no address that came along: it is not an open redirector', async () => {
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).hostname))
    await page.goto(at('/connect?next=https://evil.example/&redirect_uri=https://evil.example/&return=//evil.example'))
    const callback = await shop.caught('/callback', () => press('Agree'))
    for (const name of ['next', 'return_to', 'redirect_uri', 'error_uri']) {
      callback.searchParams.set(name, 'https://evil.example/<script>')
    }
    await page.goto(callback.href)
    expect(page.url()).toBe(at('/'))
    await page.goto(callback.href)
    expect(await page.content()).not.toMatch(/evil|script/)
    expect(new Set(asked)).toEqual(new Set([SHOP_HOST, server.url.hostname]))
  })

  it('a callback with a parameter twice is refused, and its code not sent', async () => {
    const { callback, pending } = await agreed()
    for (const name of ['code', 'state', 'iss', 'extra']) {
      const twice = new URL(callback)
      for (const _ of [1, 2]) twice.searchParams.append(name, twice.searchParams.get(name) ?? 'x')
      await putPending(pending)
      await page.goto(twice.href)
      expect(await shown()).toBe(TRY_LATER)
    }
    expect(codes()).toEqual([])
    await putPending(pending)
    await page.goto(callback.href)
    expect(page.url()).toBe(at('/'))
  })

  it('a callback with another state, another issuer or none is refused before its code leaves', async () => {
    const { callback, pending } = await agreed()
    for (const [name, value, text] of [
      ['state', 'x'.repeat(43), TRY_AGAIN],
      ['iss', 'https://evil.example', TRY_LATER],
      ['iss', undefined, TRY_LATER],
    ] as const) {
      const changed = new URL(callback)
      changed.searchParams.delete(name)
      if (value !== undefined) changed.searchParams.set(name, value)
      await putPending(pending)
      await page.goto(changed.href)
      expect(await shown()).toBe(text)
    }
    expect(codes()).toEqual([])
  })

  it('a mixed-up provider gets no code of the one that it sends the person on to', async () => {
    const received: string[] = []
    await using evil = await loopback(() => (request, response) => {
      received.push(request.url ?? '')
      const { search } = new URL(request.url ?? '', server.url)
      response.writeHead(303, { location: `${new URL('/auth', server.url)}${search}` }).end()
    })
    await using fooled = managerOf(
      asking(server, {
        id: 'evil',
        authorizationEndpoint: new URL('/auth', evil.url),
        tokenEndpoint: new URL('/token', evil.url),
        issuer: { url: evil.url.origin, inCallback: 'always' },
      }),
    )
    shop.listener = pagesOf(fooled)
    await connect()
    expect(await shown()).toBe(TRY_LATER)
    expect(received).toEqual([expect.stringMatching(/^\/auth\?/)])
    expect(codes()).toEqual([])
  })

  it('writes what failed and for whom, without a code, a state or a token', async () => {
    const { callback } = await agreed()
    const secrets = ['code', 'state'].map((name) => callback.searchParams.get(name) ?? '')
    callback.searchParams.set('iss', 'https://evil.example')
    await page.goto(callback.href)
    expect(written).toEqual([expect.stringContaining('asking, account "ana"')])
    for (const secret of secrets) expect(written.join()).not.toContain(secret)
  })
})
