import { existsSync } from 'node:fs'
import { readdir, rm, rmdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

/**
 * Removes from `dist` what neither the bundler has just written nor the compiler emits for a source that is there: the
 * compiler leaves the declarations of a source that was renamed.
 */
export async function removeStaleFiles(folder: string, written: readonly string[]): Promise<void> {
  const dist = join(folder, 'dist')
  const kept = new Set(written)
  const found = await readdir(dist, { recursive: true, withFileTypes: true })
  for (const entry of found) {
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')
    if (entry.isFile() && !kept.has(path) && !isOfTheCompiler(folder, path)) await rm(join(folder, path))
  }
  const folders = found.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name))
  // The inner ones first.
  for (const path of folders.sort().reverse()) if ((await readdir(path)).length === 0) await rmdir(path)
}

function isOfTheCompiler(folder: string, path: string): boolean {
  if (path === 'dist/.tsbuildinfo') return true
  const module = /^dist\/(.+)\.d\.ts(\.map)?$/.exec(path)?.[1]
  return module !== undefined && existsSync(join(folder, 'src', `${module}.ts`))
}
