import { importsOf, packageOf, publishedPackages, type Repository, readJson, typescriptFiles } from '../repository.ts'

// What is in maintenance, or might be replaced, is known to one module of a package. docs/dependencies.md says why.
const SOLE_IMPORTERS: Readonly<Record<string, readonly string[]>> = {
  'openapi-fetch': ['packages/core/src/kit/typed-client.ts', 'packages/simulator/src/client.ts'],
  'openapi-typescript': ['tools/codegen/src/emit/schema-types.ts'],
  '@cfworker/json-schema': ['packages/simulator/src/validate-request.ts'],
}

// The command carries our other packages in its bundle and needs what they need, less what of npm's it carries too: that is
// a dev dependency.
const BUNDLED = 'cli'

/** A package declares what it imports, and imports what it declares. */
export function declaredImports(repository: Repository): readonly string[] {
  return publishedPackages(repository).flatMap(({ folder, manifest }) => {
    const isBundled = folder === BUNDLED
    const carried = isBundled ? Object.keys(manifest.devDependencies ?? {}).filter(isOurs) : []
    const folders = [folder, ...carried.map((name) => name.replace('@chaveiro/', ''))]
    const used = new Set(
      folders
        .flatMap((each) => typescriptFiles(`packages/${each}/src`, repository))
        .flatMap((file) => importsOf(file, repository))
        .filter((name) => !/^[.#]|^node:/.test(name) && !(isBundled && isOurs(name)))
        .map(packageOf),
    )
    const { dependencies, optionalDependencies, peerDependencies, devDependencies = {} } = manifest
    const declared = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })
    return [
      ...[...used]
        .filter((name) => !declared.includes(name) && !(isBundled && name in devDependencies))
        .map((name) => `packages/${folder} imports ${name} and does not declare it.`),
      ...declared
        .filter((name) => !used.has(name))
        .map((name) => `packages/${folder} declares ${name} and does not import it.`),
    ]
  })
}

function isOurs(name: string): boolean {
  return name.startsWith('@chaveiro/')
}

/** A replaceable dependency is imported by one module of a package. */
export function soleImporters(repository: Repository): readonly string[] {
  const sources = ['packages', 'tools', 'tests', 'bench']
    .flatMap((folder) => typescriptFiles(folder, repository))
    .filter((file) => /^[^/]+\/[^/]+\/src\//.test(file))
  return sources.flatMap((file) =>
    importsOf(file, repository)
      .map(packageOf)
      .filter((name) => Object.hasOwn(SOLE_IMPORTERS, name) && SOLE_IMPORTERS[name]?.includes(file) === false)
      .map((name) => `${file} imports ${name}. Only ${SOLE_IMPORTERS[name]?.join(' and ')} may.`),
  )
}

/**
 * Each dependency has one version, in the catalog, exact, with its reason in docs/dependencies.md. A workspace of
 * its own inside the repository has no catalog: it names exact versions.
 */
export function oneVersionEach(repository: Repository): readonly string[] {
  const workspace = repository.read('pnpm-workspace.yaml')
  const reasons = repository.read('docs/dependencies.md')
  const manifests = repository.files.filter((path) => /(^|\/)package\.json$/.test(path) && !path.includes('/test/'))
  const isApart = (path: string): boolean =>
    path.includes('/') && repository.files.includes(path.replace(/package\.json$/, 'pnpm-workspace.yaml'))
  const ranges = (path: string): readonly (readonly [string, string])[] => {
    const { dependencies = {}, devDependencies = {} } = readJson(repository, path)
    return Object.entries({ ...dependencies, ...devDependencies })
  }
  const inexact = manifests.filter(isApart).flatMap((path) =>
    ranges(path)
      .filter(([, range]) => !/^(npm:[\w@/-]+@)?\d[\w.-]*$/.test(range))
      .map(([name, range]) => `${path}: ${name} is ${range}. Name an exact version.`),
  )
  const uncatalogued = manifests
    .filter((path) => !isApart(path))
    .flatMap((path) =>
      ranges(path)
        .filter(([, range]) => range !== 'workspace:^' && !/^catalog:\w*$/.test(range))
        .map(
          ([name, range]) => `${path}: ${name} is ${range}. Put the version into the catalog, and write catalog: here.`,
        ),
    )
  // The lines above aren't our choice: they pin the versions of others' dependencies.
  const catalog = workspace.slice(workspace.search(/^catalog:$/m))
  const catalogued = [...catalog.matchAll(/^ {2,4}"?(@?[\w./-]+)"?: (?:npm:[\w/-]+@)?([\^~]?\d\S*)$/gm)]
  return [
    ...inexact,
    ...uncatalogued,
    ...catalogued
      .filter(([, name, version]) => !/^\d/.test(version ?? '') && name !== '@types/node')
      .map(([, name, version]) => `The catalog has ${name} ${version}. Name an exact version.`),
    ...catalogued
      .filter(([, name]) => !reasons.includes(`\`${name}\``) && !new RegExp(`\`${name}[ ,][^\`]*\``).test(reasons))
      .map(([, name]) => `docs/dependencies.md gives no reason for ${name}.`),
  ]
}
