import { describeWith, startChromium } from '@chaveiro/test-servers'
import type { OidcServer } from '@chaveiro/test-servers/oauth'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { connectOnDesktop } from '../../consent/desktop.ts'
import { type Asking, asking, askingServer, managerOf, PROGRAM, PROGRAM_PATH } from './support/asking-server.ts'
import type { Chromium, Page } from './support/chromium-world.ts'

describeWith(['chromium'], 'the example of a program on a desktop, in Chromium', () => {
  let chromium: Chromium
  let server: OidcServer
  let tool: Asking
  let page: Page

  beforeAll(async () => {
    chromium = await startChromium()
    server = await askingServer('https://app.example/callback', { withPage: true })
  }, 60_000)
  afterAll(async () => {
    await chromium?.close()
    await server?.[Symbol.asyncDispose]()
  })

  beforeEach(async () => {
    tool = managerOf(asking(server, { client: 'none' }), { credentials: () => PROGRAM })
    page = await (await chromium.newContext()).newPage()
  })
  afterEach(async () => {
    await page.context().close()
    await tool.tokens.close()
  })

  /** Goes to the page of the provider, and does this there. The program waits for it. */
  const connect = async (act: (url: string) => Promise<unknown>): Promise<void> => {
    let acted: Promise<unknown> | undefined
    await connectOnDesktop({
      account: tool.tokens.account('me'),
      path: PROGRAM_PATH,
      open: (url) => {
        acted = act(url)
        acted.catch(() => {})
      },
    }).finally(() => acted)
  }
  const press = (name: 'Agree' | 'Deny') => async (url: string) => {
    await page.goto(url)
    await page.getByRole('button', { name }).click()
  }
  const shown = async (): Promise<string> => (await page.locator('body').textContent()) ?? ''

  it('connects the account, and shows a page whose address has no code', async () => {
    await connect(press('Agree'))
    expect(await shown()).toBe('The account is connected. You can close this page.')
    const { hostname, pathname, search, hash } = new URL(page.url())
    expect([hostname, pathname, search, hash]).toEqual(['127.0.0.1', '/', '', ''])
    const token = await tool.tokens.account('me').getToken()
    expect(await server.introspect(token.reveal())).toMatchObject({ active: true })
  })

  it('shows a person who says no that nothing was connected', async () => {
    await expect(connect(press('Deny'))).rejects.toMatchObject({ code: 'reauthorization-required', consent: true })
    expect(await shown()).toBe('The account was not connected.')
    expect(page.url()).not.toContain('error')
  })

  it('shows nothing of what a callback that was made up says', async () => {
    const connected = connect(async (url) => {
      const own = new URL(new URL(url).searchParams.get('redirect_uri') ?? '')
      own.search = 'error=<script>alert(1)</script>&error_description=Your%20bank%20needs%20you&state=x'
      await page.goto(own.href)
    })
    await expect(connected).rejects.toMatchObject({ code: 'reauthorization-required' })
    expect(await page.content()).not.toMatch(/script|bank/)
    expect(await shown()).toBe('The account was not connected.')
  })
})
