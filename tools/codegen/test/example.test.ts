import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generateAll } from '../src/index.ts'
import { publishedProvider, repository } from './temporary-repository.ts'

// Its program is run in examples/test/oauth. `vitest -u` rewrites it.
test('the example of a standard provider is what its spec gives', async () => {
  const specs = await publishedProvider('gateway')
  await specs.write('packages/acme/package.json', '{ "name": "published" }\n')
  for (const file of ['openapi.yaml', 'SOURCES.md']) {
    const path = `specs/acme/${file}`
    await specs.write(path, await readFile(join(repository, 'examples/oauth', path), 'utf8'))
  }

  const { files } = await generateAll({ root: specs.root })

  const generated = 'packages/acme/src/generated/'
  const own = [...files].filter(([path]) => path.startsWith(generated))
  expect(own.map(([path]) => path.slice(generated.length)).sort()).toEqual(['facts.ts', 'provider.ts', 'schema.ts'])
  for (const [path, text] of own) {
    await expect(text).toMatchFileSnapshot(join(repository, 'examples/oauth/acme', path.slice(generated.length)))
  }
})
