import { Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'

/** A stream that keeps what is written to it, without colours. */
export function capturedOutput(): { stream: Writable; text: () => string } {
  let text = ''
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString()
      done()
    },
  })
  return { stream, text: () => stripVTControlCharacters(text) }
}
