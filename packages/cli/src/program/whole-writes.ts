import { writeSync } from 'node:fs'

/**
 * Makes stdout write all that it is given, where it is a file. Node writes once and does not look at how much was taken: on a
 * disk that fills up within a write, the rest would be lost without an error.
 */
export function writeWhole(stdout: NodeJS.WriteStream, fd = 1): void {
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
function isFile(stdout: NodeJS.WriteStream): boolean {
  return '_type' in stdout && stdout._type === 'fs'
}
