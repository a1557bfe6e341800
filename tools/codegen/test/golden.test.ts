import { expect, test } from 'vitest'
import { generateAll } from '../src/index.ts'
import { temporaryRepository } from './temporary-repository.ts'

// The golden files are compiled together with the tests, so that emitted code is type-checked against the emitted
// schema and against @chaveiro/core/provider. `vitest -u` rewrites them.
test.each(['facts', 'provider', 'schema'])(
  'a spec with words that Bitize does not need gives golden/exchange/%s.ts',
  async (name) => {
    const { root } = await temporaryRepository('exchange', 'tools/codegen/test/exchange')
    const files = await generateAll({ root })

    await expect(files.get(`packages/exchange/src/generated/${name}.ts`)).toMatchFileSnapshot(
      `golden/exchange/${name}.ts`,
    )
  },
)
