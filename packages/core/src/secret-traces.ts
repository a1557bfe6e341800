import { toHex } from './random-id.ts'

/**
 * Does the text show one of these secrets, as it is or in a form that servers and programs give it: percent-encoded,
 * form-encoded, escaped in JSON, base64 at any offset, hexadecimal, in another case?
 */
export function showsSecret(text: string, secrets: readonly string[]): boolean {
  const lower = text.toLowerCase()
  return secrets.some((secret) => formsOf(secret).some((form) => lower.includes(form)))
}

// Fewer characters than this are found in ordinary words.
const SHORTEST_ENCODED = 6

function formsOf(secret: string): string[] {
  if (secret === '') return []
  const bytes = new TextEncoder().encode(secret)
  const encoded = [percentEncoded(secret), formEncoded(secret), JSON.stringify(secret).slice(1, -1), toHex(bytes)]
  const base64 = [0, 1, 2].map((offset) => base64At(bytes, offset))
  const both = base64.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')])
  const long = [...encoded, ...both].filter((form) => form.length >= SHORTEST_ENCODED)
  return [secret, ...long].map((form) => form.toLowerCase())
}

function percentEncoded(text: string): string {
  // A lone surrogate, which cannot be encoded, becomes what every encoder makes of it.
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\u{fffd}'))
}

function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1)
}

/** What the bytes become in base64 behind `offset` other bytes, without the characters that those others take part in. */
function base64At(bytes: Uint8Array, offset: number): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  const whole = btoa('\0'.repeat(offset) + text).replace(/=+$/, '')
  const last = (offset + bytes.length) % 3 === 0 ? whole.length : whole.length - 1
  return whole.slice(Math.ceil((offset * 8) / 6), last)
}
