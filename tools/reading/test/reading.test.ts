import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { CASES } from '../src/cases.ts'
import { page } from '../src/page.ts'
import { type Reading, readings } from '../src/reading.ts'

describe('the engine reads in one sitting', () => {
  let found: readonly Reading[] = []
  beforeAll(async () => {
    found = await readings()
  })

  it.each(CASES)('$title enters at most $atMost files', ({ name, atMost }) => {
    const paths = found.find((one) => one.name === name)?.files.map(({ path }) => path) ?? []
    // The engine is among them, so the count can be trusted.
    expect(paths).toContain('engine/token-source.ts')
    expect(paths.length, `It enters ${paths.join(', ')}`).toBeLessThanOrEqual(atMost)
  })

  it('docs/reports/reading.md is up to date', async () => {
    const written = await readFile(new URL('../../../docs/reports/reading.md', import.meta.url), 'utf8')
    expect(written, 'Run npx --yes pnpm@12.21.0 reading').toBe(page(found))
  })
})
