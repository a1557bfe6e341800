import { inject } from 'vitest'
import { type InstalledPackage, installedPackages } from '../src/index.ts'

/** Where every package was installed from its tarball. */
export const PROJECT: string = inject('project')

/** The packages there. */
export const PACKAGES: readonly InstalledPackage[] = await installedPackages(PROJECT)

/** Those that can be imported; a command alone cannot. */
export const LIBRARIES: readonly InstalledPackage[] = PACKAGES.filter(({ entries }) => entries.length > 0)

/** Those that only install a command. They are bundled. */
export const COMMANDS: readonly InstalledPackage[] = PACKAGES.filter(({ entries }) => entries.length === 0)

/** Whether a package holds keys: those have a module of their own for browsers, which throws. */
export function holdsKeys({ manifest }: InstalledPackage): boolean {
  const main = manifest.exports['.']
  return typeof main === 'object' && 'browser' in main
}
