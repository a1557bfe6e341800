import { bytesOfBase64, sha256 } from './digest.ts'

/**
 * The certificate that a client presented, as SHA-256 of its DER. A proxy that ends TLS passes it on in this header (RFC
 * 9440 §2.1), as a byte sequence between colons.
 */
export const presentedCertificate = async (headers: Headers): Promise<string | undefined> => {
  const der = bytesOfBase64(/^:(.+):$/.exec(headers.get('client-cert') ?? '')?.[1] ?? '')
  return der === undefined || der.length === 0 ? undefined : sha256(der)
}
