import { basename, join } from 'node:path'
import type { Cells, Life, NextCell } from '../cell/cells.ts'
import {
  collectLeftovers,
  compareAndSwap,
  readRecord,
  readRecordBytes,
  settledRecord,
} from './file-compare-and-swap.ts'
import type { Files } from './files.ts'
import { noteEnd, sweepEnded } from './record-ends.ts'
import { isLive, keyOfRecordFile } from './record-file.ts'
import { ENDS, isRecordFolder, recordFolder } from './record-folder.ts'

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'this user may not use its folder',
  EPERM: 'the system does not allow it there, or the file system has no hard links',
  ENOTSUP: 'the file system has no hard links',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'its folder is a file',
  EBUSY: 'another program keeps a file open',
  EMFILE: 'too many files are open',
  ELOOP: 'a part of its path is a symbolic link',
  ENAMETOOLONG: 'the path of its folder is too long',
  EIO: 'the disk does not work',
}

export interface FileCellsOptions {
  readonly directory: string
  readonly leftoverAgeMs: number
  readonly now: () => number
}

/** Records as files, each in a folder of its own. */
export function fileCells(files: Files, { directory, leftoverAgeMs, now }: FileCellsOptions): Cells {
  let isShared = false

  /** Is the record's folder there? It and its parent are used only if no other user can have filled them. */
  async function hasFolder(folder: string): Promise<boolean> {
    return (await files.checkFolder(directory)) !== 'absent' && (await files.checkFolder(folder)) !== 'absent'
  }

  async function secureFolder(folder: string): Promise<void> {
    await files.createFolder(folder)
    // `mkdir` leaves a folder that was there as it was, and follows a link that has been put there since.
    if ((await files.checkFolder(folder)) === 'open') await files.closeToOthers(folder)
    if ((await files.checkFolder(directory)) !== 'open' || isShared) return
    // Closed only if it is ours alone: a user may have named a folder in which other things live.
    isShared = !(await files.list(directory)).every((name) => isRecordFolder(name) || name === ENDS)
    if (!isShared) await files.closeToOthers(directory)
  }

  return {
    name: 'The file store',
    reasons: REASONS,
    async read(key) {
      const folder = recordFolder(directory, key)
      const record = (await hasFolder(folder)) ? await readRecord(files, folder, key) : undefined
      if (!record || !isLive(record, now())) return undefined
      return { version: record.version, text: record.text ?? undefined }
    },
    async swap(key, next, expect, life) {
      const folder = recordFolder(directory, key)
      const current = (await hasFolder(folder)) ? await settledRecord(files, folder, key) : undefined
      const isThere = current !== undefined && isLive(current, now())
      if ((isThere ? current.version : null) !== expect) return false
      if (!isThere && next.text === null) return true
      await secureFolder(folder)
      const endsAt = typeof life === 'number' ? now() + life : keepsEnd(next, life) ? current?.endsAt : undefined
      if (endsAt !== undefined && next.text !== null) await noteEnd(files, directory, basename(folder), endsAt)
      if (!(await compareAndSwap(files, folder, key, current, { ...next, endsAt }))) return false
      // The commit is made, whatever becomes of the leftovers.
      await collectLeftovers(files, folder, key, now() - leftoverAgeMs).catch(() => {})
      if (endsAt !== undefined) await sweepEnded(files, directory, now() - leftoverAgeMs).catch(() => {})
      return true
    },
    async *keys() {
      await files.checkFolder(directory)
      for (const name of await files.list(directory)) {
        if (!isRecordFolder(name)) continue
        const folder = join(directory, name)
        const bytes = (await hasFolder(folder)) ? await readRecordBytes(files, folder) : undefined
        const key = bytes && keyOfRecordFile(bytes, now())
        if (key !== undefined) yield key
      }
    },
  }
}

/** What a deletion leaves goes when the record would have gone. */
function keepsEnd({ text }: NextCell, life: Life): boolean {
  return text === null || life === 'as-before'
}
