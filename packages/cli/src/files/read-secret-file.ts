import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import { decodeText } from './decode-text.ts'

// Keys and tokens are far shorter; a longer file is another one.
const LIMIT_BYTES = 64 * 1024

/**
 * The secret in the file that a variable names, without the line break at its end. No message quotes the path: a user who
 * takes NAME_FILE for NAME puts the secret itself there.
 */
export async function readSecretFile(
  { texts }: Pick<Session, 'texts'>,
  variable: string,
  path: string,
): Promise<string> {
  const { secretFile } = texts.messages
  const bad = (message: string): Failure => new Failure(EXIT.usage, 'usage', message)
  let file: FileHandle | undefined
  let bytes: Uint8Array
  try {
    // A pipe would wait for a writer; opened this way, it is recognised and refused. Windows has no such flag.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    if (!(await file.stat()).isFile()) throw bad(secretFile.notAFile(variable))
    bytes = await readUpTo(file, LIMIT_BYTES + 1)
  } catch (error) {
    if (error instanceof Failure) throw error
    throw bad(secretFile.unreadable(variable, codeOf(error)))
  } finally {
    await file?.close()
  }
  if (bytes.length > LIMIT_BYTES) throw bad(secretFile.tooLong(variable, LIMIT_BYTES / 1024))
  const secret = decodeText(bytes, secretFile.named(variable), texts).replace(/[\r\n]+$/, '')
  if (secret === '') throw bad(secretFile.empty(variable))
  return secret
}

/** What the file has, or its beginning: its size is not asked for, because virtual files state none. */
async function readUpTo(file: FileHandle, length: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(length)
  let end = 0
  while (end < length) {
    const { bytesRead } = await file.read(buffer, end, length - end)
    if (bytesRead === 0) break
    end += bytesRead
  }
  return buffer.subarray(0, end)
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
