import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repository } from './temporary-repository.ts'

// The longest of them has two principals and an endpoint of its own for everything.
test.each(['gateway', 'ledger', 'market', 'orchard'])('the standard provider %s is written in 60 lines', async (id) => {
  const text = await readFile(join(repository, `tools/codegen/test/specs/${id}/openapi.yaml`), 'utf8')
  const lines = text.split('\n').filter((line) => !/^\s*(#|description:|$)/.test(line))

  expect(text).toContain('standard: oauth2')
  expect(lines.length).toBeLessThanOrEqual(60)
})
