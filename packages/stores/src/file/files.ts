import { Buffer } from 'node:buffer'
import { dirname } from 'node:path'
import { errorCode } from '../cell/error-code.ts'
import { type FileFacts, type FileSystem, FOLDER, FOLDER_ITSELF, READ } from './file-system.ts'
import { readRegularFile } from './read-regular-file.ts'
import { requireOwnFile, requireOwnFolder, untrusted } from './trust.ts'

/** No record is longer, and nothing that is longer is read: 16 MiB. A token's record has some hundreds of bytes. */
const MAX_BYTES = 16 * 2 ** 20

// A virus scanner or a reader that holds a file on Windows lets go within this: 2.5 s in all.
const WAITS_MS = [10, 20, 40, 80, 160, 320, 640, 1_280]

/** Files as the store uses them: each step durable or atomic, each expected outcome a value in place of an error. */
export interface Files {
  /** A regular file of this user; anything else is an error. `undefined`: it isn't there. */
  read(path: string): Promise<Uint8Array | undefined>
  /** Throws if something other than a regular file of this user is there. */
  requireOwn(path: string): Promise<void>
  /** Creates it, 0600, with this content, on disk when this resolves. */
  create(path: string, content: string): Promise<void>
  /** Gives a file a second name. `false`: that name is taken. */
  link(from: string, to: string): Promise<boolean>
  /** Moves a file over whatever is there. `false`: it is not there any more. */
  move(from: string, to: string): Promise<boolean>
  /** Removes it, if it is there. */
  remove(path: string): Promise<void>
  /** Removes a folder that is empty, if it is there. */
  removeFolder(path: string): Promise<void>
  exists(path: string): Promise<boolean>
  /** When its content or its name last changed, in epoch milliseconds; `undefined` if it doesn't exist. */
  changedAt(path: string): Promise<number | undefined>
  /** The names in a folder; none if there is no such folder. */
  list(folder: string): Promise<readonly string[]>
  /** Creates the folder, 0700, and those above it; `false`: it was there. */
  createFolder(path: string): Promise<boolean>
  /** Is the folder there, and may others look into it? One that others could have filled is an error. */
  checkFolder(folder: string): Promise<'absent' | 'open' | 'closed'>
  /** Takes away what others than the owner may do with a folder. */
  closeToOthers(folder: string): Promise<void>
  /** A pause between two looks at a record that others are changing, longer each time. */
  pause(round: number): Promise<unknown>
  /** Makes what was created, moved and removed in a folder durable. */
  sync(folder: string): Promise<void>
}

export function files(system: FileSystem): Files {
  const isWindows = system.platform === 'win32'

  async function sync(folder: string): Promise<void> {
    // Windows cannot open a folder, and NTFS keeps its names in a journal.
    if (isWindows) return
    const handle = await system.open(folder, FOLDER)
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  }

  const requireOwn = (path: string, facts: FileFacts): void => requireOwnFile(path, facts, system.uid())

  const facts = (path: string): Promise<FileFacts | undefined> => unless('ENOENT', undefined, () => system.lstat(path))

  /** Windows refuses for a moment what another program has open (EPERM, EACCES); elsewhere those mean what they say. */
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
    read: (path) =>
      unless('ENOENT', undefined, async () => {
        // Opening a device may already do something, so it is looked at before as well.
        requireOwn(path, await system.lstat(path))
        const rules = { flags: READ, maxBytes: MAX_BYTES, require: (open: FileFacts) => requireOwn(path, open) }
        return patiently(() => readRegularFile(system, path, rules))
      }),
    async requireOwn(path) {
      const found = await facts(path)
      if (found) requireOwn(path, found)
    },
    async create(path, content) {
      if (Buffer.byteLength(content) > MAX_BYTES) throw untrusted(`A record may have ${MAX_BYTES} bytes in a file.`)
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
    removeFolder: (path) => unless('ENOENT', undefined, () => patiently(() => system.rmdir(path))),
    exists: async (path) => (await facts(path)) !== undefined,
    async changedAt(path) {
      const found = await facts(path)
      return found && Math.max(found.mtimeMs, found.ctimeMs)
    },
    list: (folder) => unless('ENOENT', [], () => system.readdir(folder)),
    async createFolder(path) {
      const first = await system.mkdir(path, { recursive: true, mode: 0o700 })
      if (first === undefined) return false
      for (let folder = path; folder !== dirname(first); folder = dirname(folder)) await sync(dirname(folder))
      return true
    },
    async checkFolder(folder) {
      const found = await facts(folder)
      if (!found) return 'absent'
      requireOwnFolder(folder, found, system.uid())
      return !isWindows && (found.mode & 0o077) !== 0 ? 'open' : 'closed'
    },
    async closeToOthers(folder) {
      const handle = await system.open(folder, FOLDER_ITSELF)
      try {
        requireOwnFolder(folder, await handle.stat(), system.uid())
        await handle.chmod(0o700)
      } finally {
        await handle.close()
      }
    },
    pause: (round) => system.wait(Math.min(round, 20)),
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
  const code = errorCode(error)
  return code !== undefined && codes.includes(code)
}
