import { toHex } from './random-id.ts'

/**
 * Does the text show one of these secrets, as it is or in a form that servers and programs give it: percent-encoded,
 * form-encoded, escaped in JSON, base64 at any offset, hexadecimal, in another case?
 */
export function showsSecret(text: string, secrets: readonly string[]): boolean {
  const lower = text.toLowerCase()
  // No form is shorter than the secret itself, so that a long token costs nothing where only a short text is searched.
  return secrets.some((secret) => secret !== '' && secret.length <= lower.length && shows(lower, secret))
}

// Fewer characters than this are found in ordinary words.
const SHORTEST_ENCODED = 6
// Every encoding of such a text, except for base64 and hexadecimal, is the text itself.
const PLAIN = /^[\w.-]*$/

function shows(lower: string, secret: string): boolean {
  if (lower.includes(secret.toLowerCase())) return true
  for (const form of encodedForms(secret)) {
    if (form.length >= SHORTEST_ENCODED && lower.includes(form.toLowerCase())) return true
  }
  return false
}

/** One after the other, because making them costs more than the search. */
function* encodedForms(secret: string): Iterable<string> {
  if (!PLAIN.test(secret)) {
    yield percentEncoded(secret)
    yield formEncoded(secret)
    yield JSON.stringify(secret).slice(1, -1)
  }
  const bytes = new TextEncoder().encode(secret)
  yield toHex(bytes)
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  for (const offset of [0, 1, 2]) {
    const form = base64At(binary, offset)
    yield form
    yield form.replaceAll('+', '-').replaceAll('/', '_')
  }
}

function percentEncoded(text: string): string {
  // A lone surrogate, which cannot be encoded, becomes what every encoder makes of it.
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\u{fffd}'))
}

function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1)
}

/** What the bytes become in base64 behind `offset` other bytes, without the characters that those others take part in. */
function base64At(binary: string, offset: number): string {
  const whole = btoa('\0'.repeat(offset) + binary).replace(/=+$/, '')
  const last = (offset + binary.length) % 3 === 0 ? whole.length : whole.length - 1
  return whole.slice(Math.ceil((offset * 8) / 6), last)
}
