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
  ['/pt-BR/', 'Buscar', 'requisição', '/pt-BR/'],
  // As many type it, without the marks of its letters.
  ['/pt-BR/', 'Buscar', 'renovacao', '/pt-BR/'],
])('finds what a reader of %s looks for, with %s: %s', async (path, button, words, found) => {
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

it.each([
  '/providers/bling.html',
  '/guide/core.html',
  '/recipes/from-efi-sdk.html',
  '/reference/core.html',
  '/playground.html',
])('leads from %s to the same page in the other language, and back', async (path) => {
  await using opened = await open(path, { size: 'desktop', colorScheme: 'light' })
  const { page } = opened
  await page.getByRole('button', { name: 'Change language' }).hover()
  await page.getByRole('link', { name: 'Português' }).click()
  await page.waitForURL(`**/pt-BR${path}`)
  // The page changes after its address does.
  await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('pt-BR')
  await page.getByRole('button', { name: 'Mudar de idioma' }).hover()
  await page.getByRole('link', { name: 'English' }).click()
  await page.waitForURL((url) => url.pathname === path)
  await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('en')
  expect([opened.foreign, opened.errors]).toEqual([[], []])
})

it('changes the language on a phone, from its menu', async () => {
  await using opened = await open('/guide/core.html', { size: 'phone', colorScheme: 'light' })
  const { page } = opened
  await page.getByRole('button', { name: 'mobile navigation' }).click()
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('link', { name: 'Português' }).click()
  await page.waitForURL('**/pt-BR/guide/core.html')
  await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('pt-BR')
})

it.each([
  ['/gone', 'The address may have changed. Try the search.', '/'],
  ['/pt-BR/gone', 'O endereço pode ter mudado. Tente a busca.', '/pt-BR/'],
])('says at %s that the page is not there, and leads to the first one', async (path, says, home) => {
  await using opened = await open(path, { size: 'phone', colorScheme: 'light' })
  const { page } = opened
  await expect.poll(() => page.locator('.NotFound').textContent()).toContain(says)
  await page.locator('.NotFound a').click()
  await page.waitForURL((url) => url.pathname === home)
  expect(opened.foreign).toEqual([])
})

it('goes dark without breaking its content security policy', async () => {
  await using opened = await open('/', { size: 'desktop', colorScheme: 'light' })
  const { page } = opened
  await page.getByRole('switch').first().click()
  await expect.poll(() => page.locator('html').getAttribute('class')).toContain('dark')
  expect(opened.errors).toEqual([])
})
