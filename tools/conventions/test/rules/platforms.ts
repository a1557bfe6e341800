import { importsOf, type Repository, typescriptFiles } from '../repository.ts'

// A file, or all of a folder.
const ON_NODE = [
  'packages/cli/src/',
  'packages/core/src/node/',
  'packages/simulator/src/server.ts',
  'packages/stores/src/file/',
]

/** What is published runs on every platform, except where it says otherwise. */
export function platforms(repository: Repository): readonly string[] {
  return typescriptFiles('packages', repository)
    .filter((file) => /^packages\/[^/]+\/src\//.test(file) && !ON_NODE.some((path) => file.startsWith(path)))
    .flatMap((file) =>
      importsOf(file, repository)
        .filter((name) => name.startsWith('node:'))
        .map((name) => `${file} imports ${name}, which only Node has.`),
    )
}
