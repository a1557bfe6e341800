import { comparable, secretForms } from '../../request/secret-forms.ts'

/** A secret of the account in the provider's answer. */
export class SecretEchoed extends Error {
  override readonly name: string = 'SecretEchoed'
  constructor() {
    super('The provider answered with a secret of the account.')
  }
}

// What is shorter is found in ordinary words and numbers.
const SHORTEST = 6
// How many bytes of a form must be there before they are compared with the rest of it.
const OPENING = 4

/** Finds the secrets of an account, in every form that servers commonly give them back in. */
export class EchoSearch {
  readonly #forms: readonly Buffer[]

  constructor(secrets: readonly string[]) {
    const long = secrets.filter((secret) => secret.length >= SHORTEST)
    const forms = new Set(
      long
        .flatMap(secretForms)
        .filter((form) => form.length >= SHORTEST)
        .map(comparable),
    )
    // A form that holds another one is found with it.
    this.#forms = [...forms].map((form) => Buffer.from(form, 'latin1'))
  }

  /** Is one of them in this text? */
  finds(text: string): boolean {
    return this.isIn(lowered(Buffer.from(text)))
  }

  /** The same for lowered bytes. */
  isIn(bytes: Buffer): boolean {
    return this.#forms.some((form) => bytes.includes(form))
  }

  /** How many of the last bytes may be the beginning of a secret. */
  openAtEnd(bytes: Buffer): number {
    return this.#forms.reduce((longest, form) => Math.max(longest, openingAtEnd(bytes, form, longest)), 0)
  }
}

/** The longest end of `bytes` that `form` begins with, if it is longer than `known`. */
function openingAtEnd(bytes: Buffer, form: Buffer, known: number): number {
  const opening = form.subarray(0, OPENING)
  let at = Math.max(0, bytes.length - form.length + 1)
  for (at = bytes.indexOf(opening, at); at >= 0 && bytes.length - at > known; at = bytes.indexOf(opening, at + 1)) {
    const length = bytes.length - at
    if (bytes.compare(form, 0, length, at) === 0) return length
  }
  // Too few bytes to be found as an opening.
  for (let length = Math.min(OPENING - 1, bytes.length); length > known; length -= 1) {
    if (bytes.compare(form, 0, length, bytes.length - length) === 0) return length
  }
  return 0
}

/** Case aside, and base64url as base64, byte by byte, so that forms are found next to any other characters. */
function lowered(bytes: Uint8Array): Buffer {
  const copy = Buffer.allocUnsafe(bytes.length)
  for (let at = 0; at < bytes.length; at += 1) copy[at] = LOWERED[bytes[at] ?? 0] ?? 0
  return copy
}

const LOWERED = Uint8Array.from({ length: 256 }, (_, byte) => {
  return byte < 128 ? comparable(String.fromCharCode(byte)).charCodeAt(0) : byte
})

/** Lets an answer through as long as it shows no secret, and holds back only what may be the beginning of one. */
export class EchoGuard {
  readonly #search: EchoSearch
  #held: Buffer = Buffer.alloc(0)

  constructor(search: EchoSearch) {
    this.#search = search
  }

  /** What may be passed on by now. @throws {SecretEchoed} and nothing of the secret has come through before */
  pass(chunk: Uint8Array): Uint8Array {
    const all = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
    const searched = lowered(all)
    if (this.#search.isIn(searched)) throw new SecretEchoed()
    const free = all.length - this.#search.openAtEnd(searched)
    // A copy, which keeps no larger chunk in memory.
    this.#held = Buffer.from(all.subarray(free))
    return all.subarray(0, free)
  }

  /** What was held back, once the answer has ended. */
  rest(): Uint8Array {
    return this.#held
  }
}
