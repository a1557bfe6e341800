import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A file, or one for each condition. */
export type Target = string | { readonly [condition: string]: Target }

/** What the build reads in a package.json. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly bin?: Readonly<Record<string, string>>
  readonly exports?: Readonly<Record<string, Target>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

export async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
}

/** Whether a user's install brings a package, so that the bundle imports it instead of carrying a copy. */
export function installs(manifest: Manifest, packageName: string): boolean {
  const { dependencies, optionalDependencies, peerDependencies } = manifest
  return packageName in { ...dependencies, ...optionalDependencies, ...peerDependencies }
}

/** The package of an import: `@chaveiro/core` of `@chaveiro/core/retry`. */
export function packageNameOf(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/')
  return first.startsWith('@') ? `${first}/${second}` : first
}
