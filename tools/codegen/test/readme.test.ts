import { expect, test } from 'vitest'
import { generateAll, runCommand } from '../src/index.ts'
import { replaceBlock } from '../src/readme/marked-block.ts'
import { publishedProvider, type TemporaryRepository, temporaryRepository } from './temporary-repository.ts'

async function check({ root }: TemporaryRepository): Promise<{ readonly status: number; readonly lines: string[] }> {
  const lines: string[] = []
  const print = (line: string) => lines.push(line)
  return { status: await runCommand(['generate', '--check'], { root, print, printError: print }), lines }
}

test('what others wrote around a generated part stays as it is', () => {
  expect(replaceBlock('a\n<!-- facts:start -->old<!-- facts:end -->\nb', 'facts', 'new\n')).toBe(
    'a\n<!-- facts:start -->\n\nnew\n\n<!-- facts:end -->\nb',
  )
  expect(replaceBlock('<!-- facts:end --> <!-- facts:start -->', 'facts', 'new')).toBeUndefined()
})

test('--check finds a README that was edited between the markers, and no other edit', async () => {
  const repository = await publishedProvider('bitize')
  await runCommand(['generate'], { root: repository.root, print: () => {}, printError: () => {} })
  expect((await check(repository)).status).toBe(0)

  await repository.edit('packages/bitize/README.md', 'Before.', 'Something else before.')
  expect((await check(repository)).status).toBe(0)

  await repository.edit('packages/bitize/README.md', '15 minutes', '20 minutes')
  await repository.edit('README.pt-BR.md', '`GET /auth`', '`GET /token`')
  expect(await check(repository)).toEqual({
    status: 1,
    lines: [
      'stale  README.pt-BR.md',
      'stale  packages/bitize/README.md',
      '2 files differ from the specs. Run: pnpm generate',
    ],
  })
})

test('a published provider needs a README with a place for its facts', async () => {
  const repository = await publishedProvider('bitize')
  await repository.write('packages/bitize/README.md', '# Ours\n')
  await repository.remove('packages/bitize/README.pt-BR.md')
  const lines: string[] = []
  const print = (line: string) => lines.push(line)

  const status = await runCommand(['generate'], { root: repository.root, print, printError: print })

  expect(status).toBe(1)
  expect(lines).toContain('created  packages/bitize/src/generated/provider.ts')
  expect(lines.slice(-2)).toEqual([
    'packages/bitize/README.md has no place for the facts. Put <!-- facts:start --> and <!-- facts:end --> into it.',
    'packages/bitize/README.pt-BR.md is missing. Write it, with <!-- facts:start --> and <!-- facts:end --> where the facts belong.',
  ])
  expect((await check(repository)).status).toBe(1)
})

test('a README of a package that is private still has its facts, and the project’s does not name it', async () => {
  const repository = await publishedProvider('bitize')
  await repository.write('packages/bitize/package.json', '{ "private": true }')
  const { files, unplaced } = await generateAll({ root: repository.root })
  expect(unplaced).toEqual([])
  const written = [...files.keys()].filter((path) => path.endsWith('.md'))
  expect(written).toEqual(['packages/bitize/README.md', 'packages/bitize/README.pt-BR.md'])
})

test.each(['{ "private": true }', undefined])('a package with the manifest %s owes no README', async (manifest) => {
  const repository = await temporaryRepository()
  if (manifest !== undefined) await repository.write('packages/bitize/package.json', manifest)

  const { files, unplaced } = await generateAll({ root: repository.root })

  expect(unplaced).toEqual([])
  expect([...files.keys()].filter((path) => path.endsWith('.md'))).toEqual([])
})
