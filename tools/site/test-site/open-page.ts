import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'

/** The sizes that pages are looked at in. */
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } } as const

/** How a reader looks at a page. */
export interface Look {
  readonly size: keyof typeof SIZES
  readonly colorScheme: 'light' | 'dark'
  /** @default 'no-preference' */
  readonly reducedMotion?: 'reduce' | 'no-preference'
}

/** Every look that pages have to pass. */
export const LOOKS: readonly Look[] = [
  { size: 'phone', colorScheme: 'light' },
  { size: 'phone', colorScheme: 'dark' },
  { size: 'desktop', colorScheme: 'light' },
  { size: 'desktop', colorScheme: 'dark' },
]

/** A page in a window of its own, with what it asked other hosts for and what went wrong in it. */
export interface OpenedPage extends AsyncDisposable {
  readonly page: Page
  readonly foreign: readonly string[]
  readonly errors: readonly string[]
}

/** Opens a page of the site. */
export async function openPage(
  browser: Browser,
  origin: string,
  path: string,
  { size, colorScheme, reducedMotion = 'no-preference' }: Look,
): Promise<OpenedPage> {
  const context = await browser.newContext({ viewport: SIZES[size], colorScheme, reducedMotion })
  const page = await context.newPage()
  const foreign: string[] = []
  const errors: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) foreign.push(request.url())
  })
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  await page.goto(origin + path, { waitUntil: 'networkidle' })
  return { page, foreign, errors, [Symbol.asyncDispose]: () => context.close() }
}

/** What axe-core finds in a page, a line each. */
export async function findings(page: Page): Promise<readonly string[]> {
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

/** By how many pixels a page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
}
