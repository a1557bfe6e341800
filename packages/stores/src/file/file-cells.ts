import { join } from 'node:path'
import type { Cells } from '../cell/cells.ts'
import type { Files } from './files.ts'
import { keyOfRecordFile } from './record-file.ts'
import { isRecordFolder, recordFolder } from './record-folder.ts'
import { collectLeftovers, readRecord, readRecordBytes, settledRecord, succeed } from './succession.ts'

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EACCES: 'this user may not use its folder',
  EPERM: 'the system does not allow it there, or the file system has no hard links',
  ENOTSUP: 'the file system has no hard links',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'its folder is a file',
  EBUSY: 'another program holds a file and did not let go',
  EMFILE: 'too many files are open',
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

  async function secureFolder(folder: string): Promise<void> {
    const isNew = await files.createFolder(folder)
    // `mkdir` leaves a folder that was there as it was.
    if (!isNew && (await files.isOpenToOthers(folder))) await files.closeToOthers(folder)
    if (isShared || !(await files.isOpenToOthers(directory))) return
    // Closed only if it is ours alone: somebody may have named a folder in which other things live.
    isShared = !(await files.list(directory)).every(isRecordFolder)
    // It may belong to somebody else, who lets us write in it; what it holds is closed all the same.
    if (!isShared) await files.closeToOthers(directory).catch(() => {})
  }

  return {
    name: 'The file store',
    reasons: REASONS,
    async read(key) {
      const record = await readRecord(files, recordFolder(directory, key), key)
      if (!record || record.text === null) return undefined
      return { version: record.version, text: record.text }
    },
    // A file is never removed by age, so a time to live means nothing here.
    async swap(key, next, expect) {
      const folder = recordFolder(directory, key)
      const current = await settledRecord(files, folder, key)
      const isThere = current !== undefined && current.text !== null
      if ((isThere ? current.version : null) !== expect) return false
      if (!isThere && next.text === null) return true
      await secureFolder(folder)
      if (!(await succeed(files, folder, key, current, next))) return false
      // The commit is made, whatever becomes of the leftovers.
      await collectLeftovers(files, folder, key, now() - leftoverAgeMs).catch(() => {})
      return true
    },
    async *keys() {
      for (const name of await files.list(directory)) {
        if (!isRecordFolder(name)) continue
        const bytes = await readRecordBytes(files, join(directory, name))
        const key = bytes && keyOfRecordFile(bytes)
        if (key !== undefined) yield key
      }
    },
  }
}
