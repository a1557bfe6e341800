import { entrySize, SIZE_BUDGETS } from '@chaveiro/bench/size'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { holdsKeys, LIBRARIES, PROJECT } from './installed.ts'

describe.each([...SIZE_BUDGETS])('$entry', (budget) => {
  it('keeps to its budget', async () => {
    const { bytes, modules } = await entrySize(budget, PROJECT)
    expect(bytes).toBeGreaterThan(0)
    const largest = modules.slice(0, 10).map((module) => `${module.bytes} ${module.path}`)
    expect(bytes, `The largest modules, minified:\n${largest.join('\n')}\n`).toBeLessThanOrEqual(budget.atMostBytes)
  })
})

it('every provider has a budget', () => {
  const budgeted = SIZE_BUDGETS.map(({ entry }) => entry)
  const providers = LIBRARIES.filter(holdsKeys).map(({ name }) => name)
  expect(providers.filter((name) => !budgeted.includes(name))).toEqual([])
})

// A page may look at errors without a client. docs/decisions/bundles.md has the bytes that are left beside the function.
it.each([
  ["import '@chaveiro/core'", 0],
  ["export { isChaveiroError } from '@chaveiro/core'", 1_100],
])('of %s, a bundle gets at most %i bytes', async (contents, atMostBytes) => {
  const stdin = { contents, resolveDir: PROJECT }
  const { outputFiles } = await build({
    stdin,
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    logLevel: 'error',
  })
  expect(outputFiles[0]?.contents.byteLength).toBeLessThanOrEqual(atMostBytes)
})
