import { join } from 'node:path'
import { ChaveiroError } from '@chaveiro/core'
import type { Files } from './files.ts'
import { decodeRecordFile, encodeRecordFile, type NextRecord, type RecordFile } from './record-file.ts'

/*
How a record's file is replaced by compare-and-swap, with no lock that could be left behind. In the folder of a record:

  record.json      the current record. Readers read this and nothing else.
  <v>.turn         empty: the process that takes this away may replace version v. It is created once, before v is in place.
  <w>.new          the complete content of a version w that is not in place yet.
  <v>.<w>.won      what `<v>.turn` is renamed to: the decision that w follows v.

A commit writes `<w>.new` and `<w>.turn`, then renames `<v>.turn` to `<v>.<w>.won`: of all contenders exactly one can,
because the source is there once. Then it renames `<w>.new` over `record.json`. A record that is not there yet is created
by `link(<w>.new, record.json)`, which fails when it is.

Every step is a rename whose source exists once, so a process that stops at any point and resumes later can't repeat
one. A process that finds a decision without its outcome completes it. If its `.new` was collected as a leftover (its writer
was suspended for very long), the decision is taken back by renaming it to `<v>.turn` again. A turn that was lost (a backup
of the records alone, a power failure) is created again. A deleted record stays as a file that says so: removing it could
not be made to depend on its version. One that was given an end goes later, with its folder: see record-ends.ts.
*/

const RECORD = 'record.json'
const TURN = '.turn'
const WON = '.won'
const NEW = '.new'

// Each round finds the record changed or one step further, so this many are others' commits in a row.
const ROUNDS = 50

/** The record in a folder; `undefined` if there never was one. */
export async function readRecord(files: Files, folder: string, key: string): Promise<RecordFile | undefined> {
  const bytes = await files.read(join(folder, RECORD))
  return bytes && decodeRecordFile(bytes, key)
}

/** The bytes alone, for those who do not know the key. */
export function readRecordBytes(files: Files, folder: string): Promise<Uint8Array | undefined> {
  return files.read(join(folder, RECORD))
}

/** The record, after any decision about it has been carried out. */
export async function settledRecord(files: Files, folder: string, key: string): Promise<RecordFile | undefined> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const record = await readRecord(files, folder, key)
    if (!record || (await files.exists(join(folder, record.version + TURN)))) return record
    await carryOn(files, folder, key, record.version)
    await files.pause(round)
  }
  throw new ChaveiroError('store', 'The files of this record change faster than they can be followed. Try again.')
}

async function carryOn(files: Files, folder: string, key: string, version: string): Promise<void> {
  const isStill = async (): Promise<boolean> => (await readRecord(files, folder, key))?.version === version
  const names = await files.list(folder)
  const decision = names.find((name) => name.startsWith(`${version}.`) && name.endsWith(WON))
  if (decision === undefined) {
    if (await isStill()) await createIfAbsent(files, join(folder, version + TURN))
    return
  }
  const draft = join(folder, decision.slice(version.length + 1, -WON.length) + NEW)
  // What is moved is read afterwards, so nothing is put in place that can't be.
  await files.requireOwn(draft)
  const isDone = await files.move(draft, join(folder, RECORD))
  if (!isDone && (await isStill())) await files.move(join(folder, decision), join(folder, version + TURN))
}

/** Puts `next` in place of `current`. `false`: another process was first. */
export async function compareAndSwap(
  files: Files,
  folder: string,
  key: string,
  current: RecordFile | undefined,
  next: NextRecord,
): Promise<boolean> {
  const record = join(folder, RECORD)
  const draft = join(folder, next.version + NEW)
  const turn = join(folder, next.version + TURN)
  const decision = current && join(folder, `${current.version}.${next.version}${WON}`)
  let isDecided = false
  try {
    await files.create(draft, encodeRecordFile(key, next))
    await files.create(turn, '')
    // The drafts have to be durable before a decision names them.
    await files.sync(folder)
    isDecided = decision
      ? await files.move(join(folder, current.version + TURN), decision)
      : await files.link(draft, record)
  } finally {
    if (!isDecided) await discard(files, [draft, turn])
  }
  if (!isDecided) return false
  if (!decision) await files.remove(draft)
  else if (!(await files.move(draft, record)) && !(await wasCompleted(files, folder, key, current.version, decision))) {
    throw new ChaveiroError(
      'store',
      'This process was suspended while it wrote the record. Read the record to see its current state.',
    )
  }
  await files.sync(folder)
  if (decision) await discard(files, [decision])
  return true
}

/**
 * The draft is gone: either another process completed the decision, or the draft was collected as a leftover. Completed, the
 * record has left the version, and the decision was not taken back; it has to be looked at in this order.
 */
async function wasCompleted(
  files: Files,
  folder: string,
  key: string,
  version: string,
  decision: string,
): Promise<boolean> {
  if ((await readRecord(files, folder, key))?.version !== version) return files.exists(decision)
  await files.move(decision, join(folder, version + TURN))
  return false
}

/** Removes what commits that came to nothing have left, once it is older than any commit can last. */
export async function collectLeftovers(files: Files, folder: string, key: string, before: number): Promise<void> {
  const names = await files.list(folder)
  const current = await readRecord(files, folder, key)
  for (const name of names) {
    const isLeftover = [TURN, WON, NEW].some((ending) => name.endsWith(ending)) && name !== `${current?.version}${TURN}`
    const changedAt = isLeftover ? await files.changedAt(join(folder, name)) : undefined
    if (changedAt !== undefined && changedAt < before) await files.remove(join(folder, name))
  }
}

async function createIfAbsent(files: Files, path: string): Promise<void> {
  try {
    await files.create(path, '')
  } catch (error) {
    if (!(await files.exists(path))) throw error
  }
}

/** What cannot be removed now is a leftover, and collected later. */
async function discard(files: Files, paths: readonly string[]): Promise<void> {
  await Promise.allSettled(paths.map((path) => files.remove(path)))
}
