import { readdirSync } from 'node:fs'
import { startChromium } from '@chaveiro/test-servers'
import axe from 'axe-core'
import { LinkChecker } from 'linkinator'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } } as const

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

/** Opens a page in a window of its own, and collects what it asks other hosts for and what goes wrong in it. */
async function open(path: string, look: { size: keyof typeof SIZES; colorScheme: 'light' | 'dark' }) {
  const context = await browser.newContext({ viewport: SIZES[look.size], colorScheme: look.colorScheme })
  const page = await context.newPage()
  const foreign: string[] = []
  const errors: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(site.origin) && !request.url().startsWith('data:')) foreign.push(request.url())
  })
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  await page.goto(site.origin + path, { waitUntil: 'networkidle' })
  return { page, foreign, errors, [Symbol.asyncDispose]: () => context.close() }
}

/** What axe-core finds in a page, a line each. */
async function findings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } = Reflect.get(
      window,
      'axe',
    )
    const { violations } = await axe.run()
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
  })
}

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
  it.each([
    ['phone', 'light'],
    ['phone', 'dark'],
    ['desktop', 'light'],
    ['desktop', 'dark'],
  ] as const)('is accessible and asks no other host, on a %s, %s', async (size, colorScheme) => {
    await using opened = await open(path, { size, colorScheme })
    expect(await findings(opened.page)).toEqual([])
    expect([opened.foreign, opened.errors]).toEqual([[], []])
    const wider = await opened.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(wider).toBeLessThanOrEqual(0)
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
