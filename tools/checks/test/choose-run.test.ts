import { expect, it } from 'vitest'
import { chooseRun } from '../src/choose-run.ts'
import type { Workspace } from '../src/workspaces.ts'

const FOLDERS = ['packages/acme', 'packages/core', 'tools/codegen', 'tests/processes', 'examples']
const FILES = ['packages/core/test/late.test.ts', 'packages', 'packages/core/test']

const workspaces = FOLDERS.map(
  (folder): Workspace => ({ folder, name: `@chaveiro/${folder}`, tests: 'ordinary', generated: false }),
)
const choose = (...args: readonly string[]) =>
  chooseRun(args, { root: '/repository', workspaces, exists: (path) => [...FOLDERS, ...FILES].includes(path) })

it('checks everything without arguments', () => {
  expect(choose()).toEqual({ kind: 'everything' })
})

it.each([
  [['packages/acme'], ['packages/acme']],
  [['./packages/acme/'], ['packages/acme']],
  [['packages\\acme'], ['packages/acme']],
  [['/repository/packages/acme'], ['packages/acme']],
  [['examples'], ['examples']],
  [
    ['packages/core', 'packages/acme'],
    ['packages/acme', 'packages/core'],
  ],
])('checks the folders that %j names', (args, folders) => {
  const chosen = choose(...args)
  expect(chosen.kind === 'folders' && chosen.workspaces.map(({ folder }) => folder)).toEqual(folders)
})

it.each([
  ['a name of tests', ['-t', '401']],
  ['a name of tests that looks like a folder', ['-t', 'packages/acne']],
  ['a folder with an option', ['packages/acme', '--reporter=verbose']],
  ['a part of a file name', ['late']],
  ['a part of a path', ['test/late']],
  ['a file', ['packages/core/test/late.test.ts']],
  ['a folder of tests', ['packages/core/test']],
  ['a folder of workspaces', ['packages']],
  ['a folder next to a part of a file name', ['packages/acme', 'late']],
])('leaves %s to vitest', (_what, args) => {
  expect(choose(...args)).toEqual({ kind: 'vitest' })
})

it.each([
  ['packages/acne', "There isn't a folder packages/acne. Did you mean packages/acme?"],
  ['package/acme', "There isn't a folder package/acme. Did you mean packages/acme?"],
  ['test/processes', "There isn't a folder test/processes. Did you mean tests/processes?"],
  ['packages/co', "There isn't a folder packages/co. Did you mean packages/core?"],
  ['packages/something', "There isn't a folder packages/something. Available: packages/acme, packages/core."],
])('says what is near to %s, which is missing', (path, message) => {
  expect(choose(path)).toEqual({ kind: 'mistake', message })
  expect(choose('packages/core', path)).toEqual({ kind: 'mistake', message })
})
