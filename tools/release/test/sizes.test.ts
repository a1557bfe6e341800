import { entrySize, SIZE_BUDGETS } from '@chaveiro/bench/size'
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
