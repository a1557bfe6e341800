import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the repository begins. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** A published package, by its folder and its manifest. */
export interface PublishedPackage {
  readonly folder: string
  readonly manifest: Manifest
}

/** What the rules look at in a package.json. */
export interface Manifest {
  readonly name: string
  readonly type?: string
  readonly license?: string
  readonly sideEffects?: boolean
  readonly engines?: Readonly<Record<string, string>>
  readonly files?: readonly string[]
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, unknown>>>>
  readonly publishConfig?: { readonly exports?: Manifest['exports'] }
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

export function publishedPackages(): readonly PublishedPackage[] {
  return readdirSync(join(ROOT, 'packages'))
    .sort()
    .map((folder) => ({ folder, manifest: readJson(`packages/${folder}/package.json`) }))
}

/** The providers are what has a spec. */
export function providerIds(): readonly string[] {
  return readdirSync(join(ROOT, 'specs'))
    .filter((name) => !name.startsWith('_'))
    .sort()
}

/** The repository's TypeScript below a folder, as paths from the root with forward slashes. */
export function typescriptFiles(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) =>
      relative(ROOT, join(ROOT, folder, file))
        .split(sep)
        .join('/'),
    )
    .filter((file) => file.endsWith('.ts') && !file.includes('node_modules/') && !file.includes('/dist/'))
    .sort()
}

export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** What a module imports or re-exports, as written. */
export function importsOf(path: string): readonly string[] {
  return [...read(path).matchAll(/^(?:import|export)\b[^'"]*?from '([^']+)'|^import '([^']+)'/gms)].map(
    (match) => match[1] ?? match[2] ?? '',
  )
}

function readJson(path: string): Manifest {
  return JSON.parse(read(path))
}
