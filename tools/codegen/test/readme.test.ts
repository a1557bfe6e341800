import { expect, test } from 'vitest'
import { generateAll, installLines, runCommand } from '../src/index.ts'
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
  expect(replaceBlock('<!-- facts:start -->\n\nold\n\n<!-- facts:end -->', 'facts', '')).toBe(
    '<!-- facts:start -->\n<!-- facts:end -->',
  )
})

test('install lines are found in code and in sentences, with the packages that they name', () => {
  const readme = [
    '```sh',
    'npm install --save-dev @chaveiro/bitize chaveiro@1.0.0 # both',
    '$ npx --yes pnpm@12.21.0 build',
    'npm install ../chaveiro/tarballs/*.tgz',
    'npm test',
    '```',
    'The driver is yours to install (`npm install --global redis`, or `pg`); npm install does the rest.',
  ].join('\n')
  expect(installLines(readme)).toEqual([
    {
      line: 2,
      command: 'npm install --save-dev @chaveiro/bitize chaveiro@1.0.0',
      packages: ['@chaveiro/bitize', 'chaveiro'],
    },
    { line: 3, command: 'npx --yes pnpm@12.21.0 build', packages: ['pnpm'] },
    { line: 4, command: 'npm install ../chaveiro/tarballs/*.tgz', packages: [] },
    { line: 7, command: 'npm install --global redis', packages: ['redis'] },
  ])
})

test('a README says that its packages are not on npm until their first version is set', async () => {
  const repository = await temporaryRepository()
  const manifest = (version: string): string => JSON.stringify({ name: '@chaveiro/core', version })
  const marked = (command: string): string =>
    `# Ours\n\n\`\`\`sh\n${command}\n\`\`\`\n\n<!-- release:start -->\n<!-- release:end -->\n`
  await repository.write('packages/core/package.json', manifest('0.0.0'))
  await repository.write('packages/core/README.md', marked('npm install @chaveiro/core'))
  await repository.write('packages/core/README.pt-BR.md', '# Sem instalação\n')
  await repository.write('README.pt-BR.md', marked('npm install @chaveiro/core'))
  const io = { root: repository.root, print: () => {}, printError: () => {} }

  expect(await runCommand(['generate'], io)).toBe(0)
  expect(await repository.read('packages/core/README.md')).toContain(
    '<!-- release:start -->\n\n_Not on npm yet: the first release is being prepared. Until then, ' +
      '[install from a clone](../../README.md#from-a-clone)._\n\n<!-- release:end -->',
  )
  expect(await repository.read('README.pt-BR.md')).toContain('[instale a partir de um clone](#a-partir-de-um-clone)._')

  await repository.write('packages/core/package.json', manifest('0.1.0'))
  expect((await check(repository)).lines).toEqual([
    'stale  README.pt-BR.md',
    'stale  packages/core/README.md',
    '2 files differ from the specs. Run: pnpm generate',
  ])
  expect(await runCommand(['generate'], io)).toBe(0)
  expect(await repository.read('packages/core/README.md')).toBe(marked('npm install @chaveiro/core'))
})

test('a README that installs a package of ours needs a place for what it says until the release', async () => {
  const repository = await temporaryRepository()
  await repository.write('packages/core/package.json', '{ "name": "@chaveiro/core", "version": "0.1.0" }')
  await repository.write('packages/core/README.md', 'Run `npm install @chaveiro/core`.\n')
  expect((await check(repository)).lines).toContain(
    'packages/core/README.md has no place for the release. Put <!-- release:start --> and <!-- release:end --> below its install line.',
  )
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
