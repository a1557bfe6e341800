import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

/** One of our packages as installed in a user's node_modules: the content of its tarball, and nothing else. */
export interface InstalledPackage {
  readonly name: string
  /** Where it lies. */
  readonly folder: string
  readonly manifest: PackedManifest
  /** Its files as paths with forward slashes, sorted. */
  readonly files: readonly string[]
  /** What can be imported: every entry of `exports` that is code, as it is written in an import. */
  readonly entries: readonly string[]
}

/** What is looked at in a packed package.json. */
export interface PackedManifest {
  readonly name: string
  readonly version: string
  readonly bin?: Readonly<Record<string, string>>
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, unknown>>>>
  readonly dependencies?: Readonly<Record<string, string>>
}

/** The packages of ours in a project, by name. A project that has none is an error. */
export async function installedPackages(project: string): Promise<readonly InstalledPackage[]> {
  const modules = join(project, 'node_modules')
  const scoped = (await readdir(join(modules, '@chaveiro'))).map((name) => `@chaveiro/${name}`)
  return Promise.all([...scoped, 'chaveiro'].sort().map((name) => readPackage(join(modules, name), name)))
}

async function readPackage(folder: string, name: string): Promise<InstalledPackage> {
  const manifest: PackedManifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = found
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    // Its own dependencies, which npm nests where versions disagree, aren't part of it.
    .filter((file) => !file.startsWith('node_modules/'))
    .sort()
  const entries = Object.entries(manifest.exports)
    .filter(([, target]) => typeof target !== 'string')
    .map(([entry]) => `${name}${entry.slice(1)}`)
  return { name, folder, manifest, files, entries }
}
