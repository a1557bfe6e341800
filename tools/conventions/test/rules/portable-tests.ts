import { posix } from 'node:path'
import { importsOf, type Repository, typescriptFiles } from '../repository.ts'

const TESTS = 'packages/core/test'
const LIST = 'tests/runtimes/test/portable-tests.ts'

// `tests/runtimes/test/inside` has these for other platforms.
const REPLACED: ReadonlySet<string> = new Set(['node:timers/promises', 'node:util'])
// The servers of tests are programs for Node. This part of them imports nothing.
const SERVERS = '@chaveiro/test-servers'
const PORTABLE = '@chaveiro/test-servers/control'

/** The core's tests run on every platform. Those that import what only Node has are listed, with the reason. */
export function portableTests(repository: Repository): readonly string[] {
  const list = repository.files.includes(LIST) ? repository.read(LIST) : ''
  return typescriptFiles(TESTS, repository)
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) => {
      const name = posix.relative(TESTS, file)
      const found = nodeModulesOf(file, repository)
      if (found.length === 0 || list.includes(`'${name}'`)) return []
      return [`${file} imports ${found.join(' and ')}, which only Node has. Add ${name} to ${LIST}, with the reason.`]
    })
}

/** What a test and its support import of Node alone. */
function nodeModulesOf(test: string, repository: Repository): readonly string[] {
  const seen = new Set([test])
  const found = new Set<string>()
  for (const file of seen) {
    for (const name of importsOf(file, repository)) {
      if (name.startsWith('node:') && !REPLACED.has(name)) found.add(name)
      if (name.startsWith(SERVERS) && name !== PORTABLE) found.add(name)
      const path = posix.join(posix.dirname(file), name)
      if (name.startsWith('.') && repository.files.includes(path) && path.startsWith(TESTS)) seen.add(path)
    }
  }
  return [...found].sort()
}
