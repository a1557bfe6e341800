import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { describeWith, startChromium } from '@chaveiro/test-servers'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { createAdmin } from '../../src/admin.ts'
import { adjustableClock, type BitizeSimulator, simulateBitize, simulateGenpag } from '../../src/index.ts'
import { listen, type SimulatorServer } from '../../src/server.ts'
import { type BitizeClient, createClient } from '../bitize-client.ts'

type Browser = Awaited<ReturnType<typeof startChromium>>
type Page = Awaited<ReturnType<Browser['newPage']>>

describeWith(['chromium'], 'the page, in Chromium', () => {
  let browser: Browser
  let bitize: BitizeSimulator
  let client: BitizeClient
  let server: SimulatorServer
  let pages: Page[] = []
  const asked = new Set<string>()
  const complaints: string[] = []

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    const clock = adjustableClock()
    bitize = simulateBitize({ clock })
    const genpag = simulateGenpag({ clock })
    server = await listen(bitize, { admin: createAdmin({ simulators: { bitize, genpag }, clock }) })
    client = createClient(fetch, server.url, bitize.credentials)
  })
  afterEach(async () => {
    await Promise.all(pages.map((page) => page.context().close()))
    pages = []
    await server.close()
    const origins = [...asked]
    asked.clear()
    const wrong = [...complaints.splice(0), ...origins.filter((origin) => origin !== server.url.origin)]
    if (wrong.length > 0) throw new Error(`The page complained, or asked another host: ${wrong.join(', ')}`)
  })

  const open = async (options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> => {
    const page = await (await browser.newContext({ locale: 'en-US', ...options })).newPage()
    pages.push(page)
    page.on('request', (request) => asked.add(new URL(request.url()).origin))
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(new URL('/__simulator', server.url).href)
    await page.getByText(/^(?:live|ao vivo)$/).waitFor()
    return page
  }

  it('shows requests as they come, tokens as bars, and who waits for whom', async () => {
    const page = await open()
    const { access_token, refresh_token } = await client.tokens()
    await page.getByRole('cell', { name: 'issued token 1.1' }).waitFor()
    await page.getByRole('progressbar', { name: /Access token 1\.1: 23 h 59 min left/ }).waitFor()
    bitize.expire()
    await client.api('/vendors', access_token)
    await client.api('/vendors', access_token)
    bitize.faults.next({ kind: 'hang' })
    const refreshed = client.refresh(refresh_token)
    await page
      .getByRole('listitem')
      .filter({ hasText: '2 requests refused' })
      .getByText('replacing token 1.1 …')
      .waitFor()
    await page.getByRole('button', { name: /^Clear: hang/ }).click()
    const { access_token: later } = await (await refreshed).json()
    await client.api('/vendors', later)
    const row = page.getByRole('listitem').filter({ hasText: 'bitize: token 1.1 → 1.2' })
    await row.getByText('1 request served').waitFor()
    expect(bitize.requests).toHaveLength(5)
    const text = await page.content()
    for (const secret of bitize.revealSecrets()) expect(text).not.toContain(secret)
  })

  it('lets faults happen and time pass, with the keyboard alone, and says so to a screen reader', async () => {
    const page = await open()
    const press = async (name: string): Promise<void> => {
      await page.getByRole('button', { name, exact: true }).focus()
      await page.keyboard.press('Enter')
    }
    await page.getByLabel('Provider').selectOption('bitize')
    await press('503')
    await page.getByRole('status').getByText('The next request meets 503 (bitize).').waitFor({ state: 'attached' })
    await page.getByText('503, bitize: 1 more').waitFor()
    expect((await client.authenticate()).status).toBe(503)
    await page.getByText('No fault is waiting.').waitFor()
    const { access_token } = await client.tokens()
    await press('1 day passes')
    await page.getByText('(1 d ahead)').waitFor()
    expect((await client.api('/vendors', access_token)).status).toBe(401)
    await press('Start again')
    await page.getByText('(1 d ahead)').waitFor({ state: 'detached' })
    expect(bitize.requests).toEqual([])
  })

  it('speaks Portuguese to a browser that does, and keeps the language that was chosen', async () => {
    const page = await open({ locale: 'pt-BR' })
    await page.getByRole('heading', { name: 'Simulador do Chaveiro' }).waitFor()
    await client.api('/vendors', undefined)
    await page.getByRole('cell', { name: 'sem token de acesso' }).waitFor()
    await page.getByLabel('Idioma').selectOption('en')
    await page.getByRole('cell', { name: 'no access token' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Chaveiro simulator' }).waitFor()
    expect(await page.evaluate('document.documentElement.lang')).toBe('en')
  })

  it.each([
    ['a phone, light', { viewport: { width: 390, height: 844 }, colorScheme: 'light' }],
    ['a phone, dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
    ['a desktop, light', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
    ['a desktop, dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
  ] as const)('is accessible on %s, and no wider than the screen', async (_, options) => {
    const { access_token } = await client.tokens()
    await client.api('/vendors', access_token)
    await client.api('/vendors', 'unknown')
    bitize.faults.next({ kind: 'reset' })
    // axe is put into the page by the test, which the policy of the page would not let any script do.
    const page = await open({ ...options, bypassCSP: true })
    await page.getByText('reset, bitize: 1 more').waitFor()
    await page.addScriptTag({ content: await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8') })
    const violations: unknown = await page.evaluate(
      `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))`,
    )
    expect(violations).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  })

  it('lets nothing but its own files into the page', async () => {
    const page = await open()
    const isRefused = await page.evaluate(`
      new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ blockedURI }) => resolve(blockedURI))
        document.head.append(Object.assign(document.createElement('script'), { src: 'https://elsewhere.example/x.js' }))
      })`)
    expect(isRefused).toBe('https://elsewhere.example/x.js')
    expect(complaints.splice(0).join()).toContain('Content Security Policy')
    // The browser tells of it, and sends nothing.
    asked.delete('https://elsewhere.example')
  })
})
