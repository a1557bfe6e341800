import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the repository begins. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** A tree of files, with forward slashes: this repository, or a small one in a test. */
export interface Repository {
  /** Every path but those that are installed or built, sorted. */
  readonly files: readonly string[]
  readonly read: (path: string) => string
}

/** A published package, by its folder and its manifest. */
export interface PublishedPackage {
  readonly folder: string
  readonly manifest: Manifest
}

/** What the rules look at in a package.json. */
export interface Manifest {
  readonly name: string
  readonly version?: string
  readonly description?: string
  readonly private?: boolean
  readonly type?: string
  readonly license?: string
  readonly sideEffects?: boolean
  readonly repository?: Readonly<Record<string, string>>
  readonly engines?: Readonly<Record<string, string>>
  readonly files?: readonly string[]
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, unknown>>>>
  readonly publishConfig?: {
    readonly access?: string
    readonly provenance?: boolean
    readonly exports?: Manifest['exports']
  }
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

const SKIPPED = new Set(['node_modules', 'dist', '.git', '.turbo', 'coverage', 'docs/api', 'tools/site/build'])

/** This repository, as it lies on disk. */
export const here: Repository = {
  files: pathsBelow('').sort(),
  read: (path) => readFileSync(join(ROOT, path), 'utf8'),
}

/** A repository of these files alone. */
export function treeOf(files: Readonly<Record<string, string>>): Repository {
  const read = (path: string): string => {
    const text = files[path]
    if (text === undefined) throw new TypeError(`There is no ${path}`)
    return text
  }
  return { files: Object.keys(files).sort(), read }
}

/** The packages below `packages`, sorted. A folder without a manifest isn't a package. */
export function publishedPackages(repository: Repository = here): readonly PublishedPackage[] {
  return repository.files.flatMap((path) => {
    const folder = /^packages\/([^/]+)\/package\.json$/.exec(path)?.[1]
    return folder === undefined ? [] : [{ folder, manifest: readJson(repository, path) }]
  })
}

/** Everything with a spec is a provider. */
export function providerIds({ files }: Repository = here): readonly string[] {
  return files.flatMap((path) => /^specs\/([^_/][^/]*)\/openapi\.yaml$/.exec(path)?.[1] ?? [])
}

/** The TypeScript below a folder, sorted. */
export function typescriptFiles(folder: string, { files }: Repository = here): readonly string[] {
  return files.filter((path) => path.startsWith(`${folder}/`) && path.endsWith('.ts'))
}

export function read(path: string): string {
  return here.read(path)
}

/** What a module imports or re-exports, as written: statically, when it runs, or for a type. */
export function importsOf(path: string, repository: Repository = here): readonly string[] {
  const text = repository.read(path)
  const found = [
    ...text.matchAll(/^(?:import|export)\b[^'"]*?from '([^']+)'|^import '([^']+)'/gms),
    ...text.matchAll(/\b(?:import|require)\(\s*'([^']+)'/g),
  ]
  return found.map((match) => match[1] ?? match[2] ?? '')
}

/** `@chaveiro/core/provider` is part of the package `@chaveiro/core`. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

export function readJson<T = Manifest>({ read: readText }: Repository, path: string): T {
  return JSON.parse(readText(path))
}

function pathsBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (SKIPPED.has(entry.name) || SKIPPED.has(path)) return []
    return entry.isDirectory() ? pathsBelow(path) : [path]
  })
}
