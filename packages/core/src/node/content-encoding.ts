import { Duplex, pipeline, Transform, type TransformCallback } from 'node:stream'
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'

/** What is asked for, and understood. */
export const ACCEPT_ENCODING = 'br, gzip, deflate'
// More than any server has a reason for, and each costs memory.
const MOST_CODINGS = 5

// Like curl, browsers and Node's fetch: a body that stops early is passed on as far as it goes.
const LENIENT = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH }
const LENIENT_BROTLI = { flush: constants.BROTLI_OPERATION_FLUSH, finishFlush: constants.BROTLI_OPERATION_FLUSH }

const DECODERS: Readonly<Record<string, () => Duplex>> = {
  gzip: () => createGunzip(LENIENT),
  'x-gzip': () => createGunzip(LENIENT),
  br: () => createBrotliDecompress(LENIENT_BROTLI),
  deflate: () => new Inflate(),
}

/** Undoes the codings of a `content-encoding` (RFC 9110 §8.4). `undefined`: the body is passed on as it is. */
export function decoderFor(contentEncoding: string | null): Duplex | undefined {
  if (contentEncoding === null) return undefined
  const codings = contentEncoding.toLowerCase().split(',', MOST_CODINGS + 1)
  // The last one was applied last.
  const decoders = codings.reverse().map((coding) => DECODERS[coding.trim()])
  const known = decoders.filter((open) => open !== undefined).map((open) => open())
  const [first, ...others] = known
  if (first === undefined || known.length < decoders.length || known.length > MOST_CODINGS) return undefined
  return others.length === 0 ? first : inARow(first, others)
}

function inARow(first: Duplex, others: readonly Duplex[]): Duplex {
  const last = others.at(-1) ?? first
  // An error in one destroys all, and the duplex hears of it.
  pipeline([first, ...others], () => {})
  return Duplex.from({ writable: first, readable: last })
}

/** `deflate` is zlib's format (RFC 9110 §8.4.1.2), but some servers send the bare one; the first byte tells. */
class Inflate extends Transform {
  #inner: Transform | undefined

  override _transform(chunk: Uint8Array, encoding: BufferEncoding, done: TransformCallback): void {
    this.#inner ??= this.#open(chunk)
    this.#inner.write(chunk, encoding, done)
  }

  override _flush(done: TransformCallback): void {
    if (this.#inner) this.#inner.once('end', () => done()).end()
    else done()
  }

  #open([first = 0]: Uint8Array): Transform {
    const inner = (first & 0x0f) === 8 ? createInflate(LENIENT) : createInflateRaw(LENIENT)
    inner.on('data', (chunk) => this.push(chunk))
    inner.on('error', (error) => this.destroy(error))
    return inner
  }
}
