/** Hides what is known to be secret from a text, in whatever form a server or a program gives it back. */
export type Redact = (text: string) => string

export const REDACTED = '[redacted]'

// A part of a secret that is this long is hidden too: a value may be cut, or split over several headers.
const PART = 8
// What is shorter is found in ordinary words, so it is hidden only where it is a word of its own.
const SHORTEST = 4

/**
 * Makes the function for some secrets: as they are, in another case, percent-encoded, form-encoded, escaped in JSON, in base64
 * at any offset, hexadecimal; and any part of one of these forms that has 8 characters.
 */
export function redactor(secrets: readonly string[]): Redact {
  const known = [...new Set(secrets)].filter((secret) => secret !== '')
  const forms = known.filter((secret) => secret.length >= SHORTEST).flatMap(formsOf)
  const parts = new Map<number, Set<string>>()
  for (const form of forms) {
    const length = Math.min(PART, form.length)
    const some = parts.get(length) ?? new Set<string>()
    for (let at = 0; at + length <= form.length; at += 1) some.add(form.slice(at, at + length))
    parts.set(length, some)
  }
  const words = new Set(known.filter((secret) => secret.length < SHORTEST).map((secret) => comparable(secret)))
  return (text) => hideWords(hideParts(text, parts), words)
}

function hideParts(text: string, parts: ReadonlyMap<number, ReadonlySet<string>>): string {
  const searched = comparable(text)
  const isHidden = Array.from(text.split(''), () => false)
  for (const [length, some] of parts) {
    for (let at = 0; at + length <= searched.length; at += 1) {
      if (some.has(searched.slice(at, at + length))) isHidden.fill(true, at, at + length)
    }
  }
  let shown = ''
  for (const [index, hidden] of isHidden.entries()) {
    if (!hidden) shown += text[index]
    else if (!isHidden[index - 1]) shown += REDACTED
  }
  return shown
}

function hideWords(text: string, words: ReadonlySet<string>): string {
  if (words.size === 0) return text
  return text.replace(/[\w%+/=~.-]+/g, (word) => (words.has(comparable(word)) ? REDACTED : word))
}

/** Case aside, and base64url as base64: forms and text are compared in one alphabet, of the same length. */
function comparable(text: string): string {
  return text
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const percent = encodeURIComponent(secret.replace(/\p{Surrogate}/gu, '\u{fffd}'))
  const encoded = [
    percent,
    encodeURIComponent(percent),
    [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
    new URLSearchParams([['', secret]]).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('hex'),
    ...[0, 1, 2].map((offset) => base64At(bytes, offset)),
  ].filter((form) => form.length >= PART)
  return [secret, ...encoded].map(comparable)
}

/** What the bytes become in base64 behind `offset` other bytes, without the characters that those others take part in. */
function base64At(bytes: Buffer, offset: number): string {
  const whole = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replace(/=+$/, '')
  const last = (offset + bytes.length) % 3 === 0 ? whole.length : whole.length - 1
  return whole.slice(Math.ceil((offset * 8) / 6), last)
}
