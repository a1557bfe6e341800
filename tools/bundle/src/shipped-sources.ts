import { readFile, writeFile } from 'node:fs/promises'
import { join, posix } from 'node:path'

/** Takes the text of those sources out of a package's maps that lie beside them in `src`. Those of other packages stay. */
export async function leaveOutShippedSources(folder: string, outputs: readonly string[]): Promise<void> {
  for (const path of outputs.filter((output) => output.endsWith('.map'))) {
    const map: SourceMap = JSON.parse(await readFile(join(folder, path), 'utf8'))
    const isShipped = (source: string): boolean => posix.join(posix.dirname(path), source).startsWith('src/')
    const sourcesContent = map.sources.map((source, at) => (isShipped(source) ? null : map.sourcesContent[at]))
    await writeFile(join(folder, path), JSON.stringify({ ...map, sourcesContent }))
  }
}

interface SourceMap {
  /** From the map's folder. */
  readonly sources: readonly string[]
  readonly sourcesContent: readonly (string | null)[]
}
