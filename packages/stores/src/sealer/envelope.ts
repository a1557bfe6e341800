import { fromBase64, toBase64Url } from './base64.ts'

// `cs1`: chaveiro sealed, format 1: AES-256-GCM, a nonce of 96 bits first, the tag of 128 bits last.
const FORMAT = 'cs1'

export const NONCE_BYTES = 12
const TAG_BYTES = 16

/** A key id is readable, between dots. */
export const KEY_ID: RegExp = /^[\w-]{1,64}$/

/** A sealed text, taken apart. */
export interface Envelope {
  readonly keyId: string
  readonly nonce: Uint8Array<ArrayBuffer>
  readonly sealed: Uint8Array<ArrayBuffer>
}

/** `cs1.<key id>.<nonce and ciphertext in base64url>` */
export function writeEnvelope({ keyId, nonce, sealed }: Envelope): string {
  const bytes = new Uint8Array(nonce.length + sealed.length)
  bytes.set(nonce)
  bytes.set(sealed, nonce.length)
  return `${FORMAT}.${keyId}.${toBase64Url(bytes)}`
}

/** `undefined` for anything that was not written as above: plain text, damage, a newer format. */
export function readEnvelope(text: string): Envelope | undefined {
  const [format, keyId, body, ...more] = text.split('.')
  if (format !== FORMAT || keyId === undefined || body === undefined || more.length > 0) return undefined
  const bytes = fromBase64(body)
  if (!bytes || bytes.length < NONCE_BYTES + TAG_BYTES) return undefined
  return { keyId, nonce: bytes.slice(0, NONCE_BYTES), sealed: bytes.slice(NONCE_BYTES) }
}

/** What is authenticated besides the text: format, key and the record that it belongs to. None but the last has a dot. */
export function additionalData(keyId: string, storeKey: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${FORMAT}.${keyId}.${storeKey}`)
}
