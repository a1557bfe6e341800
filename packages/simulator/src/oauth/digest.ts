/** SHA-256, as base64url without padding: a PKCE challenge, the thumbprint of a certificate. */
export const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  base64urlOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))

/** Base64url without padding. */
export const base64urlOf = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

/** The bytes of base64; undefined where it isn't. */
export const bytesOfBase64 = (text: string): Uint8Array<ArrayBuffer> | undefined => {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return undefined
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

/** The bytes of base64url without padding; undefined where it isn't. */
export const bytesOfBase64url = (text: string): Uint8Array<ArrayBuffer> | undefined => {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined
  const base64 = text.replaceAll('-', '+').replaceAll('_', '/')
  return bytesOfBase64(base64.padEnd(Math.ceil(base64.length / 4) * 4, '='))
}

/** UTF-8; undefined where it isn't. */
export const textOfBytes = (bytes: Uint8Array | undefined): string | undefined => {
  try {
    return bytes === undefined ? undefined : new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
