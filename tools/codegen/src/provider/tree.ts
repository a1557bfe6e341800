import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Files by their paths, with forward slashes: those of the repository, or a few in a test. */
export interface Tree {
  readonly files: readonly string[]
  readonly read: (path: string) => string
}

const SKIPPED = new Set(['node_modules', 'dist', '.turbo'])

/** The files and folders with these paths that exist, with everything in them that a person or `generate` writes. */
export function treeOf(root: string, paths: readonly string[]): Tree {
  const files = paths.flatMap((path) => pathsBelow(root, path)).sort()
  return { files, read: (path) => readFileSync(join(root, path), 'utf8') }
}

/** The text of a file, or nothing where it is missing. */
export function textOf({ files, read }: Tree, path: string): string {
  return files.includes(path) ? read(path) : ''
}

/** The number of the line at an index of a text, from 1. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}

function pathsBelow(root: string, path: string): readonly string[] {
  try {
    return readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) =>
      SKIPPED.has(entry.name) ? [] : pathsBelow(root, `${path}/${entry.name}`),
    )
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOTDIR') return [path]
    if (code === 'ENOENT') return []
    throw error
  }
}
