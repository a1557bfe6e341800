import { dirname } from 'node:path'
import type { FileSystem } from '../../src/file/files.ts'

/** A file system in memory: names that lead to contents, as hard links do, and folders. */
export interface Disk {
  readonly names: Map<string, { content: string; changedAt: number }>
  readonly folders: Set<string>
}

export const emptyDisk = (): Disk => ({ names: new Map(), folders: new Set(['/']) })

function failure(code: string): Error {
  return Object.assign(new Error(code), { code })
}

/** One process's view of a disk. Each operation is atomic, as a kernel's is. */
export function memoryFileSystem({ names, folders }: Disk): FileSystem {
  const found = (path: string) => {
    const file = names.get(path)
    if (!file) throw failure('ENOENT')
    return file
  }
  return {
    platform: 'linux',
    now: () => 0,
    wait: async () => {},
    async chmod() {},
    async link(from, to) {
      const file = found(from)
      if (names.has(to)) throw failure('EEXIST')
      names.set(to, file)
    },
    async mkdir(path) {
      let first: string | undefined
      for (let folder = path; !folders.has(folder); folder = dirname(folder)) {
        folders.add(folder)
        first = folder
      }
      return first
    },
    async open(path, flags) {
      const isFolder = flags === 'r'
      if (isFolder ? !folders.has(path) : !folders.has(dirname(path))) throw failure('ENOENT')
      if (!isFolder && names.has(path)) throw failure('EEXIST')
      const file = { content: '', changedAt: 0 }
      if (!isFolder) names.set(path, file)
      return {
        async writeFile(content) {
          file.content = content
        },
        async sync() {},
        async close() {},
      }
    },
    async readdir(path) {
      if (!folders.has(path)) throw failure('ENOENT')
      const all = [...names.keys(), ...folders]
      return all.filter((name) => name !== path && dirname(name) === path).map((name) => name.slice(path.length + 1))
    },
    readFile: async (path) => new TextEncoder().encode(found(path).content),
    async rename(from, to) {
      const file = found(from)
      names.delete(from)
      names.set(to, file)
    },
    async stat(path) {
      const changedAt = folders.has(path) ? 0 : found(path).changedAt
      return { mode: folders.has(path) ? 0o40700 : 0o100600, mtimeMs: changedAt, ctimeMs: changedAt }
    },
    async unlink(path) {
      found(path)
      names.delete(path)
    },
  }
}

/** Lets something happen before each operation: a turn of others, or the end of the process. */
export function intercepted(system: FileSystem, before: () => Promise<void>): FileSystem {
  return {
    ...system,
    chmod: (path, mode) => before().then(() => system.chmod(path, mode)),
    link: (from, to) => before().then(() => system.link(from, to)),
    mkdir: (path, options) => before().then(() => system.mkdir(path, options)),
    readdir: (path) => before().then(() => system.readdir(path)),
    readFile: (path) => before().then(() => system.readFile(path)),
    rename: (from, to) => before().then(() => system.rename(from, to)),
    stat: (path) => before().then(() => system.stat(path)),
    unlink: (path) => before().then(() => system.unlink(path)),
    async open(path, flags, mode) {
      await before()
      const file = await system.open(path, flags, mode)
      return {
        writeFile: (content) => before().then(() => file.writeFile(content)),
        sync: () => file.sync(),
        close: () => file.close(),
      }
    },
  }
}
