import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The files that the site is made of. */
export interface Repository {
  readonly root: string
  read(path: string): string
  /** Is there a file, or a folder, at this path? */
  has(path: string): boolean
  isFolder(path: string): boolean
  /** The names of the files and folders in a folder, in alphabetical order. */
  list(path: string): readonly string[]
}

export function openRepository(root: string): Repository {
  const at = (path: string): string => join(root, path)
  return {
    root,
    read: (path) => readFileSync(at(path), 'utf8'),
    has: (path) => existsSync(at(path)),
    isFolder: (path) => statSync(at(path)).isDirectory(),
    list: (path) => readdirSync(at(path)).sort(),
  }
}
