import type { ArrivingBody } from './arriving-body.ts'

/** The beginning of a response. */
export interface ResponseHead {
  readonly status: number
  readonly statusText: string
  /** Names and values in turn, as they came. */
  readonly fields: readonly string[]
  readonly url: string
}

/** A response, taken apart. */
export interface TakenResponse {
  readonly fields: readonly string[]
  readonly body: ArrivingBody | undefined
}

/**
 * A response whose stream is made only for a caller that needs one: on Node 20 that takes 30 µs, and most callers ask for a
 * text or JSON.
 */
export class NodeResponse extends Response {
  readonly #url: string
  readonly #fields: readonly string[]
  readonly #arriving: ArrivingBody | undefined
  #isTaken = false
  /** For what only the platform can do. */
  #streamed: Response | undefined

  /** @throws {TypeError} for a header that no response takes. */
  constructor({ status, statusText, fields, url }: ResponseHead, body: ArrivingBody | undefined) {
    super(null, { status, statusText, headers: headersFrom(fields) })
    this.#url = url
    this.#fields = fields
    this.#arriving = body
  }

  override get url(): string {
    return this.#url
  }

  override get body(): Response['body'] {
    return this.#arriving ? this.#asStream().body : null
  }

  override get bodyUsed(): boolean {
    return this.#isTaken || (this.#streamed?.bodyUsed ?? false)
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.#bytes())?.buffer ?? this.#asStream().arrayBuffer()
  }

  // Younger than Node 20, whose responses don't have it.
  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return (await this.#bytes()) ?? new Uint8Array(await this.#asStream().arrayBuffer())
  }

  override async json(): Promise<unknown> {
    const bytes = await this.#bytes()
    return bytes ? JSON.parse(textOf(bytes)) : this.#asStream().json()
  }

  override async text(): Promise<string> {
    const bytes = await this.#bytes()
    return bytes ? textOf(bytes) : this.#asStream().text()
  }

  override async blob(): Promise<Blob> {
    return this.#asStream().blob()
  }

  override async formData(): Promise<FormData> {
    return this.#asStream().formData()
  }

  override clone(): Response {
    return this.#asStream().clone()
  }

  /** What it came as, for a reader that needs no stream; `undefined`: it is another response, or has a reader. */
  static take(response: Response): TakenResponse | undefined {
    if (!(#arriving in response) || response.#isTaken || response.#streamed) return undefined
    response.#isTaken = true
    return { fields: response.#fields, body: response.#arriving }
  }

  /** All of the body, unless it has a reader. */
  async #bytes(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const body = this.#arriving
    if (body === undefined || this.#isTaken || this.#streamed) return undefined
    this.#isTaken = true
    const chunks: Uint8Array[] = []
    for (let chunk = await body.read(); chunk; chunk = await body.read()) chunks.push(chunk)
    return joined(chunks)
  }

  #asStream(): Response {
    if (this.#streamed) return this.#streamed
    const { status, statusText, headers } = this
    const streamed = new Response(this.#arriving && streamOf(this.#arriving), { status, statusText, headers })
    // A body is read once. The platform says so of one that is locked.
    if (this.#isTaken) streamed.body?.getReader()
    this.#streamed = streamed
    return streamed
  }
}

function streamOf(body: ArrivingBody): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(stream) {
        const chunk = await body.read()
        // A copy, because its reader may give its memory away, in which there are other chunks.
        if (chunk) stream.enqueue(new Uint8Array(chunk))
        else stream.close()
      },
      cancel: (reason) => body.cancel(reason),
    },
    // Nothing more is read ahead than the body does by itself.
    { highWaterMark: 0 },
  )
}

function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(chunks.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.byteLength
  }
  return all
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

/** Each field as it came: a response that is made of an object would lose all `set-cookie` but one. */
function headersFrom(fields: readonly string[]): Headers {
  const headers = new Headers()
  for (let at = 0; at + 1 < fields.length; at += 2) headers.append(fields[at] ?? '', fields[at + 1] ?? '')
  return headers
}
