import { ChaveiroError } from './errors.ts'
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

/**
 * Refuses secrets in a URL beyond those that the vendor demands there.
 * @throws {ChaveiroError} `misconfigured`
 */
export function refuseSecretsInUrl(
  { pathname, search }: Pick<URL, 'pathname' | 'search'>,
  secretQuery: readonly string[],
  secrets: readonly string[],
): void {
  // By hand, because URLSearchParams turns a bare `+` into a space, but the URL has the `+`.
  const undeclared = queryPairs(search).filter((pair) => !secretQuery.includes(queryName(pair)))
  const visible = `${pathname}?${undeclared.join('&')}`
  // A word as short as `br` is part of many others, so only the whole word counts.
  const long = secrets.filter((value) => value.length >= 6)
  const words = visible.split(/[/?&=]/).flatMap((word) => [word, decoded(word)])
  if (
    [visible, decoded(visible)].some((text) => showsSecret(text, long)) ||
    words.some((word) => word && secrets.includes(word))
  ) {
    throw new ChaveiroError(
      'misconfigured',
      'A URL holds a secret that secretQuery does not declare. An input is secret unless it is declared otherwise.',
    )
  }
}

/** The pairs of a query as they are written. */
export function queryPairs(search: string): readonly string[] {
  return search.slice(1).split('&')
}

/** The name in a pair. */
export function queryName(pair: string): string {
  return decoded(pair.split('=', 1)[0] ?? '')
}

/** Percent-decoded, run by run: one that is malformed hides nothing else. */
function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run)
    } catch {
      return run
    }
  })
}
