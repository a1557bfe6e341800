import { readdirSync } from 'node:fs'
import { startChromium } from '@chaveiro/test-servers'
import { LinkChecker } from 'linkinator'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findings, LOOKS, type Look, type OpenedPage, openPage, overflow } from './open-page.ts'
import { SITE, serveSite } from './serve-site.ts'

const PAGES = [
  '/',
  '/guide/start.html',
  '/guide/core.html',
  '/providers/',
  '/providers/bling.html',
  '/recipes/from-bling-code.html',
  '/reference/core-retry.html',
  '/decisions/',
  '/reports/scenarios.html',
  '/pt-BR/',
  '/pt-BR/guide/start.html',
  '/pt-BR/providers/',
  '/pt-BR/providers/efi.html',
  '/pt-BR/decisions/',
]

let browser: Browser
let site: Awaited<ReturnType<typeof serveSite>>

beforeAll(async () => {
  browser = await startChromium()
  site = await serveSite()
})

afterAll(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
})

const open = (path: string, look: Look): Promise<OpenedPage> => openPage(browser, site.origin, path, look)

it('has no link that leads nowhere, within pages too', async () => {
  const { links, passed } = await new LinkChecker().check({
    path: `${site.origin}/`,
    recurse: true,
    checkFragments: true,
    concurrency: 20,
    linksToSkip: async (link) => !link.startsWith(site.origin),
  })
  const broken = links.filter(({ state }) => state === 'BROKEN').map(({ url, parent }) => `${parent} → ${url}`)
  expect(broken).toEqual([])
  expect(passed).toBe(true)
  // Each page was reached from the first one.
  const reached = new Set(links.map(({ url }) => new URL(url).pathname.replace(/(?:index)?\.html$|\/index$/, '')))
  const files = readdirSync(SITE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'))
  const pages = files.map((file) => `/${file}`.replace(/(?:index)?\.html$/, ''))
  expect(pages.length).toBeGreaterThan(100)
  expect(pages.filter((page) => !reached.has(page) && page !== '/404')).toEqual([])
})

describe.each(PAGES)('the page %s', (path) => {
  it.each(LOOKS)('is accessible and asks no other host, on a $size, $colorScheme', async (look) => {
    await using opened = await open(path, look)
    expect(await findings(opened.page)).toEqual([])
    expect([opened.foreign, opened.errors]).toEqual([[], []])
    expect(await overflow(opened.page)).toBeLessThanOrEqual(0)
  })
})

it.each([
  ['/', 'Search', 'single-use refresh token', '/'],
  ['/pt-BR/', 'Buscar', 'certificado', '/pt-BR/'],
])('finds what a reader of %s looks for', async (path, button, words, found) => {
  await using opened = await open(path, { size: 'desktop', colorScheme: 'light' })
  const { page } = opened
  await page.getByRole('button', { name: button }).click()
  await page.getByRole('searchbox').fill(words)
  const first = page.getByRole('option').first().getByRole('link')
  await first.waitFor()
  expect(await first.getAttribute('href')).toMatch(new RegExp(`^${found}`))
  await first.click()
  await page.waitForURL((url) => url.pathname.startsWith(found) && url.pathname !== path)
  expect([opened.foreign, opened.errors]).toEqual([[], []])
})

it('leads from a page to the same one in the other language', async () => {
  await using opened = await open('/providers/bling.html', { size: 'desktop', colorScheme: 'light' })
  const { page } = opened
  await page.getByRole('button', { name: 'Change language' }).hover()
  await page.getByRole('link', { name: 'Português' }).click()
  await page.waitForURL('**/pt-BR/providers/bling.html')
  // The page changes after its address does.
  await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('pt-BR')
})
