import type { JsonObject } from '../json.ts'

/** How a request says that it may be made. */
export interface SpecScheme {
  readonly name: string
  readonly kind: 'token' | 'basic' | 'certificate'
  /** The header that a token or a key is in, in lower case. */
  readonly header: string
  /** The word before it in that header, if one is: `bearer`. */
  readonly word: string | undefined
  /** Tokens that the document's own operations issue have one. */
  readonly lifecycle: JsonObject | undefined
}
