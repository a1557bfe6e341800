import { writeSync } from 'node:fs'
import type { Texts } from '../messages/texts.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Output } from '../terminal/host.ts'

/**
 * Makes stdout write all that it is given, where it is a file. Node writes once and does not look at how much was taken: on a
 * disk that fills up within a write, the rest would be lost without an error.
 */
export function writeWhole(stdout: Output, fd = 1): void {
  if (!isFile(stdout)) return
  stdout._write = (chunk: Buffer | string, encoding, done) => {
    try {
      let rest = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk
      while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest))
      done()
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)))
    }
  }
}

/**
 * Node's own mark of the stream that it makes for a file. `fstat` would tell too, but after `fstatSync` of a pipe Node 20 no
 * longer resolves the links of packages that are imported later.
 */
function isFile(stdout: Output): boolean {
  return '_type' in stdout && stdout._type === 'fs'
}

/** Why nothing more can be printed. */
export interface OutputTrouble {
  /** The reader has gone, as `head` does once it has its lines: that is not a failure. */
  readonly isClosed: boolean
  readonly code: string
}

/** EIO: the terminal has gone. */
const CLOSED: readonly string[] = ['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED']
/** The disk has no room, or the user's share of it. */
export const FULL: readonly string[] = ['ENOSPC', 'EDQUOT', 'EFBIG']

export function outputTrouble(error: Error & { code?: string }): OutputTrouble {
  const { code = error.name } = error
  return { isClosed: CLOSED.includes(code), code }
}

/** What is said of it, where there is something to say. */
export function outputFailure({ code }: OutputTrouble, { data }: Texts): Failure {
  const sentence = FULL.includes(code) ? data.outputFull(code) : data.outputBroken(code)
  return new Failure(EXIT.storage, 'output', sentence)
}
