/** A fresh random identity: a lineage, an owner, a version. 96 bits, because a manager keeps several for each account. */
export function randomId(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(12)))
}

/** Base64url without padding (RFC 4648 §5). */
export function toBase64Url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes))
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** SHA-256 in hexadecimal. */
export async function digestOf(text: string): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
}

export function toHex(bytes: Uint8Array): string {
  // Joined, not concatenated: a string that grew by += stays a tree of its parts, many times the size of its text.
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
