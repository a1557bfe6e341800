import { hasMethod } from './brands.ts'
/** A value that does not print: `reveal()` is the only way to the string. */
export interface Secret {
  /** The string itself: the only way to it. */
  reveal(): string
}

/** How a secret may be given: as a string, as a {@link Secret}, or as a function that is called when it is needed. */
export type SecretInput = string | Secret | (() => string | Secret | Promise<string | Secret>)

const MASK = '[secret]'

/** What an access token prints. */
export const TOKEN_MASK = '[access token]'

/** Does the text hold what a secret or a token prints in its place? */
export function showsMask(text: string): boolean {
  return text.includes(MASK) || text.includes(TOKEN_MASK)
}

// Made by a function, because bundlers keep a class with a computed name even where no one uses it.
const MaskedSecret = /* @__PURE__ */ (() =>
  class implements Secret {
    readonly #value: string

    constructor(value: string) {
      this.#value = value
    }

    reveal(): string {
      return this.#value
    }

    toString(): string {
      return MASK
    }

    toJSON(): string {
      return MASK
    }

    // Node's console and util.inspect, without importing Node.
    [Symbol.for('nodejs.util.inspect.custom')](): string {
      return MASK
    }
  })()

/** Wraps a string so that logs, JSON, templates and inspectors show `[secret]`. */
export function secret(value: string): Secret {
  return new MaskedSecret(value)
}

/** The string behind a secret input; calls the function where one was given. */
export async function reveal(input: SecretInput): Promise<string> {
  const given = typeof input === 'function' ? await input() : input
  return typeof given === 'string' ? given : given.reveal()
}

/** Is this a {@link Secret}? Structural, so that one of another copy of this package counts too. */
export function isSecret(value: unknown): value is Secret {
  return hasMethod(value, 'reveal')
}
