import { createReadStream } from 'node:fs'
import { addAbortSignal, type Readable } from 'node:stream'
import { ChaveiroError } from '@chaveiro/core'
import type { Texts } from '../messages/texts.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import { decodeText } from './decode-text.ts'

/** What reading needs of a session. */
export interface ReadingSession extends Pick<Session, 'texts' | 'interruption'> {
  readonly stdin: Readable
}

export const MIB: number = 1_048_576

/** Reads text from a file, or from stdin for `-`. Nothing that this command takes as text is larger than 1 MiB. */
export async function readText(session: ReadingSession, path: string): Promise<string> {
  const source = path === '-' ? session.stdin : createReadStream(path)
  addAbortSignal(session.interruption.signal, source)
  return decodeText(await readAll(source, nameOf(path), session.texts), nameOf(path), session.texts)
}

/** The same for a file that the command itself keeps: what is wrong with it is an error of the store. */
export async function readStoredText(path: string, texts: Texts): Promise<string> {
  try {
    return decodeText(await readAll(createReadStream(path), path, texts), path, texts)
  } catch (error) {
    throw error instanceof Failure ? new ChaveiroError('store', error.message) : error
  }
}

/** Reads bytes to the end, or to an error that names the file. A device without an end reaches the limit. */
export async function readAll(source: Readable, name: string, texts: Texts, limit: number = MIB): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of source) {
      chunks.push(chunk)
      length += chunk.length
      if (length > limit) throw new Failure(EXIT.usage, 'usage', texts.data.tooLarge(name, limit / MIB))
    }
  } catch (error) {
    throw unreadable(error, name, texts)
  }
  return Buffer.concat(chunks)
}

/** What the system says of a file, as a sentence. */
export function unreadable(error: unknown, name: string, { data }: Texts): unknown {
  if (!(error instanceof Error && 'code' in error && 'syscall' in error)) return error
  const sentence = error.code === 'EISDIR' ? data.isFolder(name) : data.fileUnreadable(name, String(error.code))
  return new Failure(EXIT.usage, 'usage', sentence)
}

export function nameOf(path: string): string {
  return path === '-' ? 'stdin' : path
}
