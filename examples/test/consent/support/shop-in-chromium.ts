import type { IncomingMessage, RequestListener } from 'node:http'
import type { TokenManagerOptions } from '@chaveiro/core'
import type { OAuthInputs } from '@chaveiro/oauth'
import { startChromium } from '@chaveiro/test-servers'
import type { OidcServer } from '@chaveiro/test-servers/oauth'
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest'
import { webConsent } from '../../../consent/web-server.ts'
import { type Asking, asking, askingServer, managerOf } from './asking-server.ts'
import { type Chromium, httpsShop, type Page, SHOP_HOST, type Shop } from './chromium-world.ts'

export const TRY_AGAIN = 'The account was not connected. Try again'
export const TRY_LATER = 'The account was not connected. Try again later.'

/** The example of a web server on its own site, a provider on another, and a person called ana at Chromium. */
export interface ShopInChromium {
  readonly chromium: Chromium
  readonly shop: Shop
  readonly server: OidcServer
  /** What the shop has the tokens of. */
  readonly tool: Asking
  readonly page: Page
  /** What the shop wrote to its log in this test. */
  readonly written: readonly string[]
  readonly at: (path: string) => string
  /** The shop's pages with another manager. */
  readonly pagesOf: (tool: Asking) => RequestListener
  readonly managed: (options: Partial<TokenManagerOptions<OAuthInputs>>) => Asking
  readonly signInAs: (user: string) => Promise<void>
  /** The text of the page. */
  readonly shown: () => Promise<string>
  readonly press: (name: 'Agree' | 'Deny') => Promise<void>
  readonly connect: () => Promise<void>
  /** A person agrees, and the callback is kept from the shop. */
  readonly agreed: () => Promise<{ callback: URL; pending: string }>
  readonly pendingCookie: () => Promise<Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>[number] | undefined>
  readonly putPending: (value: string) => Promise<void>
  /** What the token requests of this test came to: an error, or `undefined`. */
  readonly codes: () => (string | undefined)[]
}

/** For the tests of one file, or of one group in it. */
export function shopInChromium(): ShopInChromium {
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
  const managed = (options: Partial<TokenManagerOptions<OAuthInputs>>): Asking => managerOf(asking(server), options)
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

  return {
    get chromium() {
      return chromium
    },
    get shop() {
      return shop
    },
    get server() {
      return server
    },
    get tool() {
      return tool
    },
    get page() {
      return page
    },
    get written() {
      return written
    },
    at,
    pagesOf,
    managed,
    signInAs,
    shown,
    press,
    connect,
    agreed,
    pendingCookie,
    putPending,
    codes,
  }
}
