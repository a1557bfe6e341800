import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { folderChecks } from '../src/folder-checks.ts'
import { findWorkspaces } from '../src/workspaces.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const workspaces = findWorkspaces(ROOT)

const checksOf = (...folders: readonly string[]) =>
  folderChecks(workspaces.filter(({ folder }) => folders.includes(folder)))
const namesOf = (...folders: readonly string[]) => checksOf(...folders).map(({ name }) => name)
const commandOf = (name: string, ...folders: readonly string[]) =>
  checksOf(...folders)
    .find((check) => check.name === name)
    ?.command.join(' ')

const ALWAYS = ['lint', 'build', 'lint:types', 'lint:unused', 'typecheck']

it.each([
  ['packages/bitize', ['generate --check', 'lint:surface', 'tests']],
  ['packages/core', ['lint:surface', 'tests']],
  ['tools/conventions', ['tests']],
  ['examples', ['tests']],
  // A suite, which has a command of its own.
  ['tests/processes', []],
  ['tests/servers', []],
])('%s is checked for what it has', (folder, more) => {
  expect(namesOf(folder).sort()).toEqual([...ALWAYS, ...more].sort())
})

it('linters, reports and tests look at the folders alone, types and unused code at everything', () => {
  const folders = ['packages/bitize', 'packages/core'] as const
  expect(commandOf('lint', ...folders)).toBe('biome ci --colors=off packages/bitize packages/core')
  expect(commandOf('lint:surface', ...folders)).toMatch(/ surface --check packages\/bitize packages\/core$/)
  expect(commandOf('tests', ...folders)).toBe('vitest run --project packages/bitize --project packages/core')
  expect(commandOf('typecheck', ...folders)).toBe('tsc -b')
  expect(commandOf('lint:unused', ...folders)).toBe('knip')
})

it('builds the folders, what they depend on, and the tools that check them', () => {
  const command = commandOf('build', 'packages/bitize')
  for (const filter of ['@chaveiro/bitize...', '@chaveiro/codegen', '@chaveiro/reference']) {
    expect(command).toContain(`--filter=${filter}`)
  }
})
