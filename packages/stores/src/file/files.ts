import * as fs from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'

/** What the file store needs of its surroundings: of `node:fs/promises`, and time. Tests put faults in. */
export interface FileSystem {
  readonly platform: string
  readonly now: () => number
  readonly wait: (ms: number) => Promise<unknown>
  readonly chmod: (path: string, mode: number) => Promise<void>
  readonly link: (from: string, to: string) => Promise<void>
  readonly mkdir: (path: string, options: { recursive: true; mode: number }) => Promise<string | undefined>
  readonly open: (path: string, flags: string, mode?: number) => Promise<OpenFile>
  readonly readdir: (path: string) => Promise<string[]>
  readonly readFile: (path: string) => Promise<Uint8Array>
  readonly rename: (from: string, to: string) => Promise<void>
  readonly stat: (path: string) => Promise<{ mode: number; mtimeMs: number; ctimeMs: number }>
  readonly unlink: (path: string) => Promise<void>
}

/** A file, or a folder, that is open. */
interface OpenFile {
  writeFile(content: string): Promise<void>
  sync(): Promise<void>
  close(): Promise<void>
}

export const systemFiles: FileSystem = { ...fs, platform: process.platform, now: Date.now, wait: setTimeout }

// A virus scanner or a reader that holds a file on Windows lets go within this: 2.5 s in all.
const WAITS_MS = [10, 20, 40, 80, 160, 320, 640, 1_280]

/** Files as the store uses them: each step durable or atomic, each expected outcome a value in place of an error. */
export interface Files {
  /** `undefined`: there is none. */
  read(path: string): Promise<Uint8Array | undefined>
  /** Creates it, 0600, with this content, on disk when this resolves. */
  create(path: string, content: string): Promise<void>
  /** Gives a file a second name. `false`: that name is taken. */
  link(from: string, to: string): Promise<boolean>
  /** Moves a file over whatever is there. `false`: it is not there any more. */
  move(from: string, to: string): Promise<boolean>
  /** Removes it, if it is there. */
  remove(path: string): Promise<void>
  exists(path: string): Promise<boolean>
  /** When its content or its name last changed, in epoch milliseconds; `undefined`: there is none. */
  changedAt(path: string): Promise<number | undefined>
  /** The names in a folder; none if there is no such folder. */
  list(folder: string): Promise<readonly string[]>
  /** Creates the folder, 0700, and those above it; `false`: it was there. */
  createFolder(path: string): Promise<boolean>
  /** Takes away what others than the owner may do with a folder. */
  isOpenToOthers(folder: string): Promise<boolean>
  closeToOthers(folder: string): Promise<void>
  /** Makes what was created, moved and removed in a folder durable. */
  sync(folder: string): Promise<void>
}

export function files(system: FileSystem): Files {
  const isWindows = system.platform === 'win32'

  async function sync(folder: string): Promise<void> {
    // Windows cannot open a folder, and NTFS keeps its names in a journal.
    if (isWindows) return
    const handle = await system.open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  }

  /** Windows refuses for a moment what somebody else has open (EPERM, EACCES); elsewhere those mean what they say. */
  async function patiently<T>(operation: () => Promise<T>): Promise<T> {
    for (const delayMs of WAITS_MS) {
      try {
        return await operation()
      } catch (error) {
        if (!hasCode(error, 'EBUSY') && !(isWindows && hasCode(error, 'EPERM', 'EACCES'))) throw error
        await system.wait(delayMs)
      }
    }
    return operation()
  }

  return {
    read: (path) => unless('ENOENT', undefined, () => patiently(() => system.readFile(path))),
    async create(path, content) {
      const file = await system.open(path, 'wx', 0o600)
      try {
        // The name alone becomes durable with its folder.
        if (content === '') return
        await file.writeFile(content)
        await file.sync()
      } finally {
        await file.close()
      }
    },
    link: (from, to) => unless('EEXIST', false, () => patiently(() => system.link(from, to).then(() => true))),
    move: (from, to) => unless('ENOENT', false, () => patiently(() => system.rename(from, to).then(() => true))),
    remove: (path) => unless('ENOENT', undefined, () => patiently(() => system.unlink(path))),
    exists: (path) => unless('ENOENT', false, () => patiently(() => system.stat(path).then(() => true))),
    changedAt: (path) =>
      unless('ENOENT', undefined, async () => {
        const { mtimeMs, ctimeMs } = await system.stat(path)
        return Math.max(mtimeMs, ctimeMs)
      }),
    list: (folder) => unless('ENOENT', [], () => system.readdir(folder)),
    async createFolder(path) {
      const first = await system.mkdir(path, { recursive: true, mode: 0o700 })
      if (first === undefined) return false
      for (let folder = path; folder !== dirname(first); folder = dirname(folder)) await sync(dirname(folder))
      return true
    },
    async isOpenToOthers(folder) {
      return !isWindows && ((await system.stat(folder)).mode & 0o077) !== 0
    },
    closeToOthers: (folder) => system.chmod(folder, 0o700),
    sync,
  }
}

async function unless<T, U>(code: string, otherwise: U, operation: () => Promise<T>): Promise<T | U> {
  try {
    return await operation()
  } catch (error) {
    if (hasCode(error, code)) return otherwise
    throw error
  }
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some((code) => error.code === code)
}
