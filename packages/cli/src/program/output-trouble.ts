import type { Texts } from '../language/texts.ts'
import { EXIT } from './exit-code.ts'
import { Failure } from './failure.ts'

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
