// Draws failing-sellers.png, the picture in README.md: runs the hundred sellers for some minutes, lets three of them fail one
// after the other, and takes a picture of Prometheus' own graph. Needs `prometheus` and `chromium`, and a build:
//
//   npx --yes pnpm@12.21.0 build && node examples/observability/picture.mjs
import { readFileSync, rmSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startChromium, startPrometheus } from '@chaveiro/test-servers'
import { build } from 'esbuild'

const PICTURE = fileURLToPath(new URL('failing-sellers.png', import.meta.url))
const MINUTES = 3
const PANEL = 'Failing accounts, over time'

// Node 20 reads no TypeScript.
const program = fileURLToPath(new URL('sellers.bundle.mjs', import.meta.url))
await build({
  entryPoints: [fileURLToPath(new URL('sellers.ts', import.meta.url))],
  outfile: program,
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
})
const { SELLERS, startSellers } = await import(program)
rmSync(program)

const { panels } = JSON.parse(readFileSync(new URL('dashboard.json', import.meta.url), 'utf8'))
const expression = panels.find(({ title }) => title === PANEL).targets[0].expr

const sellers = await startSellers(15_000)
const prometheus = await startPrometheus([{ job: 'sellers', port: sellers.port }])
try {
  const end = Date.now() + MINUTES * 60_000
  const plan = [
    ['seller-17', 'keys', end - 150_000],
    ['seller-42', 'outage', end - 100_000],
    ['seller-63', 'limit', end - 50_000],
  ]
  while (Date.now() < end) {
    const due = plan.filter(([, , at]) => Date.now() >= at)
    for (const [name, trouble] of due) {
      plan.shift()
      sellers.fail(name, trouble)
      process.stdout.write(`${name} fails: ${trouble}\n`)
    }
    await sellers.serve(SELLERS)
    await setTimeout(1_000)
  }
  const browser = await startChromium()
  const page = await browser.newPage({ viewport: { width: 1_180, height: 905 }, deviceScaleFactor: 2 })
  const query = new URLSearchParams({
    'g0.expr': expression,
    'g0.tab': '0',
    'g0.range_input': `${MINUTES}m`,
    'g0.step_input': '1',
  })
  await page.goto(`${prometheus.url}/graph?${query}`)
  await page.locator('.graph svg path').first().waitFor()
  // The whole expression, not its first line.
  await page.locator('textarea').evaluate((area) => {
    area.style.height = `${area.scrollHeight}px`
    area.blur()
  })
  await page.screenshot({ path: PICTURE })
  await browser.close()
  process.stdout.write(`Written: ${PICTURE}\n`)
} finally {
  await prometheus[Symbol.asyncDispose]()
  await sellers[Symbol.asyncDispose]()
}
