import { expect, test } from 'vitest'
import { generateAll } from '../src/index.ts'
import { inventedProviders, publishedProvider } from './temporary-repository.ts'

// The golden files are compiled together with the tests, and in tests/packages by each compiler that users have, so that
// emitted code is checked against the emitted schema and against @chaveiro/core/provider. `vitest -u` rewrites them.
test.each(inventedProviders)('the spec of %s gives the golden files', async (id) => {
  const { root } = await publishedProvider(id)
  const { files, unplaced } = await generateAll({ root })

  expect(unplaced).toEqual([])
  for (const [path, text] of files) {
    // What the simulator gets is the document, of which there is a test elsewhere.
    if (path.startsWith('packages/simulator/')) continue
    const name = path.includes('/') ? path.replace(/^.*\//, '') : path.replace('README', 'PROVIDERS')
    await expect(text).toMatchFileSnapshot(`golden/${id}/${name}`)
  }
})
