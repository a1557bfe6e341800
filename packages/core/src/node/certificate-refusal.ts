// The alerts about a client's certificate (RFC 8446 §6.2), in OpenSSL's words.
const ALERT =
  /ALERT_(CERTIFICATE_\w+|BAD_CERTIFICATE\w*|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|DECRYPT_ERROR|HANDSHAKE_FAILURE)$/
const ENVIRONMENT = 'It may belong to another environment: check the certificate and the server URL.'

/** The code of a connection that ended without a word just after the handshake. */
export const CLOSED_EARLY = 'CLOSED_AFTER_HANDSHAKE'

/**
 * Did the server end the handshake because of our certificate? Then it never saw a request: it does not read what comes
 * before the handshake is over (RFC 8446 §4.4.4).
 */
export function isRefusal(code: string): boolean {
  return ALERT.test(code) || code === CLOSED_EARLY
}

/** What to tell of such an error. */
export function describeRefusal(
  code: string,
  presented: { readonly endsAt: number | undefined } | undefined,
  now: number,
): string {
  if (!presented || code.endsWith('CERTIFICATE_REQUIRED'))
    return `The server asked for a client certificate and got none (${code}). Pass one that it knows.`
  const { endsAt = Infinity } = presented
  if (endsAt <= now) {
    const day = new Date(endsAt).toISOString().slice(0, 10)
    return `The client certificate expired on ${day}, so the server refused it (${code}). Renew it.`
  }
  if (code.endsWith('EXPIRED')) return `The server says that the client certificate has expired (${code}). Renew it.`
  if (code.endsWith('REVOKED')) return `The client certificate has been revoked (${code}). Get another one.`
  if (code.endsWith('UNKNOWN_CA'))
    return `The server does not know the issuer of the client certificate (${code}). ${ENVIRONMENT}`
  if (!ALERT.test(code))
    return `The server closed the connection when it saw the client certificate (${code}). ${ENVIRONMENT}`
  return `The server refused the client certificate (${code}). ${ENVIRONMENT}`
}
