import { comparable, secretForms } from '../../request/secret-forms.ts'

// What is shorter is found in ordinary words and numbers.
const SHORTEST = 6
const PAIRS = 65_536
const LONGEST_STEP = 255

const searches = new WeakMap<readonly string[], EchoSearch>()

/** A search for these secrets, made once for each list. */
export function echoSearch(secrets: readonly string[]): EchoSearch {
  const known = searches.get(secrets) ?? new EchoSearch(secrets)
  searches.set(secrets, known)
  return known
}

/**
 * Finds the secrets of an account, in every form that servers commonly give them back in. It looks at two bytes at a time and
 * steps over as many as can't be the end of a form (Wu and Manber, "A fast algorithm for multi-pattern searching", 1994),
 * because an account has a hundred forms, and each answer is searched for all of them.
 */
export class EchoSearch {
  readonly #forms: readonly Buffer[]
  readonly #longest: number
  /** As many bytes of each form are looked at first. */
  readonly #window: number
  /** How far to go on, for each pair of bytes at the end of the window. */
  readonly #steps: Uint8Array
  /** The forms whose window ends with a pair. */
  readonly #endingIn = new Map<number, Buffer[]>()
  /** The forms that begin with a pair. */
  readonly #beginningWith = new Map<number, Buffer[]>()

  constructor(secrets: readonly string[]) {
    const long = secrets.filter((secret) => secret.length >= SHORTEST)
    const texts = new Set(
      long
        .flatMap(secretForms)
        .filter((form) => form.length >= SHORTEST)
        .map(comparable),
    )
    this.#forms = [...texts].map((form) => Buffer.from(form, 'latin1'))
    this.#longest = Math.max(0, ...this.#forms.map(({ length }) => length))
    this.#window = Math.min(LONGEST_STEP, ...this.#forms.map(({ length }) => length))
    this.#steps = new Uint8Array(this.#forms.length === 0 ? 0 : PAIRS).fill(this.#window - 1)
    for (const form of this.#forms) this.#add(form)
  }

  #add(form: Buffer): void {
    const beginning = pairAt(form, 1)
    this.#beginningWith.set(beginning, [...(this.#beginningWith.get(beginning) ?? []), form])
    for (let at = 1; at < this.#window; at += 1) {
      const pair = pairAt(form, at)
      const step = this.#window - 1 - at
      this.#steps[pair] = Math.min(step, this.#steps[pair] ?? 0)
      if (step === 0) this.#endingIn.set(pair, [...(this.#endingIn.get(pair) ?? []), form])
    }
  }

  /** Is one of them in this text? */
  finds(text: string): boolean {
    return this.isIn(Buffer.from(text))
  }

  /** The same for bytes. */
  isIn(bytes: Uint8Array): boolean {
    if (this.#forms.length === 0) return false
    for (let at = this.#window - 1; at < bytes.length; ) {
      const pair = pairAt(bytes, at)
      const step = this.#steps[pair] ?? 1
      const begin = at - this.#window + 1
      if (step === 0 && this.#endingIn.get(pair)?.some((form) => isAt(form, bytes, begin, form.length))) return true
      at += step === 0 ? 1 : step
    }
    return false
  }

  /** How many of the last bytes may be the beginning of a secret. */
  openAtEnd(bytes: Uint8Array): number {
    for (let at = Math.max(0, bytes.length - this.#longest + 1); at < bytes.length - 1; at += 1) {
      const length = bytes.length - at
      const begun = this.#beginningWith.get(pairAt(bytes, at + 1))
      if (begun?.some((form) => form.length > length && isAt(form, bytes, at, length))) return length
    }
    return this.#forms.some((form) => form[0] === lowered(bytes, bytes.length - 1)) ? 1 : 0
  }
}

/** Case aside, and base64url as base64, byte by byte, so that forms are found next to any other characters. */
const LOWERED = Uint8Array.from({ length: 256 }, (_, byte) => {
  return byte < 128 ? comparable(String.fromCharCode(byte)).charCodeAt(0) : byte
})

function lowered(bytes: Uint8Array, at: number): number {
  return LOWERED[bytes[at] ?? 0] ?? 0
}

function pairAt(bytes: Uint8Array, at: number): number {
  return lowered(bytes, at - 1) * 256 + lowered(bytes, at)
}

/** Are the first `length` bytes of a form there? */
function isAt(form: Buffer, bytes: Uint8Array, at: number, length: number): boolean {
  if (at + length > bytes.length) return false
  for (let index = 0; index < length; index += 1) if (form[index] !== lowered(bytes, at + index)) return false
  return true
}
