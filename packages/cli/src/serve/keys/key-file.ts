import { constants } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ChaveiroError } from '@chaveiro/core'
import { fileStore } from '@chaveiro/stores/file'
import type { ServeTexts } from '../../messages/serve.en.ts'
import { EXIT } from '../../session/exit-code.ts'
import { Failure } from '../../session/failure.ts'
import { makeFolder } from '../../vault/private-files.ts'
import { type KeyDocument, NO_KEYS, readKeyDocument } from './key-document.ts'
import type { KeyPlace } from './key-place.ts'
import { keyUses } from './key-uses.ts'

const LIMIT_BYTES = 4 * 1_048_576
const GROUP_OR_OTHERS = 0o077
const GROUP_OR_OTHERS_MAY_WRITE = 0o022

/** The server's own file, which only this user may read. Without the file there are no keys. */
export function ownKeyFile(path: string, texts: ServeTexts): KeyPlace {
  const rules: FileRules = { flags: constants.O_NOFOLLOW ?? 0, forbidden: GROUP_OR_OTHERS }
  const read = async (): Promise<KeyDocument> => (await readKeys(path, rules, texts)) ?? NO_KEYS
  const uses = keyUses(fileStore({ directory: join(dirname(path), 'serve-key-uses') }))
  return { shown: path, read, change: (edit) => changeFile(path, texts, read, edit), uses }
}

/**
 * A file that another user may put in place, as a container's secrets are: it may be a link, and others may read it, because
 * a hash of a random key opens nothing. Only its owner may write to it.
 */
export function givenKeyFile(path: string, texts: ServeTexts): KeyPlace {
  const rules: FileRules = { flags: 0, forbidden: GROUP_OR_OTHERS_MAY_WRITE }
  const find = (): Promise<KeyDocument | undefined> => readKeys(path, rules, texts)
  return {
    shown: path,
    async read() {
      const document = await find()
      if (document === undefined) throw new ChaveiroError('store', texts.keys.fileMissing(path))
      return document
    },
    change: (edit) => changeFile(path, texts, async () => (await find()) ?? NO_KEYS, edit),
    uses: undefined,
  }
}

interface FileRules {
  /** For `open`, besides reading. */
  readonly flags: number
  /** Bits of the mode that make the file one that can't be believed. */
  readonly forbidden: number
}

async function readKeys(path: string, rules: FileRules, texts: ServeTexts): Promise<KeyDocument | undefined> {
  const { keys } = texts
  let file: FileHandle | undefined
  try {
    // A pipe would wait for a writer; opened this way, it is recognised and refused. Windows has no such flag.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | rules.flags)
    const stat = await file.stat()
    if (!stat.isFile()) throw bad(keys.fileUnreadable(path, 'EISDIR'))
    const own = process.getuid?.()
    if (own !== undefined && stat.uid !== own && stat.uid !== 0) throw bad(keys.fileForeign(path))
    if (own !== undefined && (stat.mode & rules.forbidden) !== 0) {
      throw bad(keys.fileLoose(path, (stat.mode & 0o777).toString(8)))
    }
    const document = stat.size > LIMIT_BYTES ? undefined : readKeyDocument(await file.readFile('utf8'))
    if (document === undefined) throw bad(keys.fileDamaged(path))
    return document
  } catch (error) {
    if (error instanceof ChaveiroError) throw error
    if (codeOf(error) === 'ENOENT') return undefined
    throw bad(keys.fileUnreadable(path, codeOf(error)))
  } finally {
    await file?.close()
  }
}

/** Writes the file whole, while no other command changes it: a key that was revoked must not come back. */
async function changeFile(
  path: string,
  texts: ServeTexts,
  read: () => Promise<KeyDocument>,
  edit: (document: KeyDocument) => KeyDocument,
): Promise<void> {
  await makeFolder(dirname(path))
  const lock = `${path}.lock`
  const draft = await takeLock(lock, texts)
  try {
    await draft.writeFile(`${JSON.stringify(edit(await read()), undefined, 2)}\n`)
    await draft.sync()
    await draft.close()
    await rename(lock, path)
  } catch (error) {
    await draft.close().catch(() => {})
    await rm(lock, { force: true })
    throw error
  }
}

const TRIES = 50
const BETWEEN_TRIES_MS = 100

/** The next version of the file is the lock, so that a change is complete when the lock is gone. */
async function takeLock(path: string, texts: ServeTexts): Promise<FileHandle> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await open(path, 'wx', 0o600)
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
      if (tries === TRIES) throw new Failure(EXIT.storage, 'locked', texts.keys.fileLocked(path))
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES_MS))
    }
  }
}

function bad(message: string): ChaveiroError {
  return new ChaveiroError('store', message)
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
