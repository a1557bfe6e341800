import { startChromium } from '@chaveiro/test-servers'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findings, LOOKS, type Look, type OpenedPage, openPage, overflow } from './open-page.ts'
import { serveSite } from './serve-site.ts'

const ON_DESKTOP: Look = { size: 'desktop', colorScheme: 'light', reducedMotion: 'reduce' }

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

const open = (look: Look = ON_DESKTOP, path = '/playground.html'): Promise<OpenedPage> =>
  openPage(browser, site.origin, path, look)

/** The scene below a heading. */
const scene = (page: Page, id: string) => page.locator(`h2#${id} + p + .scene`)

/** A picture as a whole: browsers count each SVG in it as one too. */
const drawing = (one: Locator) => one.locator('.scene-drawing[role=img]')

/** Fills in the fields of a scene, runs it, and returns what the live region says. */
async function run(page: Page, id: string, fields: Readonly<Record<string, string>>): Promise<string> {
  const stage = scene(page, id)
  for (const [label, value] of Object.entries(fields)) await stage.getByLabel(label, { exact: true }).fill(value)
  await stage.locator('form').getByRole('button').click()
  const status = stage.getByRole('status')
  await expect.poll(() => status.textContent()).toMatch(/\./)
  return (await status.textContent()) ?? ''
}

/** Every scene plays by itself when it is seen: look at each. */
async function seeAll(page: Page): Promise<void> {
  for (const one of await page.locator('.scene').all()) {
    await one.scrollIntoViewIfNeeded()
    await drawing(one).waitFor()
  }
}

it.each([
  ['many-callers', {}, '1,000 callers, 1 token call, 1,000 API requests. Every caller was answered.'],
  ['many-callers', { Callers: '3' }, '3 callers, 1 token call, 3 API requests. Every caller was answered.'],
  [
    'all-rejected',
    {},
    '1,000 callers, 2 token calls, 2,000 API requests, of which 1,000 were rejected with 401. Every caller was answered.',
  ],
  ['hours-pass', {}, '1,000 callers, 2 token calls, 1,000 API requests. Every caller was answered.'],
  ['hours-pass', { Hours: '0', Callers: '7' }, '7 callers, 1 token call, 7 API requests. Every caller was answered.'],
  ['processes', {}, '500 callers, 1 token call, 500 API requests. Every caller was answered.'],
  [
    'processes',
    { Processes: '8', 'Callers in each process': '10' },
    '80 callers, 1 token call, 80 API requests. Every caller was answered.',
  ],
])('plays the scene %s with %o', async (id, fields, says) => {
  await using opened = await open()
  const { page } = opened
  expect(await run(page, id, fields)).toBe(says)
  // The figures and the picture's name say the same.
  const figures = await scene(page, id).locator('dd').allTextContents()
  expect(says.startsWith(`${figures[0]} caller`)).toBe(true)
  expect(await drawing(scene(page, id)).getAttribute('aria-label')).toBe(says)
  expect([opened.foreign, opened.errors]).toEqual([[], []])
})

it.each(['0', '-1', '1e9', '2001', 'abc', ''])('says what a field takes instead of %j', async (typed) => {
  await using opened = await open()
  const { page } = opened
  const stage = scene(page, 'many-callers')
  const before = await run(page, 'many-callers', { Callers: '5' })
  const field = stage.getByLabel('Callers', { exact: true })
  await field.fill(typed)
  await stage.locator('form').getByRole('button').click()
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
  const hint = page.locator(`#${await field.getAttribute('aria-describedby')}`)
  expect(await hint.textContent()).toBe('Enter a whole number from 1 to 2,000, digits only.')
  expect(await drawing(stage).getAttribute('aria-label')).toBe(before)
  expect(await findings(page)).toEqual([])
  await field.fill('6')
  await field.press('Enter')
  await expect.poll(() => stage.getByRole('status').textContent()).toMatch(/^6 callers/)
  expect(await field.getAttribute('aria-invalid')).toBe('false')
})

it('works by keyboard alone, and announces nothing that was not asked for', async () => {
  await using opened = await open()
  const { page } = opened
  await seeAll(page)
  const stage = scene(page, 'many-callers')
  expect(await stage.getByRole('status').textContent()).toBe('')
  await stage.getByLabel('Callers', { exact: true }).focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await expect.poll(() => stage.getByRole('status').textContent()).toMatch(/^1,000 callers/)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  expect(await stage.getByRole('list').first().getByRole('listitem').allTextContents()).toEqual([
    '0 ms: 1,000 callers at the same moment.',
    '0 ms to 400 ms: token call POST /auth.',
    '400 ms to 640 ms: the API answers 1,000 requests with 200.',
  ])
})

it('runs without a network once it is loaded', async () => {
  await using opened = await open()
  const { page } = opened
  await page.context().setOffline(true)
  expect(await run(page, 'hours-pass', { Hours: '49', Callers: '4' })).toMatch(/^4 callers, 2 token calls/)
  expect(opened.errors).toEqual([])
})

it('shows the code that runs', async () => {
  await using opened = await open()
  const code = await scene(opened.page, 'all-rejected').locator('pre').textContent()
  expect(code).toContain('provider.revoke()')
  expect(code).toContain("bitize.fetch('/vendors', { headers })")
})

it('stands still for readers who want less motion', async () => {
  const animations = async (reducedMotion: 'reduce' | 'no-preference') => {
    await using opened = await open({ ...ON_DESKTOP, reducedMotion })
    await seeAll(opened.page)
    return await opened.page
      .locator('.scene-lanes')
      .first()
      .evaluate((lanes) => getComputedStyle(lanes).animationName)
  }
  expect(await animations('reduce')).toBe('none')
  expect(await animations('no-preference')).toBe('scene-unroll')
})

describe.each(['/playground.html', '/pt-BR/playground.html'])('the page %s', (path) => {
  it.each(LOOKS)('is accessible with all scenes played, on a $size, $colorScheme', async (look) => {
    await using opened = await open({ ...look, reducedMotion: 'reduce' }, path)
    await seeAll(opened.page)
    expect(await findings(opened.page)).toEqual([])
    expect([opened.foreign, opened.errors]).toEqual([[], []])
    expect(await overflow(opened.page)).toBeLessThanOrEqual(0)
  })
})

it('says it in Portuguese, with its numbers', async () => {
  await using opened = await open(ON_DESKTOP, '/pt-BR/playground.html')
  expect(await run(opened.page, 'many-callers', {})).toBe(
    '1.000 chamadores, 1 chamada ao endpoint de token, 1.000 requisições à API. Todos receberam resposta.',
  )
})
