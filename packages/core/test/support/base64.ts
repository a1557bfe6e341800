/** Base64 (RFC 4648 §4) of a text in UTF-8 or of bytes, on every platform. */
export function base64(given: string | Uint8Array): string {
  const bytes = typeof given === 'string' ? new TextEncoder().encode(given) : given
  return btoa(String.fromCharCode(...bytes))
}

/** The same for URLs (RFC 4648 §5), without padding. */
export function base64url(given: string | Uint8Array): string {
  return base64(given).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** The bytes of a text in base64url, each as one character. */
export function binaryOf(encoded: string): string {
  return atob(encoded.replaceAll('-', '+').replaceAll('_', '/'))
}
