import { type Secret, secret } from '@chaveiro/core'
import { fromBase64, toBase64Url } from './base64.ts'

const KEY_BYTES = 32

const HOW_TO_MAKE_ONE = 'Create one with `openssl rand -base64 32`, or with generateKey() of @chaveiro/stores/sealer.'

/** A new random key, as 43 characters of base64url. Keep it like a password, apart from what it seals. */
export function generateKey(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(KEY_BYTES)))
}

/**
 * The key in a variable's value: 32 bytes in base64url or base64; white space around it does not matter. Throws a
 * TypeError that says what is wrong, without quoting it.
 *
 * @example
 * const sealer = createSealer({ keys: [{ id: '2026-01', key: keyFromText(process.env.CHAVEIRO_SEALING_KEY) }] })
 */
export function keyFromText(text: string | undefined): Secret {
  keyBytes(text)
  return secret(String(text).trim())
}

/** The bytes of a key, or a TypeError. */
export function keyBytes(text: unknown): Uint8Array<ArrayBuffer> {
  const trimmed = typeof text === 'string' ? text.trim() : ''
  if (trimmed === '') throw new TypeError(`The sealing key is missing or empty. ${HOW_TO_MAKE_ONE}`)
  const bytes = fromBase64(trimmed)
  if (!bytes) throw new TypeError(`The sealing key is not base64url or base64. ${HOW_TO_MAKE_ONE}`)
  if (bytes.length === KEY_BYTES) return bytes
  const length = `decodes to ${bytes.length} bytes instead of ${KEY_BYTES}`
  throw new TypeError(`The sealing key ${length} (${trimmed.length} characters). ${HOW_TO_MAKE_ONE}`)
}
