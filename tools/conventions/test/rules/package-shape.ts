import { isDeepStrictEqual } from 'node:util'
import { type Manifest, type PublishedPackage, providerIds, publishedPackages, type Repository } from '../repository.ts'
import { PROVIDER_ENTRY } from './export-conditions.ts'

/** Every package has the same shape: manifest, entries, compiler settings, a README in both languages. */
export function packageShape(repository: Repository): readonly string[] {
  return publishedPackages(repository).flatMap((each) => [
    ...differences(each, commonShape(each)),
    ...entries(each),
    ...missingFiles(each, repository),
    ...compilerSettings(each, repository),
  ])
}

/** A provider's entries are the client, with a module that refuses in browsers, and the facts; more may be added. */
export function providerEntries(repository: Repository): readonly string[] {
  const ids = providerIds(repository)
  return publishedPackages(repository)
    .filter(({ folder }) => ids.includes(folder))
    .flatMap(({ folder, manifest }) =>
      Object.entries(PROVIDER_ENTRIES)
        .filter(([entry, target]) => !isDeepStrictEqual(manifest.publishConfig?.exports?.[entry], target))
        .map(([entry]) => `packages/${folder}: the entry ${entry} is not that of a provider. See packages/bitize.`),
    )
}

function commonShape({ folder }: PublishedPackage): Partial<Manifest> {
  return {
    name: folder === 'cli' ? 'chaveiro' : `@chaveiro/${folder}`,
    license: 'MIT',
    repository: {
      type: 'git',
      url: 'git+https://github.com/chaveiro/chaveiro.git',
      directory: `packages/${folder}`,
    },
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20.19' },
    files: ['dist', 'src', '!dist/.tsbuildinfo'],
  }
}

/** The compiler writes the declarations, and `tools/bundle` bundles the entries. */
const BUILD = 'tsc -b && bundle-package'

function differences({ folder, manifest }: PublishedPackage, shape: Partial<Manifest>): readonly string[] {
  const wrong = Object.entries(shape).filter(([key, value]) => !isDeepStrictEqual(fieldOf(manifest, key), value))
  const { publishConfig, scripts, description = '' } = manifest
  return [
    ...wrong.map(([key, value]) => `packages/${folder}/package.json: ${key} has to be ${JSON.stringify(value)}.`),
    ...(publishConfig?.access === 'public' && publishConfig.provenance === true
      ? []
      : [`packages/${folder}/package.json: publishConfig has to say access public, provenance true.`]),
    ...(scripts?.['build'] === BUILD
      ? []
      : [`packages/${folder}/package.json: the script build (${BUILD}) is needed.`]),
    ...(description.endsWith('.') ? [] : [`packages/${folder}/package.json: description has to be a sentence.`]),
  ]
}

/** Listed one by one; published are the same ones without the condition under which sources are read. */
function entries({ folder, manifest }: PublishedPackage): readonly string[] {
  const listed = manifest.exports ?? {}
  const published = manifest.publishConfig?.exports ?? listed
  return [
    ...Object.keys(listed)
      .filter((entry) => entry.includes('*'))
      .map((entry) => `packages/${folder}/package.json: the entry ${entry} is a wildcard. List each one.`),
    ...(isDeepStrictEqual(published, withoutSource(listed))
      ? []
      : [`packages/${folder}/package.json: publishConfig.exports has to be exports without @chaveiro/source.`]),
  ]
}

function missingFiles({ folder }: PublishedPackage, { files }: Repository): readonly string[] {
  return ['README.md', 'README.pt-BR.md', 'tsconfig.json']
    .map((name) => `packages/${folder}/${name}`)
    .filter((path) => !files.includes(path))
    .map((path) => `${path} is missing.`)
}

/** Code that the compiler emits would overwrite the bundles. */
function compilerSettings({ folder }: PublishedPackage, { files, read }: Repository): readonly string[] {
  const path = `packages/${folder}/tsconfig.json`
  if (!files.includes(path) || read(path).includes('"emitDeclarationOnly": true')) return []
  return [`${path}: emitDeclarationOnly has to be true.`]
}

function withoutSource(entries: NonNullable<Manifest['exports']>): unknown {
  return Object.fromEntries(
    Object.entries(entries).map(([entry, target]) => {
      if (typeof target === 'string') return [entry, target]
      const { '@chaveiro/source': _, ...published } = target
      return [entry, published]
    }),
  )
}

function fieldOf(manifest: Manifest, key: string): unknown {
  return Object.entries(manifest).find(([name]) => name === key)?.[1]
}

const PROVIDER_ENTRIES: NonNullable<Manifest['exports']> = {
  '.': PROVIDER_ENTRY,
  './facts': {
    types: './dist/generated/facts.d.ts',
    default: './dist/generated/facts.js',
  },
  './package.json': './package.json',
}
