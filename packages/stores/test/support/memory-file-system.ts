import { dirname } from 'node:path'
import { type FileFacts, type FileSystem, FOLDER, FOLDER_ITSELF, type OpenFile } from '../../src/file/file-system.ts'

/** A file system in memory: names that lead to contents, as hard links do, and folders. */
export interface Disk {
  readonly names: Map<string, { content: string; changedAt: number }>
  readonly folders: Set<string>
}

export const emptyDisk = (): Disk => ({ names: new Map(), folders: new Set(['/']) })

function failure(code: string): Error {
  return Object.assign(new Error(code), { code })
}

/** The user that every process on a disk in memory is. */
const USER = 1_000

/** One process's view of a disk. Each operation is atomic, as a kernel's is. */
export function memoryFileSystem({ names, folders }: Disk): FileSystem {
  const found = (path: string) => {
    const file = names.get(path)
    if (!file) throw failure('ENOENT')
    return file
  }
  const factsOf = (path: string): FileFacts => {
    if (folders.has(path)) return { mode: 0o40700, uid: USER, size: 0, mtimeMs: 0, ctimeMs: 0 }
    const { content, changedAt } = found(path)
    const size = new TextEncoder().encode(content).length
    return { mode: 0o100600, uid: USER, size, mtimeMs: changedAt, ctimeMs: changedAt }
  }
  return {
    platform: 'linux',
    uid: () => USER,
    now: () => 0,
    wait: async () => {},
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
      if (flags === FOLDER || flags === FOLDER_ITSELF) {
        if (!folders.has(path)) throw failure('ENOENT')
        return opened(factsOf(path), { content: '' })
      }
      if (flags !== 'wx') return opened(factsOf(path), found(path))
      if (!folders.has(dirname(path))) throw failure('ENOENT')
      if (names.has(path)) throw failure('EEXIST')
      const file = { content: '', changedAt: 0 }
      names.set(path, file)
      return opened(factsOf(path), file)
    },
    async readdir(path) {
      if (!folders.has(path)) throw failure('ENOENT')
      const all = [...names.keys(), ...folders]
      return all.filter((name) => name !== path && dirname(name) === path).map((name) => name.slice(path.length + 1))
    },
    async rename(from, to) {
      const file = found(from)
      names.delete(from)
      names.set(to, file)
    },
    lstat: async (path) => factsOf(path),
    async unlink(path) {
      found(path)
      names.delete(path)
    },
    async rmdir(path) {
      if (!folders.delete(path)) throw failure('ENOENT')
    },
  }
}

function opened(facts: FileFacts, file: { content: string }): OpenFile {
  let position = 0
  return {
    stat: async () => facts,
    async read(buffer, offset, length) {
      const bytes = new TextEncoder().encode(file.content).subarray(position, position + length)
      buffer.set(bytes, offset)
      position += bytes.length
      return { bytesRead: bytes.length }
    },
    async writeFile(content) {
      file.content = content
    },
    async chmod() {},
    async sync() {},
    async close() {},
  }
}

/** Lets something happen before each operation: a turn of others, or the end of the process. */
export function intercepted(system: FileSystem, before: () => Promise<void>): FileSystem {
  return {
    ...system,
    link: (from, to) => before().then(() => system.link(from, to)),
    mkdir: (path, options) => before().then(() => system.mkdir(path, options)),
    readdir: (path) => before().then(() => system.readdir(path)),
    rename: (from, to) => before().then(() => system.rename(from, to)),
    lstat: (path) => before().then(() => system.lstat(path)),
    unlink: (path) => before().then(() => system.unlink(path)),
    rmdir: (path) => before().then(() => system.rmdir(path)),
    async open(path, flags, mode) {
      await before()
      const file = await system.open(path, flags, mode)
      return { ...file, writeFile: (content) => before().then(() => file.writeFile(content)) }
    },
  }
}
