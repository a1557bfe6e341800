import { hash, randomBytes } from 'node:crypto'

const ID_BYTES = 8
const SECRET_BYTES = 32
// 32 bytes are 43 letters of base64url.
const KEY = /^chv_([0-9a-f]{16})_[\w-]{43}$/

/** A key as its holder sees it, once. */
export interface MadeKey {
  readonly id: string
  readonly text: string
  readonly digest: Buffer
}

/** Makes `chv_<id>_<32 random bytes>`. */
export function makeKey(): MadeKey {
  const id = randomBytes(ID_BYTES).toString('hex')
  const text = `chv_${id}_${randomBytes(SECRET_BYTES).toString('base64url')}`
  return { id, text, digest: digestOf(text) }
}

/** Which key a text claims to be; `undefined`: it isn't one. */
export function idIn(text: string): string | undefined {
  return KEY.exec(text)?.[1]
}

/** What is kept of a key. A plain SHA-256 is enough, because 256 random bits can't be guessed. */
export function digestOf(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}
