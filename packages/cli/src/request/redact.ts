import { comparable, secretForms } from './secret-forms.ts'

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

function formsOf(secret: string): string[] {
  return secretForms(secret)
    .filter((form) => form === secret || form.length >= PART)
    .map(comparable)
}
