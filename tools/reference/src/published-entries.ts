import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** One entry of a published package: what `import` of it gives. */
export interface PublishedEntry {
  /** The folder of its package, from the root: `packages/core`. */
  readonly folder: string
  /** `@chaveiro/core`. */
  readonly packageName: string
  /** As users write it: `@chaveiro/core/retry`. */
  readonly specifier: string
  /** Where its sources begin, from the root. */
  readonly source: string
  /** Its emitted declarations, from the root. */
  readonly types: string
}

/** The entries of all packages below `root`, as their manifests list them. Programs and data files have none. */
export async function publishedEntries(root: string): Promise<readonly PublishedEntry[]> {
  const folders = (await readdir(join(root, 'packages'))).sort()
  const found = await Promise.all(folders.map((name) => entriesOf(root, `packages/${name}`)))
  return found.flat()
}

async function entriesOf(root: string, folder: string): Promise<readonly PublishedEntry[]> {
  const text = await readFile(join(root, folder, 'package.json'), 'utf8').catch(() => undefined)
  if (text === undefined) return []
  const { name, exports = {} }: Manifest = JSON.parse(text)
  return Object.entries(exports).flatMap(([entry, target]) => {
    if (typeof target === 'string' || target.types === undefined) return []
    return {
      folder,
      packageName: name,
      specifier: name + entry.slice(1),
      source: join(folder, sourceOf(target)),
      types: join(folder, target.types),
    }
  })
}

/** Where sources differ by platform, those of the types. */
function sourceOf({ '@chaveiro/source': source = '' }: EntryTarget): string {
  return typeof source === 'string' ? source : (source.types ?? source.default)
}

interface Manifest {
  readonly name: string
  readonly exports?: Readonly<Record<string, string | EntryTarget>>
}

interface EntryTarget {
  readonly '@chaveiro/source'?: string | { readonly types?: string; readonly default: string }
  readonly types?: string
}
