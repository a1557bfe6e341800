/** How the source of a body is steered. */
export interface BodySource {
  /** Sends nothing more until `resume()`. */
  pause(): void
  resume(): void
  /** The rest is not wanted: ends the connection. */
  cancel(reason: unknown): void
}

// How much of a body is read ahead of its reader.
const READ_AHEAD_BYTES = 65_536

/**
 * The body of a response as it arrives, for one reader. Not a stream of the platform, because on Node 20 making one takes
 * 30 µs, a quarter of what a bare proxy needs for a whole request.
 */
export class ArrivingBody {
  readonly #source: BodySource
  #chunks: Uint8Array[] = []
  #bytes = 0
  #hasEnded = false
  #failure: { readonly reason: unknown } | undefined
  #wake: (() => void) | undefined

  constructor(source: BodySource) {
    this.#source = source
  }

  /** Has all of it arrived, and been read? */
  get isOver(): boolean {
    return this.#hasEnded && this.#chunks.length === 0
  }

  /** The next bytes, in the memory of whatever else was received with them; `undefined`: there are no more. One at a time. */
  async read(): Promise<Uint8Array | undefined> {
    while (this.#chunks.length === 0 && !this.#hasEnded && this.#failure === undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    if (this.#failure !== undefined) throw this.#failure.reason
    const chunk = this.#chunks.shift()
    if (chunk === undefined) return undefined
    const wasFull = this.#isFull
    this.#bytes -= chunk.byteLength
    if (wasFull && !this.#isFull) this.#source.resume()
    return chunk
  }

  /** The rest is not wanted. */
  cancel(reason?: unknown): void {
    if (this.#failure !== undefined || this.#hasEnded) return
    this.#end()
    this.#source.cancel(reason)
  }

  /** More has arrived. */
  add(chunk: Uint8Array): void {
    if (this.#hasEnded || this.#failure !== undefined || chunk.byteLength === 0) return
    this.#chunks.push(chunk)
    this.#bytes += chunk.byteLength
    this.#wake?.()
    if (this.#isFull) this.#source.pause()
  }

  /** All has arrived. */
  end(): void {
    this.#hasEnded = true
    this.#wake?.()
  }

  /** Nothing more will arrive, and what wasn't read is lost, as with a stream of the platform. */
  fail(reason: unknown): void {
    if (this.#hasEnded) return
    this.#chunks = []
    this.#failure = { reason }
    this.#wake?.()
  }

  get #isFull(): boolean {
    return this.#bytes >= READ_AHEAD_BYTES
  }

  #end(): void {
    this.#chunks = []
    this.end()
  }
}
