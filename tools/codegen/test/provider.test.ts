import { expect, test } from 'vitest'
import { emptyRepository, run } from './empty-repository.ts'
import type { TemporaryRepository } from './temporary-repository.ts'

async function begunProvider(): Promise<TemporaryRepository> {
  const temporary = await emptyRepository()
  await run(temporary, ['new-provider', 'acme', '--flow', 'keys'])
  return temporary
}

/** Every fact is looked up, and everything else that a person writes is written. */
async function finishedProvider(): Promise<TemporaryRepository> {
  const temporary = await begunProvider()
  const replaced = async (path: string, pairs: readonly (readonly [string | RegExp, string])[]) => {
    const text = await temporary.read(path)
    await temporary.write(
      path,
      pairs.reduce((one, [from, to]) => one.replaceAll(from, to), text),
    )
  }
  await replaced('specs/acme/openapi.yaml', [
    [/^# {3}PLACEHOLDER.*\n/gm, ''],
    ['PLACEHOLDER', 'SEED'],
  ])
  await replaced('specs/acme/SOURCES.md', [
    [/`PLACEHOLDER` marks[^.]*\./g, ''],
    ['PLACEHOLDER', 'SEED'],
  ])
  for (const readme of ['README.md', 'README.pt-BR.md']) {
    await replaced(`packages/acme/${readme}`, [
      ['/anything', '/orders'],
      ["`'production'`", "`'production'` (https://api.acme.example)"],
    ])
  }
  await replaced('packages/simulator/src/acme/simulate-acme.ts', [['PLACEHOLDER', 'SEED']])
  await replaced('packages/acme/package.json', [['  "private": true,\n', '']])
  for (const readme of ['README.md', 'README.pt-BR.md']) {
    await temporary.write(`packages/simulator/${readme}`, '| `simulateAcme` | `POST /auth` |\n')
  }
  await replaced('.changeset/introduce-acme.md', [[/a valid access token.*/g, 'tokens for shops.']])
  await run(temporary, ['generate'])
  return temporary
}

const BEGUN = 'spec, generated files, sources, files, format, types, tests'.split(', ')
const passed = (out: readonly string[]) => out.flatMap((text) => /^✓ (.+)/.exec(text)?.[1] ?? [])
const textAbout = (name: string, out: readonly string[]) => out.find((text) => text.startsWith(`✗ ${name}`))

test('a provider that was just begun is told what is left, where, and what to do', async () => {
  const temporary = await begunProvider()
  const { status, out, err, steps } = await run(temporary, ['provider', 'acme'])

  expect({ status, err }).toEqual({ status: 1, err: [] })
  expect(passed(out)).toEqual([...BEGUN.slice(0, 4), 'Portuguese', 'publication', ...BEGUN.slice(4)])
  expect(textAbout('placeholders', out)).toMatch(/^ {4}specs\/acme\/SOURCES\.md:\d+ {2}.*PLACEHOLDER/m)
  expect(textAbout('placeholders', out)).toMatch(/… and \d+ lines more\n {2}→ Replace each by the fact/)
  expect(textAbout('READMEs', out)).toContain('packages/acme/README.md:')
  expect(textAbout('READMEs', out)).toContain('packages/acme/README.pt-BR.md:')
  for (const readme of ['README.md', 'README.pt-BR.md']) {
    expect(textAbout('table of simulators', out)).toContain(`simulator/${readme} has no row for \`simulateAcme\``)
  }
  expect(textAbout('changeset', out)).toContain('.changeset/introduce-acme.md has the sentence it was begun with.')
  expect(out.at(-1)).toBe('\nacme needs work on 4 of 13: placeholders, READMEs, table of simulators, changeset.')
  expect(new Set(steps.map((step) => step.split(' ')[0]))).toEqual(new Set(['biome', 'tsc', 'vitest']))
})

test('nothing is missing for a finished provider', async () => {
  const temporary = await finishedProvider()
  const { status, out } = await run(temporary, ['provider', 'acme'])

  expect(out.filter((text) => text.startsWith('✗'))).toEqual([])
  expect(out.at(-1)).toContain('Nothing is missing for acme.')
  expect(status).toBe(0)
})

test('each thing that is missing is named with its place', async () => {
  const temporary = await finishedProvider()
  await temporary.edit('packages/acme/src/generated/facts.ts', 'production', 'elsewhere')
  await temporary.edit(
    'specs/acme/SOURCES.md',
    '## What each fact',
    '| FOUND | a page | today |\n\n| `A01` | SEED | a | b | | |\n\n## What each fact',
  )
  const example = { operation: 'issueToken', name: 'a token', source: 'SEED', request: {}, response: { status: 200 } }
  await temporary.write('specs/acme/examples/token.json', JSON.stringify(example))
  await temporary.edit('tsconfig.test.json', 'packages/acme', 'packages/other')
  await temporary.edit('packages/acme/README.pt-BR.md', '| `secretKey`', '| `other`')
  await temporary.remove('.changeset/introduce-acme.md')
  await temporary.edit('packages/acme/package.json', '{\n', '{\n  "private": true,\n')
  const { status, out } = await run(temporary, ['provider', 'acme'])

  expect(status).toBe(1)
  const says: Readonly<Record<string, string>> = {
    'generated files': 'packages/acme/src/generated/facts.ts differs from what the spec gives.',
    sources: [
      'specs/acme/SOURCES.md: A01 names no test below packages/simulator/test/acme/.',
      'specs/acme/SOURCES.md: A01 names no test below packages/acme/test/.',
      'specs/acme/SOURCES.md lists FOUND, and no fact rests on it. Name the fact, or remove the row.',
      'No test replays specs/acme/examples. Write packages/simulator/test/acme/examples.test.ts',
    ].join('\n    '),
    files: 'tsconfig.test.json has no reference to packages/acme.',
    READMEs: 'packages/acme/README.pt-BR.md has no row for `secretKey`',
    changeset: '.changeset has no file that introduces @chaveiro/acme.',
    publication: 'packages/acme/package.json: nothing is left to look up, so remove "private".',
  }
  for (const [name, sentence] of Object.entries(says)) expect(textAbout(name, out)).toContain(sentence)
})

test('mistakes of its spec are shown, and those of another provider are not', async () => {
  const temporary = await finishedProvider()
  await temporary.edit('specs/bitize/openapi.yaml', 'rotation: unknown', 'rotation: unknwon')
  const other = await run(temporary, ['provider', 'acme'])
  expect(passed(other.out)).toContain('spec')
  expect(textAbout('generated files', other.out)).toContain('another spec has mistakes: specs/bitize/openapi.yaml')

  await temporary.edit('specs/acme/openapi.yaml', 'repeat: unknown', 'repeat: unknwon')
  const { out } = await run(temporary, ['provider', 'acme'])
  expect(textAbout('spec', out)).toMatch(/specs\/acme\/openapi\.yaml:\d+:\d+ .*repeat/)
  expect(textAbout('spec', out)).not.toContain('bitize')
})

test('what the formatter, the compiler and the tests say is shown', async () => {
  const temporary = await finishedProvider()
  const failing = { biome: 'a.ts would be formatted', tsc: 'a.ts(1,1): error TS1', vitest: 'FAIL a.test.ts' }
  const { status, out } = await run(temporary, ['provider', 'acme'], failing)

  expect(status).toBe(1)
  expect(textAbout('format', out)).toContain(`    ${failing.biome}\n  → Run `)
  expect(textAbout('types', out)).toContain(`    ${failing.tsc}\n`)
  expect(textAbout('tests', out)).toContain(`    ${failing.vitest}\n`)
})

test.each<[args: string[], status: number, says: string]>([
  [['--help'], 0, 'Usage: pnpm provider <id>'],
  [[], 2, 'Usage: pnpm provider <id>'],
  [['acme', 'bitize'], 2, 'Usage: pnpm provider <id>'],
  [['acme', '--fast'], 2, "Unknown option '--fast'"],
  [['bitze'], 2, 'Unknown provider "bitze". Did you mean bitize? Available: bitize.'],
])('%j ends with a sentence', async (args, status, says) => {
  const temporary = await emptyRepository()
  const { out, err, ...result } = await run(temporary, ['provider', ...args])

  expect(result.status).toBe(status)
  expect([...out, ...err].join('\n')).toContain(says)
  expect(status === 0 ? err : out).toEqual([])
})
