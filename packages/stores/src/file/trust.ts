import { ChaveiroError } from '@chaveiro/core'
import type { FileFacts } from './file-system.ts'

// The bits of a mode that say what a path is (POSIX `S_IFMT`); Node sets them on Windows too.
const KINDS: ReadonlyMap<number, string> = new Map([
  [0o010000, 'a FIFO'],
  [0o020000, 'a device'],
  [0o040000, 'a folder'],
  [0o060000, 'a device'],
  [0o100000, 'a regular file'],
  [0o120000, 'a symbolic link'],
  [0o140000, 'a socket'],
])

function kindOf({ mode }: Pick<FileFacts, 'mode'>): string {
  return KINDS.get(mode & 0o170000) ?? 'of an unknown kind'
}

/** May group or others write? */
export function isWritableByOthers({ mode }: Pick<FileFacts, 'mode'>): boolean {
  return (mode & 0o022) !== 0
}

/** A folder of the store is used only if no other user can have put something into it, as ssh demands. */
export function requireOwnFolder(path: string, facts: FileFacts, uid: number | undefined): void {
  const kind = kindOf(facts)
  if (kind === 'a symbolic link') {
    throw untrusted(
      `The folder ${shown(path)} of the file store is a symbolic link. Remove it, or set the option directory to its target.`,
    )
  }
  // Using a path that is not a folder fails by itself, with ENOTDIR.
  if (kind !== 'a folder' || uid === undefined) return
  if (facts.uid !== uid) {
    throw untrusted(
      `The folder ${shown(path)} of the file store belongs to user ${facts.uid}, and this process runs as user ${uid}. Run: chown -R ${uid} ${shown(path)}, or choose another folder.`,
    )
  }
  if (isWritableByOthers(facts)) {
    throw untrusted(
      `Other users may write in the folder ${shown(path)} of the file store. Check what is in it, then run: chmod go-w ${shown(path)}`,
    )
  }
}

/** A file of a record is read only if it is a regular file of this user. */
export function requireOwnFile(path: string, facts: FileFacts, uid: number | undefined): void {
  requireRegular(path, facts)
  if (uid === undefined || facts.uid === uid) return
  throw untrusted(
    `The file ${shown(path)} belongs to user ${facts.uid}, and this process runs as user ${uid}. Run: chown ${uid} ${shown(path)}, or remove the file.`,
  )
}

export function requireRegular(path: string, facts: FileFacts): void {
  const kind = kindOf(facts)
  if (kind !== 'a regular file') {
    throw untrusted(`The file ${shown(path)} is ${kind} instead of a regular file, so it was not read. Remove it.`)
  }
}

/** Trying again doesn't help, so the action says so. */
export function untrusted(sentence: string): ChaveiroError {
  return new ChaveiroError('store', sentence, { action: 'fix-configuration' })
}

/** A path as a shell takes it. */
export function shown(path: string): string {
  return /^[\w./:\\-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`
}
