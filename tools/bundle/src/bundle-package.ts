import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { bundleCommand } from './bundle-command.ts'
import { bundleLibrary } from './bundle-library.ts'
import { entriesOf } from './entries.ts'
import { importEntries } from './import-entries.ts'
import { licencesOf } from './licences.ts'
import { readManifest } from './manifest.ts'
import { removeStaleFiles } from './stale-files.ts'

const LICENCES = 'dist/LICENSES.txt'

/**
 * Bundles the entries of a package into its `dist`, beside the declarations that `tsc` has put there, and removes what
 * an earlier build left. What a library has bundled is imported once.
 *
 * @param folder the package's: `package.json` lists its entries, `src` has their sources
 */
export async function bundlePackage(folder: string): Promise<void> {
  const manifest = await readManifest(folder)
  const entries = entriesOf(manifest)
  if (manifest.bin === undefined) {
    await removeStaleFiles(folder, await bundleLibrary(folder, manifest, entries))
    return importEntries(folder, manifest)
  }
  const { files, modules } = await bundleCommand(folder, manifest, entries)
  const left = await leaveOutSources(folder, files)
  await writeFile(join(folder, LICENCES), await licencesOf(modules))
  // npm makes what it installs executable by itself; other ways to unpack a tarball do not.
  for (const file of Object.values(manifest.bin)) await chmod(join(folder, file), 0o755)
  await removeStaleFiles(folder, [...left, LICENCES])
}

/**
 * Takes the text of those sources out of a package's maps that are beside them in `src`. Those of other packages stay.
 * A large file that is mostly from the registry goes without its map, which would be three times as large.
 *
 * @returns the files that are left
 */
async function leaveOutSources(folder: string, outputs: readonly string[]): Promise<readonly string[]> {
  const removed = new Set<string>()
  for (const path of outputs.filter((output) => output.endsWith('.map'))) {
    const text = await readFile(join(folder, path), 'utf8')
    const map: SourceMap = JSON.parse(text)
    if (text.length > LARGE_MAP && isForeign(map)) {
      removed.add(path)
      const file = join(folder, path.replace(/\.map$/, ''))
      await writeFile(file, (await readFile(file, 'utf8')).replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'))
      continue
    }
    const isShipped = (source: string): boolean => posix.join(posix.dirname(path), source).startsWith('src/')
    const sourcesContent = map.sources.map((source, at) => (isShipped(source) ? null : map.sourcesContent[at]))
    await writeFile(join(folder, path), JSON.stringify({ ...map, sourcesContent }))
  }
  return outputs.filter((path) => !removed.has(path))
}

const LARGE_MAP = 2_000_000

/** Is more than half of its text from the registry? */
function isForeign({ sources, sourcesContent }: SourceMap): boolean {
  const lengthOf = (isWanted: (source: string) => boolean): number =>
    sources.reduce((sum, source, at) => sum + (isWanted(source) ? (sourcesContent[at]?.length ?? 0) : 0), 0)
  return lengthOf((source) => source.includes('/node_modules/')) > lengthOf(() => true) / 2
}

interface SourceMap {
  /** From the map's folder. */
  readonly sources: readonly string[]
  readonly sourcesContent: readonly (string | null)[]
}
