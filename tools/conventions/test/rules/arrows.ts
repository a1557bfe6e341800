import { posix } from 'node:path'
import {
  importsOf,
  packageOf,
  providerIds,
  publishedPackages,
  type Repository,
  typescriptFiles,
} from '../repository.ts'

// docs/architecture.md draws these arrows. A package may import itself, what stands here, and nothing else of ours.
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  core: [],
  stores: ['core'],
  simulator: [],
  cli: ['core', 'stores', 'simulator'],
}

/** A package imports of ours only what the architecture lets it; the simulator is for everybody's tests. */
export function arrows(repository: Repository): readonly string[] {
  const ids = providerIds(repository)
  return publishedPackages(repository).flatMap(({ folder }) => {
    const allowed = ids.includes(folder) ? ['core'] : [...(ALLOWED[folder] ?? []), ...(folder === 'cli' ? ids : [])]
    return typescriptFiles(`packages/${folder}/src`, repository).flatMap((file) =>
      importsOf(file, repository)
        .filter((name) => name.startsWith('@chaveiro/') || name === 'chaveiro')
        .map((name) => packageOf(name).replace('@chaveiro/', ''))
        .filter((name) => name !== folder && !allowed.includes(name))
        .map((name) => `${file} imports ${name}, which docs/architecture.md does not let packages/${folder} do.`),
    )
  })
}

/** Another package is imported by its name: through a path, its entries would be no boundary. */
export function ownFolder(repository: Repository): readonly string[] {
  return publishedPackages(repository).flatMap(({ folder }) =>
    typescriptFiles(`packages/${folder}/src`, repository).flatMap((file) =>
      importsOf(file, repository)
        .filter((name) => name.startsWith('.'))
        .filter((name) => !posix.join(posix.dirname(file), name).startsWith(`packages/${folder}/src/`))
        .map((name) => `${file} imports ${name}, outside of its package's sources.`),
    ),
  )
}

/** No package depends on a tool; a test may start the tools' servers. */
export function toolsStayInside(repository: Repository): readonly string[] {
  const files = [...typescriptFiles('packages', repository), ...typescriptFiles('examples', repository)]
  const tools = repository.files.flatMap((path) => /^tools\/([^/]+)\/package\.json$/.exec(path)?.[1] ?? [])
  return files.flatMap((file) =>
    importsOf(file, repository)
      .map((name) => packageOf(name).replace('@chaveiro/', ''))
      .filter((name) => tools.includes(name) && !(name === 'test-servers' && file.includes('/test/')))
      .map((name) => `${file} imports tools/${name}. Nothing imports the tools.`),
  )
}
