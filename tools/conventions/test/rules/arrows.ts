import { posix } from 'node:path'
import {
  importsOf,
  packageOf,
  providerIds,
  publishedPackages,
  type Repository,
  typescriptFiles,
} from '../repository.ts'

// docs/architecture.md draws these arrows. A package may import itself and the packages listed here, and no other package of ours.
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  core: [],
  oauth: ['core'],
  opentelemetry: ['core'],
  stores: ['core'],
  simulator: [],
  cli: ['core', 'stores', 'simulator'],
}

/** What checks a spec is in the bundle of the command, for `simulate --from`: users install no tool. */
const BUNDLED: Readonly<Record<string, readonly string[]>> = { cli: ['@chaveiro/codegen/read-spec'] }

/** A package imports of ours only what the architecture lets it; the simulator is for everybody's tests. */
export function arrows(repository: Repository): readonly string[] {
  const ids = providerIds(repository)
  return publishedPackages(repository).flatMap(({ folder }) => {
    const allowed = ids.includes(folder) ? ['core'] : [...(ALLOWED[folder] ?? []), ...(folder === 'cli' ? ids : [])]
    return typescriptFiles(`packages/${folder}/src`, repository).flatMap((file) =>
      importsOf(file, repository)
        .filter((name) => name.startsWith('@chaveiro/') || name === 'chaveiro')
        .filter((name) => !(BUNDLED[folder] ?? []).includes(name))
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

const SERVERS = 'tests/servers'

/** Nothing that users get or copy depends on what only we use; its tests may start servers. */
export function toolsStayInside(repository: Repository): readonly string[] {
  const files = [...typescriptFiles('packages', repository), ...typescriptFiles('examples', repository)]
  const ours = new Map(
    repository.files.flatMap((path) => {
      const folder = /^((tools|tests|bench)\/[^/]+)\/package\.json$/.exec(path)?.[1]
      const { name }: { name?: string } = folder === undefined ? {} : JSON.parse(repository.read(path))
      return folder === undefined || name === undefined ? [] : [[name, folder]]
    }),
  )
  return files.flatMap((file) =>
    importsOf(file, repository)
      .filter((name) => !(BUNDLED[file.split('/')[1] ?? ''] ?? []).includes(name))
      .flatMap((name) => ours.get(packageOf(name)) ?? [])
      .filter((folder) => !(folder === SERVERS && file.includes('/test/')))
      .map((folder) => `${file} imports ${folder}, which is only for us.`),
  )
}
