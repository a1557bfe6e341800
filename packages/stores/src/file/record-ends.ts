import { join } from 'node:path'
import { readRecordBytes } from './file-compare-and-swap.ts'
import type { Files } from './files.ts'
import { endOfRecordFile } from './record-file.ts'
import { ENDS, isRecordFolder } from './record-folder.ts'

/*
Records that end by themselves. Readers take one that is over as absent, so nothing has to be removed in time. Each has an
empty file `ends/<end>.<folder>`, which is there before the record is: to find those that are over, no record is read.
*/

// A commit that brings a record with an end takes along more than itself, so those that are over never pile up.
const SWEPT_AT_ONCE = 10
const GONE = 'gone-'

/** Notes that the record in this folder will end. */
export async function noteEnd(files: Files, directory: string, folderName: string, endsAt: number): Promise<void> {
  const ends = join(directory, ENDS)
  await files.createFolder(ends)
  if ((await files.checkFolder(ends)) === 'open') await files.closeToOthers(ends)
  const note = join(ends, `${endsAt}.${folderName}`)
  if (!(await files.exists(note))) await files.create(note, '')
}

/** Removes the folders of some records that ended before this instant. They ended for longer than any commit can last. */
export async function sweepEnded(files: Files, directory: string, before: number): Promise<void> {
  const ends = join(directory, ENDS)
  const names = await files.list(ends)
  for (const name of names.filter((one) => one.startsWith(GONE))) await removeAll(files, join(ends, name))
  const isOver = (name: string): boolean => Number.parseInt(name, 10) < before
  for (const name of names.filter(isOver).slice(0, SWEPT_AT_ONCE)) {
    const folderName = name.slice(name.indexOf('.') + 1)
    if (isRecordFolder(folderName)) await forget(files, directory, folderName, before)
    await files.remove(join(ends, name))
  }
}

/** Moves the folder away in one step, so that a commit under way fails in place of writing what would be removed. */
async function forget(files: Files, directory: string, folderName: string, before: number): Promise<void> {
  const folder = join(directory, folderName)
  const hasEnded = async (place: string): Promise<boolean> => {
    const bytes = await readRecordBytes(files, place)
    const endsAt = bytes && endOfRecordFile(bytes)
    return endsAt !== undefined && endsAt < before
  }
  if ((await files.checkFolder(folder)) === 'absent' || !(await hasEnded(folder))) return
  const gone = join(directory, ENDS, GONE + crypto.randomUUID())
  if (!(await files.move(folder, gone))) return
  // A commit that came in between has begun the record again.
  if (await hasEnded(gone)) await removeAll(files, gone)
  else await files.move(gone, folder)
}

/** Another process may be at it too. */
async function removeAll(files: Files, folder: string): Promise<void> {
  await files.checkFolder(folder)
  for (const name of await files.list(folder)) await files.remove(join(folder, name))
  await files.removeFolder(folder)
}
