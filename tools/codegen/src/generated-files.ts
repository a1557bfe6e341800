import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { GeneratedFiles } from './generate-all.ts'

/** How the generated files on disk differ from what the specs generate. */
export interface Drift {
  /** Generated, and not on disk. */
  readonly missing: readonly string[]
  /** On disk with another text. */
  readonly stale: readonly string[]
  /** In a folder for generated files, and generated no longer. */
  readonly extra: readonly string[]
}

/** Compares the generated folders below `root` with `files`. */
export async function findDrift(root: string, files: GeneratedFiles): Promise<Drift> {
  const onDisk = await generatedPaths(root)
  const missing: string[] = []
  const stale: string[] = []
  for (const [path, text] of files) {
    const present = await readFile(join(root, path), 'utf8').catch(() => undefined)
    if (present === undefined) missing.push(path)
    else if (present !== text) stale.push(path)
  }
  return { missing, stale, extra: onDisk.filter((path) => !files.has(path)) }
}

/** Writes what is missing or stale, and deletes what is extra. Nothing else is touched. */
export async function writeGenerated(root: string, files: GeneratedFiles, drift: Drift): Promise<void> {
  for (const path of [...drift.missing, ...drift.stale]) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), files.get(path) ?? '')
  }
  for (const path of drift.extra) await rm(join(root, path))
}

/** Every file in a `packages/<name>/src/generated` folder, from the root, sorted. */
async function generatedPaths(root: string): Promise<readonly string[]> {
  const packages = await readdir(join(root, 'packages')).catch(() => [])
  const found = await Promise.all(
    packages.map(async (name) => {
      const folder = `packages/${name}/src/generated`
      const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => [])
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    }),
  )
  return found.flat().sort()
}
