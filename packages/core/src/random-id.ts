/** A fresh random identity: a lineage, an owner, a version. */
export function randomId(): string {
  // 96 bits in base64url (RFC 4648 §5): half the length of hexadecimal, and a manager keeps several for each account.
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(12))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
}

/** SHA-256 in hexadecimal. */
export async function digestOf(text: string): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
}

export function toHex(bytes: Uint8Array): string {
  // Joined, not concatenated: a string that grew by += stays a tree of its parts, many times the size of its text.
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
