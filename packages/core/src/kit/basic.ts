import { ChaveiroError } from '../errors.ts'

/** How HTTP Basic is written. */
export interface BasicOptions {
  /** Encode both as a form does, before they are joined, as RFC 6749 §2.3.1 demands. @default false */
  encoded?: boolean | undefined
}

/**
 * Headers with HTTP Basic (RFC 7617), in UTF-8.
 * @throws {ChaveiroError} `misconfigured` if the name has a colon, where the name would end, or one of them a control character.
 */
export function basic(
  username: string,
  password: string,
  { encoded = false }: BasicOptions = {},
): { authorization: string } {
  const pair = encoded ? [formEncoded(username), formEncoded(password)] : [username, password]
  // RFC 7617 §2: neither can be carried.
  if (!encoded && (username.includes(':') || /\p{Cc}/u.test(username + password))) {
    throw new ChaveiroError('misconfigured', 'HTTP Basic allows no colon in the name, and no control characters.')
  }
  const bytes = new TextEncoder().encode(pair.join(':'))
  return { authorization: `Basic ${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}` }
}

function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1)
}
