import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { decodeText, refuseForeignEncoding, withoutMark } from './decode-text.ts'
import { MIB, type ReadingSession, readAll, unreadable } from './read-file.ts'

type Body = string | Uint8Array<ArrayBuffer> | ReadableStream

// A file is held in memory, so that it can be sent again.
const LARGEST_FILE = 256 * MIB
// Enough for a byte order mark.
const HEAD = 4

/**
 * The body that `-d` names: text as it is; a file whole, so that it can be sent again; stdin as a stream, of any length.
 * JSON is UTF-8 without a byte order mark (RFC 8259, section 8.1); of any other type the bytes are sent as they are.
 */
export async function readBody(session: ReadingSession, data: string, contentType: string): Promise<Body> {
  if (!data.startsWith('@')) return data
  const path = data.slice(1)
  const isJson = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType)
  if (path === '-') return isJson ? jsonStream(session) : toWeb(session.stdin)
  if (path === '') throw new Failure(EXIT.usage, 'usage', session.texts.data.noFileName)
  const bytes = await readAll(createReadStream(path), path, session.texts, LARGEST_FILE)
  return isJson ? decodeText(bytes, path, session.texts) : new Uint8Array(bytes)
}

/** Looks at the first bytes before anything is sent. */
async function jsonStream({ stdin, texts }: ReadingSession): Promise<Body> {
  const chunks = stdin[Symbol.asyncIterator]()
  let head = Buffer.alloc(0)
  try {
    while (head.length < HEAD) {
      const { value, done } = await chunks.next()
      if (done) break
      head = Buffer.concat([head, value])
    }
  } catch (error) {
    throw unreadable(error, 'stdin', texts)
  }
  refuseForeignEncoding(head, 'stdin', texts)
  async function* all(): AsyncGenerator<Uint8Array> {
    yield withoutMark(head)
    yield* { [Symbol.asyncIterator]: () => chunks }
  }
  return toWeb(Readable.from(all(), { objectMode: false }))
}

function toWeb(stream: Readable): ReadableStream {
  return Readable.toWeb(stream)
}
