import { toBase64Url } from '../random-id.ts'

/** A text that can't be guessed: 256 bits in 43 characters, as RFC 7636 §4.1 recommends for a verifier. */
export function unguessable(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(32)))
}

/** The challenge of a verifier: S256 of RFC 7636 §4.2. */
export async function challengeOf(verifier: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))))
}

/** Compares every character, so that the time says nothing about where two texts differ. */
export function isSameText(one: string, other: string): boolean {
  let difference = one.length ^ other.length
  for (let at = 0; at < one.length; at += 1) difference |= one.charCodeAt(at) ^ other.charCodeAt(at)
  return difference === 0
}
